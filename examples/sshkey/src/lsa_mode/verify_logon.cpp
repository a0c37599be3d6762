#include "lsa_mode/verify_logon.hpp"

#include "ssh/sshsig.hpp"

namespace sshkey {

static_assert(SSHKEY_MAX_USER_KEY_SIZE == max_key_blob && SSHKEY_MAX_SIGNATURE_SIZE == max_sshsig);

std::optional<LogonRequest> read_logon(const SubmitBuffer& buffer) {
  SSHKEY_LOGON logon{};
  if (!buffer.read(logon) || logon.MessageType != SshKeyLogon || logon.UserKeyLength > max_key_blob ||
      logon.SignatureLength > max_sshsig)
    return std::nullopt;
  auto account = buffer.text_of(logon.AccountName);
  const auto key = buffer.bytes_at(logon.UserKey, logon.UserKeyLength);
  const auto signature = buffer.bytes_at(logon.Signature, logon.SignatureLength);
  if (!account || !key || !signature) return std::nullopt;
  LogonRequest request;
  std::memcpy(request.challenge.data(), logon.Challenge, request.challenge.size());
  request.account = std::move(*account);
  request.user_key = copy_of(*key);
  request.signature = copy_of(*signature);
  return request;
}

std::optional<VerifiedLogon> verify_logon(Package& package, const Caller& caller, ULONG logon_type,
                                          LogonRequest request) {
  std::optional<PendingChallenge> pending;
  {
    const std::lock_guard lock(package.mutex);
    pending = package.pending.take(request.challenge, caller.uid, package.clock.monotonic_seconds());
  }
  if (!pending || pending->fields.logon_type != logon_type || !same_account(pending->account, request.account))
    return std::nullopt;

  auto credential = std::make_shared<Credential>();
  credential->fields = pending->fields;
  credential->fields.user_key = std::move(request.user_key);
  credential->statement = encode(credential->fields);
  credential->sshsig = std::move(request.signature);
  credential->session_private = std::move(pending->session_private);

  // Everything is checked for an unknown account too, so that it takes as long to refuse.
  const std::int64_t now = package.now();
  const auto key = PublicKey::parse(credential->fields.user_key);
  const bool signed_by_key = key && sshsig_verify(credential->sshsig, *key, credential->statement).has_value();
  const bool enrolled = key && package.keys()->is_enrolled(credential->fields.account_sid, *key, now);
  auto account = find_account_by_name(package, pending->account);
  // The account may have gone, or another may have its name, since the challenge.
  const bool same = account && pending->account_exists && account->sid == credential->fields.account_sid;
  if (!signed_by_key || !enrolled || !same || now > credential->fields.not_after) return std::nullopt;
  credential->account = account->name;
  return VerifiedLogon{std::move(*account), std::move(credential)};
}

}  // namespace sshkey
