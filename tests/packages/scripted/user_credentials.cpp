// FormatCredentials, MarshallSupplementalCreds, MarshalAttributeData: bytes with a head that says what they are.
#include "entry.hpp"
#include "user_mode.hpp"

namespace scripted {
namespace {

template <unsigned package>
struct UserCredentialSlots {
  static NTSTATUS NTAPI format(PSecBuffer credentials, PSecBuffer formatted) {
    Words arguments;
    arguments.number("buffer-type", credentials->BufferType);
    arguments.secret("credentials", credentials->pvBuffer, credentials->cbBuffer);
    return user_entry(package, "FormatCredentials", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (credentials->pvBuffer == nullptr) return SEC_E_INVALID_PARAMETER;
      const Given given = give(rule, "FormattedCredentials", "dll",
                               "formatted:" + bytes_text(credentials->pvBuffer, credentials->cbBuffer));
      *formatted = {given.size, SECBUFFER_DATA, given.block};
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI marshall(ULONG size, PUCHAR credentials, PULONG marshalled_size, PVOID* marshalled) {
    Words arguments;
    arguments.number("size", size).secret("credentials", credentials, size);
    return user_entry(package, "MarshallSupplementalCreds", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (credentials == nullptr) return SEC_E_INVALID_PARAMETER;
      const Given given = give(rule, "MarshalledCreds", "dll", "marshalled:" + bytes_text(credentials, size));
      *marshalled = given.block;
      *marshalled_size = given.size;
      return SEC_E_OK;
    });
  }

  static NTSTATUS NTAPI marshal_attribute(ULONG info, ULONG attribute, ULONG size, PBYTE data, PULONG marshaled_size,
                                          PBYTE* marshaled) {
    Words arguments;
    arguments.flags("info", info).flags("attribute", attribute).number("size", size).secret("data", data, size);
    return user_entry(package, "MarshalAttributeData", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (data == nullptr) return SEC_E_INVALID_PARAMETER;
      const Given given = give(rule, "MarshaledAttributeData", "dll",
                               "attribute " + std::to_string(attribute) + ":" + bytes_text(data, size));
      *marshaled = static_cast<PBYTE>(given.block);
      *marshaled_size = given.size;
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_USER_FUNCTION_TABLE& table) {
    table.FormatCredentials = format;
    table.MarshallSupplementalCreds = marshall;
    table.MarshalAttributeData = marshal_attribute;
  }
};

}  // namespace

void add_user_credential_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  fill<UserCredentialSlots>(table, package);
}

}  // namespace scripted
