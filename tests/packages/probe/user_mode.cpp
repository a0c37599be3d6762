// The user-mode half: it runs in the application. Seals with a keystream and a sum that are good enough to find a
// changed byte, a wrong key or a wrong number: no cryptography.
#include <atomic>
#include <cstring>
#include <memory>

#include "probe.hpp"

// libsecur32 has it, in the application. A host of packages has no SSPI runtime, and never comes here.
extern "C" SECURITY_STATUS SEC_ENTRY FreeContextBuffer(void* buffer) __attribute__((weak));

namespace {

using probe::Options;

PSECPKG_DLL_FUNCTIONS dll;

struct UserContext {
  bool initiator = false;
  bool complete = true;
  std::string key;
  std::string user;
  HANDLE token = nullptr;
};

std::mutex mutex;
std::map<LSA_SEC_HANDLE, std::shared_ptr<UserContext>> contexts;

std::shared_ptr<UserContext> find(LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(mutex);
  const auto found = contexts.find(handle);
  return found == contexts.end() ? nullptr : found->second;
}

constexpr ULONG signature_bytes = 16;

// FNV-1a over key, direction, number and data, twice with different starts.
void sum(const UserContext& context, bool sending, ULONG number, const SecBufferDesc& message, UCHAR* out) {
  const bool from_initiator = context.initiator == sending;
  for (int half = 0; half < 2; ++half) {
    unsigned long long value = 0xcbf29ce484222325ull + static_cast<unsigned>(half);
    const auto add = [&value](const void* bytes, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i) value = (value ^ static_cast<const UCHAR*>(bytes)[i]) * 0x100000001b3ull;
    };
    add(context.key.data(), context.key.size());
    add(&from_initiator, 1);
    add(&number, sizeof number);
    for (ULONG i = 0; i < message.cBuffers; ++i)
      if ((message.pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == SECBUFFER_DATA)
        add(message.pBuffers[i].pvBuffer, message.pBuffers[i].cbBuffer);
    std::memcpy(out + 8 * half, &value, 8);
  }
}

void mask(const UserContext& context, ULONG number, const SecBufferDesc& message) {
  unsigned long long state = number + 1;
  for (const char c : context.key) state = state * 31 + static_cast<unsigned char>(c);
  for (ULONG i = 0; i < message.cBuffers; ++i) {
    const SecBuffer& buffer = message.pBuffers[i];
    if (buffer.BufferType != SECBUFFER_DATA) continue;  // a read-only buffer is signed and not sealed
    for (ULONG at = 0; at < buffer.cbBuffer; ++at) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      static_cast<UCHAR*>(buffer.pvBuffer)[at] ^= static_cast<UCHAR>(state >> 56);
    }
  }
}

SecBuffer* token_buffer(PSecBufferDesc message) {
  for (ULONG i = 0; message != nullptr && i < message->cBuffers; ++i)
    if ((message->pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == SECBUFFER_TOKEN) return &message->pBuffers[i];
  return nullptr;
}

NTSTATUS NTAPI make_signature(LSA_SEC_HANDLE handle, ULONG, PSecBufferDesc message, ULONG number) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  if (!context->complete) return SEC_E_INVALID_HANDLE;
  SecBuffer* token = token_buffer(message);
  if (token == nullptr) return SEC_E_INVALID_TOKEN;
  if (token->cbBuffer < signature_bytes) return SEC_E_BUFFER_TOO_SMALL;
  sum(*context, true, number, *message, static_cast<UCHAR*>(token->pvBuffer));
  token->cbBuffer = signature_bytes;
  return SEC_E_OK;
}

NTSTATUS NTAPI verify_signature(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number, PULONG quality) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  const SecBuffer* token = token_buffer(message);
  if (token == nullptr || token->cbBuffer != signature_bytes) return SEC_E_INVALID_TOKEN;
  UCHAR expected[signature_bytes];
  sum(*context, false, number, *message, expected);
  if (quality != nullptr) *quality = 7;
  return std::memcmp(expected, token->pvBuffer, signature_bytes) == 0 ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
}

