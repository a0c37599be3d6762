// ExportContext and ImportContext: the context as text, and its token as a handle of its own.
#include "entry.hpp"
#include "user_mode.hpp"

namespace scripted {
namespace {

std::string pack(const UserContext& context, bool reset) {
  std::string text = context.initiator ? "role=initiator\n" : "role=acceptor\n";
  text += "key=" + context.key + "\nuser=" + context.user + "\nstream=" + std::to_string(context.stream) + "\n";
  text += "sequence=" + std::to_string(context.counts) + "\n";
  text += "sent=" + std::to_string(reset ? 0 : context.sent) + "\n";
  return text + "received=" + std::to_string(reset ? 0 : context.received) + "\n";
}

std::shared_ptr<UserContext> unpack(const std::string& text) {
  const Options options = parse_options(text);
  if (option(options, "key").empty()) return nullptr;
  auto context = std::make_shared<UserContext>();
  context->initiator = option(options, "role") == "initiator";
  context->key = option(options, "key");
  context->user = option(options, "user");
  context->stream = option(options, "stream") == "1";
  context->counts = option(options, "sequence") == "1";
  context->sent = static_cast<ULONG>(parse_number(option(options, "sent", "0")));
  context->received = static_cast<ULONG>(parse_number(option(options, "received", "0")));
  return context;
}

LSA_SEC_HANDLE next_imported() {
  static std::mutex mutex;
  static LSA_SEC_HANDLE last = 0x1000;
  const std::lock_guard lock(mutex);
  return ++last;
}

template <unsigned package>
struct UserExportSlots {
  // The caller gets the token itself when the context goes, else one of its own.
  static NTSTATUS NTAPI export_context(LSA_SEC_HANDLE handle, ULONG flags, PSecBuffer packed, PHANDLE token) {
    Words arguments;
    arguments.number("handle", handle).flags("flags", flags).number("wants-token", token != nullptr);
    arguments.number("buffer-type", packed->BufferType);
    return user_entry(package, "ExportContext", arguments, [&](const Rule& rule) -> NTSTATUS {
      const auto context = user_context(handle);
      if (context == nullptr || !context->complete) return SEC_E_INVALID_HANDLE;
      const std::lock_guard lock(context->mutex);
      HANDLE own = nullptr;
      if (context->token != nullptr && token != nullptr) {
        if ((flags & SECPKG_CONTEXT_EXPORT_DELETE_OLD) != 0)
          std::swap(own, context->token);
        else if (!DuplicateTokenEx(context->token, 0, nullptr, SecurityImpersonation, TokenImpersonation, &own))
          return SEC_E_INTERNAL_ERROR;
      }
      const Given given =
          give(rule, "PackedContext", "dll", pack(*context, (flags & SECPKG_CONTEXT_EXPORT_RESET_NEW) != 0));
      *packed = {given.size, SECBUFFER_DATA, given.block};
      if (token != nullptr) *token = own;
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI import_context(PSecBuffer packed, HANDLE token, PLSA_SEC_HANDLE handle) {
    Words arguments;
    arguments.number("buffer-type", packed->BufferType).number("size", packed->cbBuffer);
    arguments.number("token", token != nullptr);
    return user_entry(package, "ImportContext", arguments, [&](const Rule& rule) -> NTSTATUS {
      auto context = unpack(bytes_text(packed->pvBuffer, packed->cbBuffer));
      if (context == nullptr) return SEC_E_INVALID_TOKEN;
      context->token = token;
      *handle = rule.has("handle") ? rule.number("handle") : next_imported();
      keep_user_context(*handle, std::move(context));
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_USER_FUNCTION_TABLE& table) {
    table.ExportContext = export_context;
    table.ImportContext = import_context;
  }
};

}  // namespace

void add_user_export_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  fill<UserExportSlots>(table, package);
}

}  // namespace scripted
