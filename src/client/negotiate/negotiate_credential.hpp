// A credential of Negotiate: one of each mechanism that has one for this principal and identity.
#pragma once

#include <openlsa/sspi.h>

#include "client/handles/handle_table.hpp"
#include "client/negotiate/candidates.hpp"
#include "client/negotiate/mechanism.hpp"
#include "nt/status.hpp"

namespace openlsa::client::negotiate {

struct MechanismCredential {
  Candidate candidate;
  CredHandle handle{};

  explicit MechanismCredential(Candidate of) : candidate(std::move(of)) { SecInvalidateHandle(&handle); }
  ~MechanismCredential();
  MechanismCredential(const MechanismCredential&) = delete;
  MechanismCredential& operator=(const MechanismCredential&) = delete;
};

struct Credential {
  static constexpr std::uint8_t handle_kind = 0x6e;

  std::vector<std::unique_ptr<MechanismCredential>> mechanisms;  // in the order of preference

  std::vector<Offer> offers() const;
  std::optional<std::size_t> ntlm() const;
};
using CredentialTable = HandleTable<Credential>;

SECURITY_STATUS acquire_credentials(SEC_WCHAR* principal, SEC_WCHAR* package, ULONG use, void* logon_id, void* identity,
                                    SEC_GET_KEY_FN get_key, void* get_key_argument, PCredHandle handle,
                                    PTimeStamp expiry);
SECURITY_STATUS add_credentials(PCredHandle handle, SEC_WCHAR* principal, SEC_WCHAR* package, ULONG use, void* identity,
                                SEC_GET_KEY_FN get_key, void* get_key_argument, PTimeStamp expiry);
SECURITY_STATUS free_credentials(PCredHandle handle);
// Of the first mechanism that answers.
SECURITY_STATUS query_credential(PCredHandle handle, ULONG attribute, void* buffer);
SECURITY_STATUS query_credential_ex(PCredHandle handle, ULONG attribute, void* buffer, ULONG size_bytes);
// To every mechanism; the first success, else the first failure.
SECURITY_STATUS set_credential(PCredHandle handle, ULONG attribute, void* buffer, ULONG size_bytes);

}  // namespace openlsa::client::negotiate
