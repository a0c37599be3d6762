// SpUserModeInitialize; InstanceInit, InitUserModeContext, GetContextToken, CompleteAuthToken, DeleteUserModeContext.
#include <cstring>

#include "entry.hpp"
#include "user_mode.hpp"

namespace scripted {

PSECPKG_DLL_FUNCTIONS dll;

namespace {

std::mutex mutex;
std::map<LSA_SEC_HANDLE, std::shared_ptr<UserContext>> user_contexts;

// RegisterCallback(1): what ClientCallback of LSA mode reaches. The output lies on the heap of the DLL functions.
NTSTATUS NTAPI callback(ULONG_PTR argument1, ULONG_PTR argument2, PSecBuffer input, PSecBuffer output) {
  Words arguments;
  arguments.number("argument1", argument1).number("argument2", argument2);
  arguments.bytes("input", input->pvBuffer, input->cbBuffer);
  return user_entry(0, "Callback", arguments, [&](const Rule& rule) -> NTSTATUS {
    const std::string text = bytes_text(input->pvBuffer, input->cbBuffer);
    const Given given = give(rule, "OutputBuffer", "dll", std::string(text.rbegin(), text.rend()));
    *output = {given.size, SECBUFFER_DATA, given.block};
    return STATUS_SUCCESS;
  });
}

std::shared_ptr<UserContext> read_packed(const std::string& packed) {
  const Options options = parse_options(packed);
  auto context = std::make_shared<UserContext>();
  context->initiator = option(options, "role") == "initiator";
  context->complete = option(options, "complete") != "1" || !context->initiator;
  context->stream = option(options, "stream") == "1";
  context->counts = option(options, "sequence") == "1";
  context->key = option(options, "key");
  context->user = option(options, "user");
  context->token = reinterpret_cast<HANDLE>(parse_number(option(options, "token", "0")));
  return context;
}

template <unsigned package>
struct UserContextSlots {
  static NTSTATUS NTAPI instance_init(ULONG version, PSECPKG_DLL_FUNCTIONS functions, PVOID* user_functions) {
    dll = functions;
    Words arguments;
    arguments.flags("version", version).number("functions", functions != nullptr);
    arguments.number("user-functions", user_functions != nullptr);
    return user_entry(package, "InstanceInit", arguments, [&](const Rule&) -> NTSTATUS {
      void* block = dll->AllocateHeap(32);
      dll->FreeHeap(block);
      if (block == nullptr) return STATUS_NO_MEMORY;
      return dll->RegisterCallback(1, callback);
    });
  }

  static NTSTATUS NTAPI init_context(LSA_SEC_HANDLE handle, PSecBuffer packed) {
    Words arguments;
    arguments.number("handle", handle).number("buffer-type", packed->BufferType).number("size", packed->cbBuffer);
    const NTSTATUS status = user_entry(package, "InitUserModeContext", arguments, [&](const Rule&) -> NTSTATUS {
      auto context = read_packed(bytes_text(packed->pvBuffer, packed->cbBuffer));
      if (context->key.empty()) return SEC_E_INVALID_TOKEN;
      keep_user_context(handle, std::move(context));
      return STATUS_SUCCESS;
    });
    dll->FreeHeap(packed->pvBuffer);  // the package's in any case, whatever the rule returned
    return status;
  }

  static NTSTATUS NTAPI get_token(LSA_SEC_HANDLE handle, PHANDLE token) {
    return user_entry(package, "GetContextToken", Words().number("handle", handle), [&](const Rule& rule) -> NTSTATUS {
      const auto context = user_context(handle);
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      if (context->token == nullptr && !rule.has("token")) return SEC_E_NO_IMPERSONATION;
      *token = rule.has("token") ? reinterpret_cast<HANDLE>(rule.number("token")) : context->token;
      return STATUS_SUCCESS;
    });
  }

  static NTSTATUS NTAPI complete(LSA_SEC_HANDLE handle, PSecBufferDesc token) {
    return user_entry(package, "CompleteAuthToken", Words().number("handle", handle).buffers("token", token),
                      [&](const Rule&) -> NTSTATUS {
                        const auto context = user_context(handle);
                        if (context == nullptr) return SEC_E_INVALID_HANDLE;
                        const std::lock_guard lock(context->mutex);
                        if (context->complete) return SEC_E_OUT_OF_SEQUENCE;
                        context->complete = true;
                        return SEC_E_OK;
                      });
  }

  static NTSTATUS NTAPI remove(LSA_SEC_HANDLE handle) {
    const auto context = take_user_context(handle);
    Words arguments;
    arguments.number("handle", handle).number("known", context != nullptr);
    return user_entry(package, "DeleteUserModeContext", arguments,
                      [&](const Rule&) -> NTSTATUS { return context == nullptr ? SEC_E_INVALID_HANDLE : SEC_E_OK; });
  }

  static void fill(SECPKG_USER_FUNCTION_TABLE& table) {
    table.InstanceInit = instance_init;
    table.InitUserModeContext = init_context;
    table.GetContextToken = get_token;
    table.CompleteAuthToken = complete;
    table.DeleteUserModeContext = remove;
  }
};

SECPKG_USER_FUNCTION_TABLE tables[package_count];

}  // namespace

UserContext::~UserContext() {
  if (token != nullptr) CloseHandle(token);
}

std::shared_ptr<UserContext> user_context(LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(mutex);
  const auto found = user_contexts.find(handle);
  return found == user_contexts.end() ? nullptr : found->second;
}

void keep_user_context(LSA_SEC_HANDLE handle, std::shared_ptr<UserContext> context) {
  const std::lock_guard lock(mutex);
  user_contexts[handle] = std::move(context);
}

std::shared_ptr<UserContext> take_user_context(LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(mutex);
  const auto found = user_contexts.find(handle);
  if (found == user_contexts.end()) return nullptr;
  auto context = std::move(found->second);
  user_contexts.erase(found);
  return context;
}

void add_user_context_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  fill<UserContextSlots>(table, package);
}

}  // namespace scripted

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI
SpUserModeInitialize(ULONG LsaVersion, PULONG PackageVersion, PSECPKG_USER_FUNCTION_TABLE* ppTables, PULONG pcTables) {
  using namespace scripted;
  return user_entry(0, "SpUserModeInitialize", Words().flags("version", LsaVersion), [&](const Rule& rule) -> NTSTATUS {
    for (unsigned i = 0; i < package_count; ++i)
      for (auto* add : {add_user_context_slots, add_user_message_slots, add_user_attribute_slots,
                        add_user_credential_slots, add_user_export_slots})
        add(tables[i], i);
    *PackageVersion = SECPKG_INTERFACE_VERSION_10;
    *ppTables = tables;
    *pcTables = static_cast<ULONG>(rule.number("count", package_count));
    return STATUS_SUCCESS;
  });
}
