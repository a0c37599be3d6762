// The life of a credential handle: acquire, add, attributes, free.
#include <cstring>

#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

// The strings of an identity are read before the rule is asked, so that the record has them.
struct Identity {
  NTSTATUS status;
  std::string user, domain, password;
};

Identity identity_at(PVOID address) {
  Identity identity{};
  identity.status = read_identity(address, identity.user, identity.domain, identity.password);
  return identity;
}

Words identity_words(PUNICODE_STRING principal, ULONG use, PVOID authorization, const Identity& identity) {
  Words words;
  words.string("principal", principal).flags("use", use).number("authorization", authorization != nullptr);
  words.flags("identity-status", static_cast<ULONG>(identity.status)).text("user", identity.user);
  words.text("domain", identity.domain).secret("password", identity.password.data(), identity.password.size());
  return words;
}

template <unsigned package>
struct CredentialSlots {
  static NTSTATUS NTAPI acquire(PUNICODE_STRING principal, ULONG use, PLUID logon_id, PVOID authorization,
                                PVOID get_key, PVOID get_key_argument, PLSA_SEC_HANDLE handle, PTimeStamp expiry) {
    const Identity identity = identity_at(authorization);
    Words arguments = identity_words(principal, use, authorization, identity);
    arguments.luid("logon-id", logon_id).number("get-key", get_key != nullptr);
    arguments.number("get-key-argument", get_key_argument != nullptr);
    return lsa_entry(package, "AcquireCredentialsHandle", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (!NT_SUCCESS(identity.status)) return identity.status;
      auto credential = std::make_shared<Credential>();
      credential->principal = narrow(principal);
      credential->user = identity.user.empty() ? credential->principal : identity.user;
      credential->use = use;
      if (logon_id != nullptr) credential->logon_id = *logon_id;
      *handle = rule.has("handle") ? rule.number("handle") : credentials().add(std::move(credential));
      expiry->QuadPart = static_cast<LONGLONG>(rule.number("expiry", 0x0123456789abcdef));
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI add(LSA_SEC_HANDLE handle, PUNICODE_STRING principal, PUNICODE_STRING package_name, ULONG use,
                            PVOID authorization, PVOID get_key, PVOID get_key_argument, PTimeStamp expiry) {
    const Identity identity = identity_at(authorization);
    Words arguments = identity_words(principal, use, authorization, identity);
    arguments.number("known", credentials().find(handle) != nullptr).string("for-package", package_name);
    arguments.number("get-key", get_key != nullptr).number("get-key-argument", get_key_argument != nullptr);
    return lsa_entry(package, "AddCredentials", arguments, [&](const Rule& rule) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      if (!NT_SUCCESS(identity.status)) return identity.status;
      const std::lock_guard lock(credential->mutex);
      credential->added.push_back(identity.user.empty() ? narrow(principal) : identity.user);
      expiry->QuadPart = static_cast<LONGLONG>(rule.number("expiry", 0x0fedcba987654321));
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI free(LSA_SEC_HANDLE handle) {
    const auto credential = credentials().take(handle);
    Words arguments;
    arguments.number("known", credential != nullptr);
    if (credential != nullptr) arguments.text("principal", credential->principal).text("user", credential->user);
    return lsa_entry(package, "FreeCredentialsHandle", arguments,
                     [&](const Rule&) -> NTSTATUS { return credential == nullptr ? SEC_E_INVALID_HANDLE : SEC_E_OK; });
  }

  // NAMES: the user, and each one that was added, separated by '+', in client memory.
  static NTSTATUS NTAPI query(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
    Words arguments;
    arguments.number("known", credentials().find(handle) != nullptr).flags("attribute", attribute);
    return lsa_entry(package, "QueryCredentialsAttributes", arguments, [&](const Rule& rule) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      if (attribute != SECPKG_CRED_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
      const std::lock_guard lock(credential->mutex);
      std::string name = credential->user;
      for (const std::string& other : credential->added) name += "+" + other;
      std::u16string wide = widen(name);
      wide.push_back(0);
      const Given text =
          give(rule, "sUserName", "client", {reinterpret_cast<const char*>(wide.data()), wide.size() * 2});
      SecPkgCredentials_NamesW names{};
      names.sUserName = static_cast<SEC_WCHAR*>(text.block);
      if (names.sUserName == nullptr && !rule.has("allocator")) return SEC_E_INSUFFICIENT_MEMORY;
      std::memcpy(buffer, &names, sizeof names);
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI set(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer, ULONG size) {
    Words arguments;
    arguments.number("known", credentials().find(handle) != nullptr).flags("attribute", attribute);
    arguments.number("size", size).secret("buffer", buffer, size);
    return lsa_entry(package, "SetCredentialsAttributes", arguments, [&](const Rule&) -> NTSTATUS {
      const auto credential = credentials().find(handle);
      if (credential == nullptr) return SEC_E_INVALID_HANDLE;
      const std::lock_guard lock(credential->mutex);
      credential->attributes[attribute] = bytes_text(buffer, size);
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.AcquireCredentialsHandle = acquire;
    table.AddCredentials = add;
    table.FreeCredentialsHandle = free;
    table.QueryCredentialsAttributes = query;
    table.SetCredentialsAttributes = set;
  }
};

}  // namespace

void add_credential_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<CredentialSlots>(table, package); }

}  // namespace scripted