NTSTATUS NTAPI seal_message(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  const NTSTATUS status = make_signature(handle, quality, message, number);
  if (NT_SUCCESS(status)) mask(*find(handle), number, *message);
  return status;
}

NTSTATUS NTAPI unseal_message(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number, PULONG quality) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  mask(*context, number, *message);
  return verify_signature(handle, message, number, quality);
}

// RegisterCallback: what ClientCallback of LSA mode reaches. The output lies on the heap of the DLL functions.
NTSTATUS NTAPI reverse_text(ULONG_PTR argument1, ULONG_PTR argument2, PSecBuffer input, PSecBuffer output) {
  std::string text(static_cast<const char*>(input->pvBuffer), input->cbBuffer);
  text = std::string(text.rbegin(), text.rend()) + " " + std::to_string(argument1) + " " + std::to_string(argument2);
  output->BufferType = SECBUFFER_DATA;
  output->cbBuffer = static_cast<ULONG>(text.size());
  output->pvBuffer = dll->AllocateHeap(output->cbBuffer);
  std::memcpy(output->pvBuffer, text.data(), text.size());
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI refuse(ULONG_PTR, ULONG_PTR, PSecBuffer, PSecBuffer) { return STATUS_ACCESS_DENIED; }

// Of memory that both halves have: what stands there is answered, and turned round in place.
NTSTATUS NTAPI turn_round(ULONG_PTR address, ULONG_PTR size, PSecBuffer, PSecBuffer output) {
  auto* text = reinterpret_cast<char*>(address);
  output->BufferType = SECBUFFER_DATA;
  output->cbBuffer = static_cast<ULONG>(size);
  output->pvBuffer = dll->AllocateHeap(output->cbBuffer);
  std::memcpy(output->pvBuffer, text, size);
  std::reverse(text, text + size);
  return STATUS_SUCCESS;
}

// What SetAppModeInfo left to do here is kept, and told when it is asked for.
std::string left_to_do;
NTSTATUS NTAPI keep(ULONG_PTR argument1, ULONG_PTR argument2, PSecBuffer input, PSecBuffer) {
  const std::lock_guard lock(mutex);
  left_to_do = std::to_string(argument1) + " " + std::to_string(argument2) + " " +
               std::string(static_cast<const char*>(input->pvBuffer), input->cbBuffer);
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI tell(ULONG_PTR, ULONG_PTR, PSecBuffer, PSecBuffer output) {
  const std::lock_guard lock(mutex);
  output->BufferType = SECBUFFER_DATA;
  output->cbBuffer = static_cast<ULONG>(left_to_do.size());
  output->pvBuffer = dll->AllocateHeap(output->cbBuffer);
  std::memcpy(output->pvBuffer, left_to_do.data(), left_to_do.size());
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI instance_init(ULONG, PSECPKG_DLL_FUNCTIONS functions, PVOID*) {
  dll = functions;
  dll->RegisterCallback(1, reverse_text);
  dll->RegisterCallback(2, refuse);
  dll->RegisterCallback(3, turn_round);
  dll->RegisterCallback(4, keep);
  dll->RegisterCallback(5, tell);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI init_context(LSA_SEC_HANDLE handle, PSecBuffer packed) {
  const Options options = probe::parse_options({static_cast<const char*>(packed->pvBuffer), packed->cbBuffer});
  auto context = std::make_shared<UserContext>();
  context->initiator = probe::option(options, "role") == "initiator";
  context->complete = probe::option(options, "complete") != "1" || !context->initiator;
  context->key = probe::option(options, "key");
  context->user = probe::option(options, "user");
  context->token = reinterpret_cast<HANDLE>(probe::parse_number(probe::option(options, "token", "0")));
  const std::lock_guard lock(mutex);
  contexts[handle] = std::move(context);
  if (FreeContextBuffer != nullptr) FreeContextBuffer(packed->pvBuffer);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI delete_user_context(LSA_SEC_HANDLE handle) {
  std::shared_ptr<UserContext> context;
  {
    const std::lock_guard lock(mutex);
    const auto found = contexts.find(handle);
    if (found == contexts.end()) return SEC_E_INVALID_HANDLE;
    context = std::move(found->second);
    contexts.erase(found);
  }
  if (context->token != nullptr) CloseHandle(context->token);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI get_context_token(LSA_SEC_HANDLE handle, PHANDLE token) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  if (context->token == nullptr) return SEC_E_NO_IMPERSONATION;
  *token = context->token;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI complete_auth_token(LSA_SEC_HANDLE handle, PSecBufferDesc) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  if (context->complete) return SEC_E_OUT_OF_SEQUENCE;
  context->complete = true;
  return SEC_E_OK;
}

NTSTATUS NTAPI query_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
  const auto context = find(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  switch (attribute) {
    case SECPKG_ATTR_SIZES: {
      auto* sizes = static_cast<PSecPkgContext_Sizes>(buffer);
      *sizes = {16384, signature_bytes, 1, signature_bytes};
      return SEC_E_OK;
    }
    case SECPKG_ATTR_NAMES: {
      const std::u16string wide = probe::widen(context->user);
      auto* copy = static_cast<char16_t*>(dll->AllocateHeap(static_cast<ULONG>((wide.size() + 1) * 2)));
      std::memcpy(copy, wide.c_str(), (wide.size() + 1) * 2);
      static_cast<PSecPkgContext_NamesW>(buffer)->sUserName = reinterpret_cast<SEC_WCHAR*>(copy);
      return SEC_E_OK;
    }
    case SECPKG_ATTR_PACKAGE_INFO: {
      // One block: the structure, then its strings.
      constexpr char16_t name[] = u"Probe", comment[] = u"from user mode";
      auto* info = static_cast<PSecPkgInfoW>(dll->AllocateHeap(sizeof(SecPkgInfoW) + sizeof name + sizeof comment));
      auto* place = reinterpret_cast<UCHAR*>(info + 1);
      *info = {SECPKG_FLAG_PRIVACY,
               SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION,
               SECPKG_ID_NONE,
               16384,
               reinterpret_cast<SEC_WCHAR*>(place),
               reinterpret_cast<SEC_WCHAR*>(place + sizeof name)};
      std::memcpy(place, name, sizeof name);
      std::memcpy(place + sizeof name, comment, sizeof comment);
      static_cast<PSecPkgContext_PackageInfoW>(buffer)->PackageInfo = info;
      return SEC_E_OK;
    }
    case SECPKG_ATTR_FLAGS:
      static_cast<PSecPkgContext_Flags>(buffer)->Flags = context->initiator ? 1 : 2;
      return SEC_E_OK;
    default:
      return SEC_E_UNSUPPORTED_FUNCTION;
  }
}

SECPKG_USER_FUNCTION_TABLE tables[2];

}  // namespace

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI SpUserModeInitialize(ULONG, PULONG version,
                                                                                      PSECPKG_USER_FUNCTION_TABLE* out,
                                                                                      PULONG count) {
  for (auto& table : tables) {
    table.InstanceInit = instance_init;
    table.InitUserModeContext = init_context;
    table.MakeSignature = make_signature;
    table.VerifySignature = verify_signature;
    table.SealMessage = seal_message;
    table.UnsealMessage = unseal_message;
    table.GetContextToken = get_context_token;
    table.QueryContextAttributes = query_attributes;
    table.CompleteAuthToken = complete_auth_token;
    table.DeleteUserModeContext = delete_user_context;
  }
  *version = SECPKG_INTERFACE_VERSION_10;
  *out = tables;
  *count = 2;
  return STATUS_SUCCESS;
}
