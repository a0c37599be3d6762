// A client of ssh-agent (draft-miller-ssh-agent): list identities, sign. It runs in the logon program, never in the
// package. Blocking, with a deadline long enough for a person to answer the confirmation of ssh-add -c.
#pragma once

#include "ssh/public_key.hpp"

namespace sshkey {

struct AgentIdentity {
  Bytes blob;  // not parsed: an agent also holds keys of kinds that we refuse
  std::string comment;
};

class Agent {
 public:
  // Connects to the socket that SSH_AUTH_SOCK names (`path` empty) or to `path`.
  static std::expected<Agent, std::string> connect(const std::string& path = {});
  Agent(Agent&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Agent& operator=(Agent&&) = delete;
  ~Agent();

  std::expected<std::vector<AgentIdentity>, std::string> identities();
  // The SSH signature blob over `data` by the key with this blob.
  std::expected<Bytes, std::string> sign(View key_blob, View data);

 private:
  explicit Agent(int descriptor) : descriptor_(descriptor) {}
  std::expected<Bytes, std::string> exchange(const Bytes& request);
  bool send_all(View bytes);
  bool receive_all(MutableView bytes);
  int descriptor_;
};

}  // namespace sshkey
