// What AcquireCredentialsHandle gives out.
#pragma once

#include <expected>

#include "lsa_mode/supplied_identity.hpp"
#include "ntlm/initiator.hpp"

namespace msv1_0 {

struct Credential {
  bool inbound = false;
  bool outbound = false;
  LUID logon_id{};  // whose; the password stays in the authority
  std::optional<SuppliedIdentity> supplied;
  crypto::Owf supplied_v2;  // NTOWFv2 of it, computed once
};

// SEC_E_INVALID_HANDLE, or SEC_E_NO_CREDENTIALS for the other direction.
enum class Direction { inbound, outbound };
std::expected<std::shared_ptr<Credential>, NTSTATUS> credential_of_leg(Package& package, LSA_SEC_HANDLE handle,
                                                                       Direction direction);

// As whom the credential speaks. SEC_E_NO_CREDENTIALS when its session has ended or has no name.
struct OwnName {
  std::u16string user;
  std::u16string domain;
  bool anonymous = false;
};
std::expected<OwnName, NTSTATUS> own_name(Package& package, const Credential& credential);

// Answers challenges with the credential's key: here when the application supplied it, in the authority otherwise.
class CredentialResponses final : public ResponseSource {
 public:
  CredentialResponses(Package& package, const Credential& credential, OwnName name)
      : package_(package), credential_(credential), name_(std::move(name)) {}
  SECURITY_STATUS ntlmv2(const crypto::Challenge& server, ByteView blob, crypto::Ntlmv2Proof& proof) override;
  SECURITY_STATUS ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge, bool want_lm,
                         V1& out) override;
  bool reflected(const crypto::Challenge& server, std::u16string_view target_name) override;

 private:
  Package& package_;
  const Credential& credential_;
  const OwnName name_;
};

}  // namespace msv1_0
