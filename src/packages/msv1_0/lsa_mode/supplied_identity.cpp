#define _SEC_WINNT_AUTH_TYPES
#include "lsa_mode/supplied_identity.hpp"

namespace msv1_0 {
namespace {

using Read = std::expected<SuppliedIdentity, NTSTATUS>;

constexpr ULONG longest_text = 32767;  // characters of a counted string

// Reads of the client's memory, until one fails.
class ClientReader {
 public:
  explicit ClientReader(const Package& package) : lsa_(*package.setting.lsa) {}

  NTSTATUS status() const { return status_; }
  void bytes(void* to, const void* address, std::size_t size) {
    if (status_ < 0 || size == 0) return;
    status_ = lsa_.CopyFromClientBuffer(nullptr, static_cast<ULONG>(size), to, const_cast<void*>(address));
  }
  SecretText text(const void* address, ULONG characters, bool wide) {
    if (characters > longest_text) status_ = SEC_E_UNKNOWN_CREDENTIALS;
    if (status_ < 0 || characters == 0) return {};
    if (address == nullptr) {
      status_ = SEC_E_UNKNOWN_CREDENTIALS;
      return {};
    }
    return wide ? wide_text(address, characters) : ansi_text(address, characters);
  }

 private:
  SecretText wide_text(const void* address, ULONG characters) {
    SecretText text(characters);
    bytes(text.reveal_mutable().data(), address, characters * sizeof(char16_t));
    return text;
  }
  SecretText ansi_text(const void* address, ULONG characters) {
    std::string narrow(characters, '\0');
    bytes(narrow.data(), address, narrow.size());
    std::optional<std::u16string> wide = from_ansi(narrow);
    wipe(narrow.data(), narrow.size());
    SecretText text;
    if (!wide) {
      status_ = SEC_E_UNKNOWN_CREDENTIALS;
      return text;
    }
    text = SecretText(wide->size());
    std::copy(wide->begin(), wide->end(), text.reveal_mutable().begin());
    wipe(wide->data(), wide->size() * sizeof(char16_t));
    return text;
  }

  const LSA_SECPKG_FUNCTION_TABLE& lsa_;
  NTSTATUS status_ = STATUS_SUCCESS;
};

void take_password(SuppliedIdentity& identity, const SecretText& password) {
  identity.has_password = true;
  identity.nt = crypto::nt_owf(password.reveal());
  identity.lm = crypto::lm_owf(password.reveal());
}

// The plain forms and EX, from `User` on: the same members in the same order.
Read read_strings(ClientReader& reader, const SEC_WINNT_AUTH_IDENTITY_W& header) {
  const bool wide = (header.Flags & SEC_WINNT_AUTH_IDENTITY_UNICODE) != 0;
  SuppliedIdentity identity;
  identity.user = reader.text(header.User, header.UserLength, wide).reveal();
  identity.domain = reader.text(header.Domain, header.DomainLength, wide).reveal();
  const SecretText password = reader.text(header.Password, header.PasswordLength, wide);
  if (reader.status() < 0) return std::unexpected(reader.status());
  // A NULL password is none: the account that is named has to be anonymous then.
  if (header.Password != nullptr) take_password(identity, password);
  return identity;
}

// One block, whose password is packed.
Read read_block(ClientReader& reader, const std::uint8_t* address) {
  SEC_WINNT_AUTH_IDENTITY_EX2 header{};
  reader.bytes(&header, address, sizeof header);
  SEC_WINNT_AUTH_PACKED_CREDENTIALS packed{};
  const std::uint8_t* const credentials = address + header.PackedCredentialsOffset;
  const bool has_credentials = header.PackedCredentialsLength >= sizeof packed;
  if (has_credentials) reader.bytes(&packed, credentials, sizeof packed);
  if (reader.status() < 0) return std::unexpected(reader.status());
  SuppliedIdentity identity;
  identity.user = reader.text(address + header.UserOffset, header.UserLength / 2u, true).reveal();
  identity.domain = reader.text(address + header.DomainOffset, header.DomainLength / 2u, true).reveal();
  if (has_credentials) {
    const auto& data = packed.AuthData.CredData;
    if ((header.Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED) != 0 ||
        !IsEqualGUID(packed.AuthData.CredType, SEC_WINNT_AUTH_DATA_TYPE_PASSWORD))
      return std::unexpected(SEC_E_UNKNOWN_CREDENTIALS);
    take_password(identity, reader.text(credentials + data.ByteArrayOffset, data.ByteArrayLength / 2u, true));
  }
  if (reader.status() < 0) return std::unexpected(reader.status());
  return identity;
}

}  // namespace

Read read_supplied_identity(const Package& package, PVOID address) {
  ClientReader reader(package);
  const auto* place = static_cast<const std::uint8_t*>(address);
  ULONG version = 0;
  reader.bytes(&version, place, sizeof version);
  if (reader.status() < 0) return std::unexpected(reader.status());
  if (version == SEC_WINNT_AUTH_IDENTITY_VERSION_2) return read_block(reader, place);
  SEC_WINNT_AUTH_IDENTITY_W header{};
  const bool longer = version == SEC_WINNT_AUTH_IDENTITY_VERSION;
  reader.bytes(&header, longer ? place + offsetof(SEC_WINNT_AUTH_IDENTITY_EXW, User) : place, sizeof header);
  if (reader.status() < 0) return std::unexpected(reader.status());
  return read_strings(reader, header);
}

}  // namespace msv1_0
