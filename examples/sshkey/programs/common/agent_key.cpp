#include "common/agent_key.hpp"

#include <algorithm>
#include <fstream>

namespace sshkey::programs {
namespace {

constexpr std::size_t max_public_key_line = 8 * 1024;

// "ssh-ed25519 AAAA... comment"
OrFailure<std::string> fingerprint_of_file(const std::string& path) {
  std::ifstream file(path);
  std::string algorithm, encoded;
  if (!(file >> algorithm >> encoded) || encoded.size() > max_public_key_line)
    return fail("cannot read a public key from " + path + ". Give --key a fingerprint (ssh-add -l) or a .pub file.");
  const auto blob = base64_decode(encoded);
  if (!blob) return fail(path + " holds no public key. Give --key a fingerprint (ssh-add -l) or a .pub file.");
  const auto key = PublicKey::parse(*blob);
  if (!key) return fail(path + ": " + key.error());
  return key->fingerprint();
}

std::string listed(const std::vector<AgentKey>& keys) {
  std::string text;
  for (const AgentKey& key : keys)
    text += "\n  " + key.key.fingerprint() + " " + std::string(key.key.algorithm()) + " " + key.comment;
  return text;
}

}  // namespace

OrFailure<AgentKey> choose_key(Agent& agent, const std::string& wanted,
                               const std::optional<std::vector<std::string>>& enrolled) {
  const auto identities = agent.identities();
  if (!identities) return fail(identities.error());
  std::vector<AgentKey> keys;
  for (const AgentIdentity& identity : *identities)
    if (auto key = PublicKey::parse(identity.blob)) keys.push_back({std::move(*key), identity.comment});
  if (keys.empty())
    return fail("the agent holds " + std::to_string(identities->size()) +
                " keys, none of them Ed25519 or ECDSA P-256, which the package takes. Add one: "
                "ssh-keygen -t ed25519, then ssh-add.");
  if (!wanted.empty()) {
    const auto fingerprint =
        wanted.starts_with("SHA256:") ? OrFailure<std::string>(wanted) : fingerprint_of_file(wanted);
    if (!fingerprint) return std::unexpected(fingerprint.error());
    for (AgentKey& key : keys)
      if (key.key.fingerprint() == *fingerprint) return std::move(key);
    return fail("the agent does not hold the key " + *fingerprint + ". It holds:" + listed(keys));
  }
  if (enrolled) {
    for (AgentKey& key : keys)
      if (std::ranges::find(*enrolled, key.key.fingerprint()) != enrolled->end()) return std::move(key);
    return fail("none of the agent's keys is enrolled for the account, which has " + std::to_string(enrolled->size()) +
                ". Enrol one: ssh-add -L > keys; sshkey-logon --enrol keys. The agent holds:" + listed(keys));
  }
  if (keys.size() == 1) return std::move(keys.front());
  return fail("the agent holds several keys. Choose the one that is enrolled for the account with --key:" +
              listed(keys));
}

}  // namespace sshkey::programs
