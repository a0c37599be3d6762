// SshKeyChallenge: a fresh session key and all fields of the statement.
#include "lsa_mode/accounts.hpp"
#include "lsa_mode/client_block.hpp"
#include "lsa_mode/messages.hpp"
#include "sshkey_protocol.h"

namespace sshkey {
namespace {

static_assert(SSHKEY_MAX_LIFETIME_SECONDS == max_statement_seconds && SSHKEY_MAX_SID_SIZE == max_sid);
static_assert(SSHKEY_PURPOSE_INITIATE == purpose_initiate && SSHKEY_PURPOSE_ACCEPT == purpose_accept);
static_assert(SSHKEY_STATEMENT_VERSION == statement_version && SSHKEY_CHALLENGE_LIFE_SECONDS == challenge_life_seconds);

// The clock of a machine that takes the statement at once may be behind ours by this much.
constexpr std::int64_t clock_skew_seconds = 60;

Statement fields_of(const Package& package, const SSHKEY_CHALLENGE_REQUEST& request, Bytes sid,
                    const Fixed32& session_key) {
  Statement fields;
  fields.authority_id = package.setting.authority_id;
  fields.account_sid = std::move(sid);
  fields.session_key = session_key;
  fill_random(fields.challenge);
  fields.purpose = request.Purpose;
  fields.logon_type = request.LogonType;
  const std::int64_t now = package.now();
  const std::int64_t lifetime = request.LifetimeSeconds != 0 ? request.LifetimeSeconds : max_statement_seconds;
  fields.not_before = now - clock_skew_seconds;
  fields.not_after = std::min(now + lifetime, fields.not_before + max_statement_seconds);
  return fields;
}

Bytes response_of(const Statement& fields) {
  SSHKEY_CHALLENGE_RESPONSE response{};
  response.MessageType = SshKeyChallenge;
  response.Version = statement_version;
  response.Purpose = fields.purpose;
  response.LogonType = fields.logon_type;
  response.NotBefore = fields.not_before;
  response.NotAfter = fields.not_after;
  std::memcpy(response.AuthorityId, fields.authority_id.data(), sizeof response.AuthorityId);
  std::memcpy(response.SessionKey, fields.session_key.data(), sizeof response.SessionKey);
  std::memcpy(response.Challenge, fields.challenge.data(), sizeof response.Challenge);
  response.AccountSidLength = static_cast<ULONG>(fields.account_sid.size());
  std::memcpy(response.AccountSid, fields.account_sid.data(), fields.account_sid.size());
  return copy_of(bytes_of(response));
}

}  // namespace

AnswerOrMalformed make_challenge(Package& package, const Caller& caller, const SubmitBuffer& buffer) {
  SSHKEY_CHALLENGE_REQUEST request{};
  if (!buffer.read(request)) return std::nullopt;
  const auto name = buffer.text_of(request.AccountName);
  if (!name) return std::nullopt;
  if (request.Purpose == 0 || (request.Purpose & ~purpose_all) != 0 || name->empty() ||
      request.LifetimeSeconds > max_statement_seconds)
    return Answer{STATUS_INVALID_PARAMETER, {}};
  if (!is_known_logon_type(request.LogonType)) return Answer{STATUS_INVALID_LOGON_TYPE, {}};

  const auto account = find_account_by_name(package, *name);
  KeyPair session = make_ed25519();
  PendingChallenge pending;
  pending.fields = fields_of(package, request, account ? account->sid : decoy_sid(package, *name), session.public_key);
  pending.session_private = std::move(session.private_key);
  pending.account = *name;
  pending.account_exists = account.has_value();
  pending.uid = caller.uid;
  Bytes response = response_of(pending.fields);
  const std::int64_t now = package.clock.monotonic_seconds();
  const std::lock_guard lock(package.mutex);
  if (!package.pending.add(std::move(pending), now)) return Answer{STATUS_QUOTA_EXCEEDED, {}};
  return Answer{STATUS_SUCCESS, std::move(response)};
}

}  // namespace sshkey
