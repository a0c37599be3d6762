#include "host/doors/logon_information.hpp"

#include <algorithm>

#include "host/marshal/strings.hpp"

namespace openlsa::host {
namespace {

STRING view_of(base::Bytes& bytes) {
  STRING view{};
  view.Length = view.MaximumLength = static_cast<USHORT>(std::min<std::size_t>(bytes.size(), 0xffff));
  view.Buffer = bytes.empty() ? nullptr : reinterpret_cast<PCHAR>(bytes.data());
  return view;
}

template <class Block>
void fill(Block& block, base::ByteView bytes) {
  std::memcpy(&block, bytes.data(), std::min(sizeof block, bytes.size()));
}

}  // namespace

LogonInformation::LogonInformation(const seam::SubAuthenticateRequest& request)
    : domain_name_(request.domain_name),
      user_name_(request.user_name),
      workstation_(request.workstation),
      nt_response_(request.nt_response),
      lm_response_(request.lm_response),
      level_(static_cast<NETLOGON_LOGON_INFO_CLASS>(request.level)),
      request_(request) {
  switch (request.level) {
    case NetlogonInteractiveInformation: {
      auto& information = information_.emplace<NETLOGON_INTERACTIVE_INFO>();
      information.Identity = identity();
      // There is no LM key: an account has none, and none is made of a password.
      if (request.nt_key) fill(information.NtOwfPassword, request.nt_key->reveal());
      address_ = &information;
      break;
    }
    case NetlogonNetworkInformation: {
      auto& information = information_.emplace<NETLOGON_NETWORK_INFO>();
      information.Identity = identity();
      fill(information.LmChallenge, request.challenge);
      information.NtChallengeResponse = view_of(nt_response_);
      information.LmChallengeResponse = view_of(lm_response_);
      address_ = &information;
      break;
    }
    default:
      break;
  }
}

LogonInformation::~LogonInformation() {
  if (auto* interactive = std::get_if<NETLOGON_INTERACTIVE_INFO>(&information_))
    base::wipe(interactive, sizeof *interactive);
  base::wipe(nt_response_);
  base::wipe(lm_response_);
}

NETLOGON_LOGON_IDENTITY_INFO LogonInformation::identity() {
  NETLOGON_LOGON_IDENTITY_INFO identity{};
  identity.LogonDomainName = marshal::view_of(domain_name_);
  identity.ParameterControl = request_.parameter_control;
  identity.LogonId.LowPart = request_.logon_id.low();
  identity.LogonId.HighPart = request_.logon_id.high();
  identity.UserName = marshal::view_of(user_name_);
  identity.Workstation = marshal::view_of(workstation_);
  return identity;
}

}  // namespace openlsa::host
