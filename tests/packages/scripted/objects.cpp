#include "objects.hpp"

namespace scripted {
namespace {

// LENGTH characters at a client address; a W identity has char16_t, an A identity char.
NTSTATUS read_text(const void* address, ULONG length, bool wide, std::string& text) {
  if (length > 65536) return STATUS_INVALID_PARAMETER;
  std::string bytes(length * (wide ? 2u : 1u), '\0');
  if (!bytes.empty()) {
    const NTSTATUS status =
        lsa->CopyFromClientBuffer(nullptr, static_cast<ULONG>(bytes.size()), bytes.data(), const_cast<void*>(address));
    if (!NT_SUCCESS(status)) return status;
  }
  text.clear();
  for (std::size_t i = 0; i < bytes.size(); i += wide ? 2 : 1) text += bytes[i];
  return STATUS_SUCCESS;
}

}  // namespace

Handles<Credential>& credentials() {
  static Handles<Credential> all(0x2000);
  return all;
}

Handles<Context>& contexts() {
  static Handles<Context> all(0x7000);
  return all;
}

NTSTATUS read_identity(PVOID client_address, std::string& user, std::string& domain, std::string& password) {
  if (client_address == nullptr) return STATUS_SUCCESS;
  ULONG version = 0;
  NTSTATUS status = lsa->CopyFromClientBuffer(nullptr, sizeof version, &version, client_address);
  if (!NT_SUCCESS(status)) return status;
  SEC_WINNT_AUTH_IDENTITY_W header{};
  // The EX form is version and length in front of the plain one, and a list of packages behind it.
  const std::size_t offset =
      version == SEC_WINNT_AUTH_IDENTITY_VERSION ? offsetof(SEC_WINNT_AUTH_IDENTITY_EXW, User) : 0;
  status = lsa->CopyFromClientBuffer(nullptr, sizeof header, &header, static_cast<char*>(client_address) + offset);
  if (!NT_SUCCESS(status)) return status;
  const bool wide = (header.Flags & SEC_WINNT_AUTH_IDENTITY_UNICODE) != 0;
  status = read_text(header.User, header.UserLength, wide, user);
  if (NT_SUCCESS(status)) status = read_text(header.Domain, header.DomainLength, wide, domain);
  if (NT_SUCCESS(status)) status = read_text(header.Password, header.PasswordLength, wide, password);
  return status;
}

}  // namespace scripted
