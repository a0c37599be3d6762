// NETLOGON_INTERACTIVE_INFO or NETLOGON_NETWORK_INFO, as the level says, over a copy of its own that the package may
// change and that is wiped when it goes.
#pragma once

#include <variant>

#include "seam/door_calls.hpp"

#include <openlsa/subauth.h>

namespace openlsa::host {

class LogonInformation {
 public:
  // The request outlives it.
  explicit LogonInformation(const seam::SubAuthenticateRequest& request);
  LogonInformation(const LogonInformation&) = delete;
  LogonInformation& operator=(const LogonInformation&) = delete;
  ~LogonInformation();

  NETLOGON_LOGON_INFO_CLASS level() const { return level_; }
  // Null for a level that MSV1_0 does not pass.
  PVOID get() const { return const_cast<PVOID>(address_); }

 private:
  NETLOGON_LOGON_IDENTITY_INFO identity();

  seam::Text domain_name_;
  seam::Text user_name_;
  seam::Text workstation_;
  base::Bytes nt_response_;
  base::Bytes lm_response_;
  std::variant<std::monostate, NETLOGON_INTERACTIVE_INFO, NETLOGON_NETWORK_INFO> information_;
  NETLOGON_LOGON_INFO_CLASS level_;
  const void* address_ = nullptr;
  const seam::SubAuthenticateRequest& request_;
};

}  // namespace openlsa::host
