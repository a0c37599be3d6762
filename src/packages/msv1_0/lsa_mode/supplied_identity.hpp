// SEC_WINNT_AUTH_IDENTITY and its longer forms, in the client's memory.
#pragma once

#include <expected>

#include "crypto/ntlm_owf.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

struct SuppliedIdentity {
  std::u16string user;
  std::u16string domain;
  bool has_password = false;
  crypto::Owf nt;                 // of the password, which goes no further
  std::optional<crypto::Owf> lm;  // none for a password that LM cannot say
  bool is_anonymous() const { return user.empty() && domain.empty() && !has_password; }
};

// SEC_E_UNKNOWN_CREDENTIALS for a form that is none; what the client's memory answers when it cannot be read.
std::expected<SuppliedIdentity, NTSTATUS> read_supplied_identity(const Package& package, PVOID address);

}  // namespace msv1_0
