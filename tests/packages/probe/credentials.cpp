// AcquireCredentialsHandle, FreeCredentialsHandle, DeleteContext, ApplyControlToken.
#define _SEC_WINNT_AUTH_TYPES
#include <cstdlib>

#include "sspi.hpp"

namespace probe {
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

// SEC_WINNT_AUTH_IDENTITY_EX2: one block, whose password is packed.
NTSTATUS read_block(char* address, std::string& identity) {
  SEC_WINNT_AUTH_IDENTITY_EX2 header{};
  NTSTATUS status = lsa->CopyFromClientBuffer(nullptr, sizeof header, &header, address);
  if (!NT_SUCCESS(status)) return status;
  if ((header.Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED) != 0) return SEC_E_UNKNOWN_CREDENTIALS;
  SEC_WINNT_AUTH_PACKED_CREDENTIALS packed{};
  if (header.PackedCredentialsLength < sizeof packed) return SEC_E_UNKNOWN_CREDENTIALS;
  char* const credentials = address + header.PackedCredentialsOffset;
  status = lsa->CopyFromClientBuffer(nullptr, sizeof packed, &packed, credentials);
  if (!NT_SUCCESS(status)) return status;
  if (!IsEqualGUID(packed.AuthData.CredType, SEC_WINNT_AUTH_DATA_TYPE_PASSWORD)) return SEC_E_UNKNOWN_CREDENTIALS;
  const auto& data = packed.AuthData.CredData;
  std::string user, domain, password;
  status = read_text(address + header.UserOffset, header.UserLength / 2u, true, user);
  if (NT_SUCCESS(status)) status = read_text(address + header.DomainOffset, header.DomainLength / 2u, true, domain);
  if (NT_SUCCESS(status))
    status = read_text(credentials + data.ByteArrayOffset, data.ByteArrayLength / 2u, true, password);
  identity = user + "/" + domain + "/" + password;
  return status;
}

// SEC_WINNT_AUTH_IDENTITY_W or _A: the same layout, and Flags says which.
NTSTATUS read_identity(PVOID address, std::string& identity) {
  ULONG version = 0;
  if (const NTSTATUS read = lsa->CopyFromClientBuffer(nullptr, sizeof version, &version, address); !NT_SUCCESS(read))
    return read;
  if (version == SEC_WINNT_AUTH_IDENTITY_VERSION_2) return read_block(static_cast<char*>(address), identity);
  SEC_WINNT_AUTH_IDENTITY_W header{};
  NTSTATUS status = lsa->CopyFromClientBuffer(nullptr, sizeof header, &header, address);
  if (!NT_SUCCESS(status)) return status;
  const bool wide = (header.Flags & SEC_WINNT_AUTH_IDENTITY_UNICODE) != 0;
  std::string user, domain, password;
  status = read_text(header.User, header.UserLength, wide, user);
  if (NT_SUCCESS(status)) status = read_text(header.Domain, header.DomainLength, wide, domain);
  if (NT_SUCCESS(status)) status = read_text(header.Password, header.PasswordLength, wide, password);
  identity = user + "/" + domain + "/" + password;
  return status;
}

template <unsigned package>
NTSTATUS NTAPI acquire(PUNICODE_STRING principal, ULONG use, PLUID logon_id, PVOID authorization, PVOID, PVOID,
                       PLSA_SEC_HANDLE handle, PTimeStamp expiry) {
  Credential credential;
  credential.package = package;
  credential.principal = principal == nullptr ? "(none)" : narrow(principal);
  credential.use = use;
  if (logon_id != nullptr) credential.logon_id = *logon_id;
  SECPKG_CLIENT_INFO client{};
  if (const NTSTATUS status = lsa->GetClientInfo(&client); !NT_SUCCESS(status)) return status;
  credential.caller = client.LogonId;
  log_line("AcquireCredentialsHandle principal=" + credential.principal + " use=" + std::to_string(use) + " caller=" +
           luid_text(client.LogonId) + " logon-id=" + luid_text(credential.logon_id) + call_attributes_text());
  if (credential.principal == "nobody") return SEC_E_NO_CREDENTIALS;
  if (credential.principal == "crash") std::abort();
  if (authorization != nullptr)
    if (const NTSTATUS status = read_identity(authorization, credential.identity); !NT_SUCCESS(status)) return status;
  *handle = keep(std::move(credential));
  expiry->QuadPart = 0x0123456789abcdef;
  return SEC_E_OK;
}

NTSTATUS NTAPI free_credential(LSA_SEC_HANDLE handle) {
  const Credential* credential = credential_of(handle);
  const std::string principal = credential == nullptr ? "(unknown)" : credential->principal;
  const bool known = forget_credential(handle);
  log_line("FreeCredentialsHandle principal=" + principal + call_attributes_text());
  return known ? SEC_E_OK : SEC_E_INVALID_HANDLE;
}

NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE handle) {
  const Context* context = context_of(handle);
  const std::string side = context == nullptr ? "(unknown)" : context->initiator ? "initiator" : "acceptor";
  const bool known = forget_context(handle);
  log_line("DeleteContext " + side + call_attributes_text());
  // The client's memory is out of reach when it is gone.
  PVOID block = nullptr;
  const NTSTATUS memory = lsa->AllocateClientBuffer(nullptr, 16, &block);
  if (!NT_SUCCESS(memory)) log_line("no client memory");
  return known ? SEC_E_OK : SEC_E_INVALID_HANDLE;
}

NTSTATUS NTAPI apply_control_token(LSA_SEC_HANDLE handle, PSecBufferDesc input) {
  if (context_of(handle) == nullptr) return SEC_E_INVALID_HANDLE;
  const std::string token = token_text(input);
  log_line("ApplyControlToken " + token);
  return token == "good" ? SEC_E_OK : SEC_E_INVALID_TOKEN;
}

}  // namespace

void add_sspi(SECPKG_FUNCTION_TABLE& table, unsigned package) {
  table.AcquireCredentialsHandle = package == 0 ? acquire<0> : acquire<1>;
  table.FreeCredentialsHandle = free_credential;
  table.InitLsaModeContext = initialize_context;
  table.AcceptLsaModeContext = accept_context;
  table.DeleteContext = delete_context;
  table.ApplyControlToken = apply_control_token;
  table.QueryContextAttributes = query_context;
  table.QueryCredentialsAttributes = query_credential;
}

}  // namespace probe
