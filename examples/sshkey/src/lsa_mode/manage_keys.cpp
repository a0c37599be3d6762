// SshKeyListKeys, SshKeyRemoveKey, SshKeyQueryAuthority.
#include "lsa_mode/client_block.hpp"
#include "lsa_mode/log.hpp"
#include "lsa_mode/messages.hpp"
#include "lsa_mode/permission.hpp"
#include "lsa_mode/response.hpp"
#include "sshkey_protocol.h"

namespace sshkey {
namespace {

constexpr std::size_t max_fingerprint = 128;

Bytes response_of(const std::vector<AuthorizedKey>& keys) {
  SSHKEY_LIST_KEYS_RESPONSE head{};
  head.MessageType = SshKeyListKeys;
  head.KeyCount = static_cast<ULONG>(keys.size());
  const std::size_t array = offsetof(SSHKEY_LIST_KEYS_RESPONSE, Keys);
  Response response(std::max(sizeof head, array + keys.size() * sizeof(SSHKEY_KEY_ENTRY)));
  response.put(0, head);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const AuthorizedKey& key = keys[i];
    const std::string algorithm(key.key.algorithm());
    const std::string fingerprint = key.key.fingerprint();
    SSHKEY_KEY_ENTRY entry{};
    entry.Expires = key.expires_unix_seconds.value_or(-1);
    entry.AlgorithmOffset = response.add(algorithm);
    entry.AlgorithmLength = static_cast<ULONG>(algorithm.size());
    entry.FingerprintOffset = response.add(fingerprint);
    entry.FingerprintLength = static_cast<ULONG>(fingerprint.size());
    entry.CommentOffset = response.add(key.comment);
    entry.CommentLength = static_cast<ULONG>(key.comment.size());
    response.put(array + i * sizeof entry, entry);
  }
  return response.take();
}

}  // namespace

AnswerOrMalformed list_keys(Package& package, const Caller& caller, const SubmitBuffer& buffer) {
  SSHKEY_LIST_KEYS_REQUEST request{};
  if (!buffer.read(request)) return std::nullopt;
  const auto name = buffer.text_of(request.AccountName);
  if (!name) return std::nullopt;
  const auto account = account_to_manage(package, caller, *name);
  if (!account) return Answer{account.error(), {}};
  return Answer{STATUS_SUCCESS, response_of(package.keys()->list(account->sid))};
}

AnswerOrMalformed remove_key(Package& package, const Caller& caller, const SubmitBuffer& buffer) {
  SSHKEY_REMOVE_KEY_REQUEST request{};
  if (!buffer.read(request) || request.FingerprintLength > max_fingerprint) return std::nullopt;
  const auto name = buffer.text_of(request.AccountName);
  const auto fingerprint = buffer.bytes_at(request.Fingerprint, request.FingerprintLength);
  if (!name || !fingerprint) return std::nullopt;
  const auto account = account_to_manage(package, caller, *name);
  if (!account) return Answer{account.error(), {}};
  const auto removed =
      package.change_keys([&](KeyStore& keys) { return keys.remove(account->sid, text_of(*fingerprint)); });
  if (!removed) {
    log_line(removed.error());
    return Answer{STATUS_UNSUCCESSFUL, {}};
  }
  return Answer{*removed ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND, {}};
}

AnswerOrMalformed query_authority(Package& package, const Caller&, const SubmitBuffer&) {
  SSHKEY_QUERY_AUTHORITY_RESPONSE response{};
  response.MessageType = SshKeyQueryAuthority;
  std::memcpy(response.AuthorityId, package.setting.authority_id.data(), sizeof response.AuthorityId);
  return Answer{STATUS_SUCCESS, copy_of(bytes_of(response))};
}

}  // namespace sshkey
