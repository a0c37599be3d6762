// ChangeAccountPassword, UpdateCredentials, GetCredUIContext. A password that was changed here is known from then on:
// the next change must name it as the old one.
#include <mutex>

#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

std::mutex mutex;
std::map<std::string, std::string> passwords;

NTSTATUS change(const std::string& account, const std::string& old_password, const std::string& new_password) {
  const std::lock_guard lock(mutex);
  const auto known = passwords.find(account);
  if (known != passwords.end() && known->second != old_password) return STATUS_WRONG_PASSWORD;
  if (new_password.empty()) return STATUS_PASSWORD_RESTRICTION;
  passwords[account] = new_password;
  return STATUS_SUCCESS;
}

SecBuffer* response_buffer(PSecBufferDesc output) {
  for (ULONG i = 0; output != nullptr && i < output->cBuffers; ++i)
    if ((output->pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == SECBUFFER_CHANGE_PASS_RESPONSE)
      return &output->pBuffers[i];
  return nullptr;
}

void give_response(const Rule& rule, PSecBufferDesc output, const std::string& text) {
  SecBuffer* buffer = response_buffer(output);
  if (buffer == nullptr) return;
  if (buffer->pvBuffer != nullptr && buffer->cbBuffer >= text.size()) {
    text.copy(static_cast<char*>(buffer->pvBuffer), text.size());
    buffer->cbBuffer = static_cast<ULONG>(rule.number("size", text.size()));
  } else {
    const Given given = give(rule, "Response", "lsa", text);
    buffer->pvBuffer = given.block;
    buffer->cbBuffer = given.size;
  }
}

template <unsigned package>
struct PasswordSlots {
  static NTSTATUS NTAPI change_account_password(PUNICODE_STRING domain, PUNICODE_STRING account,
                                                PUNICODE_STRING old_password, PUNICODE_STRING new_password,
                                                BOOLEAN impersonating, PSecBufferDesc output) {
    Words arguments;
    arguments.string("domain", domain).string("account", account).secret("old-password", old_password);
    arguments.secret("new-password", new_password).number("as-impersonated", impersonating).buffers("output", output);
    return lsa_entry(package, "ChangeAccountPassword", arguments, [&](const Rule& rule) -> NTSTATUS {
      const NTSTATUS status = change(narrow(account), narrow(old_password), narrow(new_password));
      give_response(rule, output, rule.word("response", NT_SUCCESS(status) ? "changed" : "refused"));
      return status;
    });
  }

  // CredType PASSWORD, CERT or CSP; the flat context is the package's own text.
  static NTSTATUS NTAPI get_cred_ui_context(LSA_SEC_HANDLE handle, GUID* type, PULONG size, PUCHAR* flat) {
    const auto context = contexts().find(handle);
    Words arguments;
    arguments.number("known", context != nullptr).guid("credential-type", type);
    return lsa_entry(package, "GetCredUIContext", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      const Given given = give(rule, "FlatCredUIContext", "lsa", "credui of " + context->user);
      *flat = static_cast<PUCHAR>(given.block);
      *size = given.size;
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI update_credentials(LSA_SEC_HANDLE handle, GUID* type, ULONG size, PUCHAR flat) {
    const auto context = contexts().find(handle);
    Words arguments;
    arguments.number("known", context != nullptr).guid("credential-type", type).number("size", size);
    arguments.secret("flat", flat, size);
    return lsa_entry(package, "UpdateCredentials", arguments, [&](const Rule&) -> NTSTATUS {
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      if (flat == nullptr || size == 0) return SEC_E_INVALID_PARAMETER;
      const std::lock_guard lock(context->mutex);
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.ChangeAccountPassword = change_account_password;
    table.GetCredUIContext = get_cred_ui_context;
    table.UpdateCredentials = update_credentials;
  }
};

}  // namespace

void add_password_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<PasswordSlots>(table, package); }

}  // namespace scripted
