#include "msv1_0/submit.hpp"

#include "support/lsa_client.hpp"

namespace openlsa::test {

LogOnAnswer log_on(void* submit, ULONG size, SECURITY_LOGON_TYPE type, bool trusted) {
  const Connection connection = trusted ? Connection::trusted("ntlm test") : Connection::untrusted();
  char origin_text[] = "test";
  LSA_STRING origin{};
  origin.Length = origin.MaximumLength = sizeof origin_text - 1;
  origin.Buffer = origin_text;
  TOKEN_SOURCE source{{'t', 'e', 's', 't'}, {}};
  PVOID profile = nullptr;
  ULONG profile_size = 0;
  QUOTA_LIMITS quotas{};
  LogOnAnswer answer;
  answer.status =
      LsaLogonUser(connection.handle(), &origin, type, connection.package(MSV1_0_PACKAGE_NAME), submit, size, nullptr,
                   &source, &profile, &profile_size, &answer.logon_id, &answer.token, &quotas, &answer.sub_status);
  if (profile != nullptr) {
    answer.profile.assign(static_cast<const char*>(profile), profile_size);
    LsaFreeReturnBuffer(profile);
  }
  return answer;
}

LogOnAnswer log_on_interactively(std::u16string_view user, std::u16string_view password, std::u16string_view domain) {
  Submit<MSV1_0_INTERACTIVE_LOGON> submit;
  submit->MessageType = MsV1_0InteractiveLogon;
  submit.text(&MSV1_0_INTERACTIVE_LOGON::UserName, user);
  submit.text(&MSV1_0_INTERACTIVE_LOGON::LogonDomainName, domain);
  submit.text(&MSV1_0_INTERACTIVE_LOGON::Password, password);
  return log_on(submit.data(), submit.size());
}

MessageAnswer send_message(void* submit, ULONG size, bool trusted) {
  const Connection connection = trusted ? Connection::trusted("ntlm test") : Connection::untrusted();
  PVOID answer = nullptr;
  ULONG answer_size = 0;
  MessageAnswer result;
  result.status = LsaCallAuthenticationPackage(connection.handle(), connection.package(MSV1_0_PACKAGE_NAME), submit,
                                               size, &answer, &answer_size, &result.protocol_status);
  if (answer != nullptr) {
    result.bytes.assign(static_cast<const char*>(answer), answer_size);
    LsaFreeReturnBuffer(answer);
  }
  return result;
}

}  // namespace openlsa::test
