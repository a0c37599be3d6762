#include "authority/side_doors/sub_authentication.hpp"

#include <openlsa/ntsecapi.h>
#include <openlsa/subauth.h>

#include <algorithm>

#include "authority/side_doors/side_door.hpp"
#include "authority/side_doors/user_all_information.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

std::uint32_t sub_authentication_number(const seam::LogOnAccountRequest& request) {
  return (request.parameter_control & MSV1_0_SUBAUTHENTICATION_DLL) >> MSV1_0_SUBAUTHENTICATION_DLL_SHIFT;
}

std::shared_ptr<PackageFile> sub_authentication_file(Registry& registry, std::uint32_t number) {
  for (std::shared_ptr<PackageFile>& file : side_doors(registry, seam::Door::sub_authentication))
    if (file->drop_in()->number == number) return std::move(file);
  return nullptr;
}

bool sub_authentication_has_a_say(Registry& registry, const seam::LogOnAccountRequest& request) {
  return sub_authentication_number(request) != 0 || sub_authentication_file(registry, 0) != nullptr;
}

seam::SubAuthenticateRequest sub_authenticate_request(const AccountStore& accounts, const Account& account,
                                                      const Rights& rights, const seam::LogOnAccountRequest& attempt) {
  seam::SubAuthenticateRequest request;
  const bool ex = (attempt.parameter_control & MSV1_0_SUBAUTHENTICATION_DLL_EX) != 0;
  request.entry = sub_authentication_number(attempt) == 0 ? seam::SubAuthenticationEntry::filter
                  : ex                                    ? seam::SubAuthenticationEntry::routine_ex
                                                          : seam::SubAuthenticationEntry::routine;
  request.level = attempt.password ? NetlogonInteractiveInformation : NetlogonNetworkInformation;
  request.domain_name = attempt.domain_name;
  request.parameter_control = attempt.parameter_control;
  request.user_name = attempt.user_name;
  request.workstation = attempt.workstation.value_or(u"");
  if (attempt.password && rights.account_keys) request.nt_key = base::Secret(nt_key_of(*attempt.password).reveal());
  request.challenge = attempt.challenge;
  request.nt_response = attempt.nt_response;
  request.lm_response = attempt.lm_response;
  request.user = user_all_information(accounts, account);
  if (rights.account_keys)
    if (const std::optional<NtKey> key = accounts.export_key(account.sid))
      request.user.nt_password = base::Secret(key->reveal());
  return request;
}

seam::SubAuthenticateReply ask_sub_authentication(Registry& registry, PackageFile& file,
                                                  RunningCalls::Clock::time_point until,
                                                  seam::SubAuthenticateRequest request) {
  seam::SubAuthenticateReply answer;
  answer.status = STATUS_INTERNAL_ERROR;
  const std::optional<RunningHost> host = file.running(registry.patience());
  if (!host) return answer;
  answer = registry.call_until(*host, until, "sub-authentication",
                               [&](seam::PackageHost& target) { return target.sub_authenticate(std::move(request)); });
  // A host that was lost meanwhile; and nothing but success is success.
  const bool lost = answer.status == SEC_E_INTERNAL_ERROR;
  if (lost || (nt::succeeded(answer.status) && answer.status != STATUS_SUCCESS)) {
    answer = {};
    answer.status = STATUS_INTERNAL_ERROR;
  }
  return answer;
}

std::string objection_to_answer(const PackageFile& file, const Account& account,
                                const seam::SubAuthenticateReply& answer) {
  if (answer.user_id && *answer.user_id != account.sid.rid())
    return "names another account (UserId " + std::to_string(*answer.user_id) + ")";
  if (answer.parameters && !answer.parameters->empty())
    return "asks to have Parameters stored, and accounts here have none";
  // Who judges instead of MSV1_0 vouches for the account.
  const bool judged = file.drop_in()->number != 0 && (answer.actions_performed & MSV1_0_SUBAUTH_PASSWORD) != 0;
  if (judged && !file.drop_in()->rights.may_vouch_for(account))
    return "may not vouch for " + account.sid.to_string() + " (rights.vouch_for of its drop-in)";
  return "";
}

// The earlier of two ends counts, and nobody is asked to go later than he is put out.
void add_sub_authentication(const seam::SubAuthenticateReply& said, seam::LogOnAccountReply& reply) {
  reply.user_flags |= said.user_flags;
  if (said.kickoff_time) reply.times.kick_off = std::min(reply.times.kick_off, *said.kickoff_time);
  if (said.logoff_time) reply.times.log_off = std::min(reply.times.kick_off, *said.logoff_time);
  if (said.logon_server) reply.logon_server = *said.logon_server;
  if (said.session_key) {
    reply.session_base_key = said.session_key->duplicate();
    reply.user_flags |= LOGON_SUBAUTH_SESSION_KEY;
  }
}

CheckedElsewhere checked_by(const seam::SubAuthenticateReply& answer) {
  const auto did = [&](std::uint32_t action) { return (answer.actions_performed & action) != 0; };
  return {.expiry = did(MSV1_0_SUBAUTH_ACCOUNT_EXPIRY),
          .hours = did(MSV1_0_SUBAUTH_LOGON_HOURS),
          .workstations = did(MSV1_0_SUBAUTH_WORKSTATIONS),
          .password_age = did(MSV1_0_SUBAUTH_PASSWORD_EXPIRY)};
}

}  // namespace openlsa::authority
