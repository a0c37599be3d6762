#include "common/statement_request.hpp"

#include <ctime>

#include "ssh/public_key.hpp"

namespace sshkey::programs {
namespace {

constexpr std::int64_t allowed_clock_difference_seconds = 300;

}  // namespace

OrFailure<SSHKEY_CHALLENGE_RESPONSE> ask_for_challenge(const LsaConnection& lsa, const std::u16string& account,
                                                       const LogonOptions& options) {
  SSHKEY_CHALLENGE_REQUEST request{};
  request.MessageType = SshKeyChallenge;
  request.Purpose = options.purpose;
  request.LogonType = options.type;
  request.LifetimeSeconds = options.lifetime_seconds;
  Bytes submit = SubmitBuffer(request).text(offsetof(SSHKEY_CHALLENGE_REQUEST, AccountName), account).take();
  const std::string what = "asking for a challenge for account " + options.account;
  const auto answer = lsa.call(what, submit);
  if (!answer) return std::unexpected(answer.error());
  if (answer->protocol_status != 0) return fail_with_status(what, answer->protocol_status);
  const auto* response = answer->buffer.as<SSHKEY_CHALLENGE_RESPONSE>();
  if (response == nullptr || response->MessageType != SshKeyChallenge)
    return fail(what + ": the package's answer has " + std::to_string(answer->buffer.size) +
                " bytes and is no challenge. Do the versions of program and package fit?");
  return *response;
}

OrFailure<Statement> make_statement(const SSHKEY_CHALLENGE_RESPONSE& answer, const LogonOptions& options,
                                    const Fixed32& connected_authority, View user_key) {
  const auto refuse = [](const std::string& what) {
    return fail("nothing was signed: " + what + ". The package or the authority is not what it should be.");
  };
  if (!equal(answer.AuthorityId, connected_authority))
    return refuse("the statement names the authority " + to_hex(answer.AuthorityId) +
                  ", but this program is connected to " + to_hex(connected_authority));
  if (answer.Version != statement_version)
    return refuse("the statement has version " + std::to_string(answer.Version) + ", and this program knows version 1");
  if (answer.Purpose != options.purpose || answer.LogonType != static_cast<ULONG>(options.type))
    return refuse("the statement has purpose " + std::to_string(answer.Purpose) + " and logon type " +
                  std::to_string(answer.LogonType) + ", asked for were " + std::to_string(options.purpose) + " and " +
                  std::to_string(options.type));
  const std::int64_t now = std::time(nullptr);
  const std::int64_t most = options.lifetime_seconds == 0 ? max_statement_seconds : options.lifetime_seconds;
  // The statement begins a little before now, for machines whose clocks are behind; its end is what was asked for.
  if (answer.NotBefore > answer.NotAfter || answer.NotAfter - answer.NotBefore > max_statement_seconds ||
      answer.NotAfter > now + most + allowed_clock_difference_seconds)
    return refuse("the statement would hold longer than the " + std::to_string(most) + " seconds that were asked for");
  if (answer.AccountSidLength > sizeof answer.AccountSid ||
      !is_well_formed_sid({answer.AccountSid, answer.AccountSidLength}))
    return refuse("the statement names no valid SID");

  Statement statement;
  statement.authority_id = connected_authority;
  statement.account_sid = copy_of({answer.AccountSid, answer.AccountSidLength});
  statement.user_key = copy_of(user_key);
  std::memcpy(statement.session_key.data(), answer.SessionKey, sizeof answer.SessionKey);
  std::memcpy(statement.challenge.data(), answer.Challenge, sizeof answer.Challenge);
  statement.purpose = answer.Purpose;
  statement.logon_type = answer.LogonType;
  statement.not_before = answer.NotBefore;
  statement.not_after = answer.NotAfter;
  return statement;
}

}  // namespace sshkey::programs
