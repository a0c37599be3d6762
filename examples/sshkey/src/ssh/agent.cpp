#include "ssh/agent.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::uint8_t agent_failure = 5;
constexpr std::uint8_t request_identities = 11;
constexpr std::uint8_t identities_answer = 12;
constexpr std::uint8_t sign_request = 13;
constexpr std::uint8_t sign_response = 14;
constexpr std::size_t max_message = 256 * 1024;  // OpenSSH's own limit for agent messages
constexpr std::uint32_t max_identities = 2048;
constexpr int answer_timeout_ms = 120'000;

std::unexpected<std::string> failed(std::string reason) { return std::unexpected(std::move(reason)); }

}  // namespace

std::expected<Agent, std::string> Agent::connect(const std::string& path) {
  const char* from_environment = std::getenv("SSH_AUTH_SOCK");
  const std::string target = !path.empty() ? path : from_environment != nullptr ? from_environment : "";
  if (target.empty())
    return failed("no ssh-agent: SSH_AUTH_SOCK is not set; start one with: eval \"$(ssh-agent)\" && ssh-add");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (target.size() >= sizeof address.sun_path) return failed("the path in SSH_AUTH_SOCK is too long: " + target);
  std::memcpy(address.sun_path, target.data(), target.size());
  Agent agent(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (agent.descriptor_ < 0 ||
      ::connect(agent.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return failed("cannot reach ssh-agent at " + target + ": " + std::strerror(errno) + "; is it still running?");
  return agent;
}

Agent::~Agent() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Agent::send_all(View bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Agent::receive_all(MutableView bytes) {
  while (!bytes.empty()) {
    pollfd waiting{descriptor_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, answer_timeout_ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

std::expected<Bytes, std::string> Agent::exchange(const Bytes& request) {
  if (!send_all(Writer().string(request).bytes())) return failed("ssh-agent closed the connection");
  std::array<std::uint8_t, 4> header{};
  if (!receive_all(header)) return failed("ssh-agent did not answer");
  const std::uint32_t size = Reader(header).u32();
  if (size == 0 || size > max_message)
    return failed("ssh-agent sent a message of " + std::to_string(size) + " bytes; this is not an agent's answer");
  Bytes answer(size);
  if (!receive_all(answer)) return failed("ssh-agent closed the connection in the middle of an answer");
  return answer;
}

std::expected<std::vector<AgentIdentity>, std::string> Agent::identities() {
  const auto answer = exchange({request_identities});
  if (!answer) return failed(answer.error());
  Reader reader(*answer);
  if (reader.u8() != identities_answer) return failed("ssh-agent refused to list its keys; is it locked (ssh-add -X)?");
  const std::uint32_t count = reader.u32();
  if (count > max_identities) return failed("ssh-agent lists more keys than any agent holds");
  std::vector<AgentIdentity> identities;
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    AgentIdentity identity;
    identity.blob = copy_of(reader.string(max_message));
    identity.comment = text_of(reader.string(max_message));
    identities.push_back(std::move(identity));
  }
  if (!reader.finished()) return failed("ssh-agent sent a malformed list of keys");
  return identities;
}

std::expected<Bytes, std::string> Agent::sign(View key_blob, View data) {
  const auto answer = exchange(Writer().u8(sign_request).string(key_blob).string(data).u32(0).take());
  if (!answer) return failed(answer.error());
  Reader reader(*answer);
  const std::uint8_t type = reader.u8();
  if (type == agent_failure)
    return failed(
        "ssh-agent refused to sign: the confirmation was declined, the agent is locked, or the key is "
        "destination-constrained "
        "(ssh-add -h). Destination-constrained keys sign only SSH user authentication and refuse SSHSIG, which a logon "
        "needs; add the key without -h (and with -c, to be asked each time)");
  const View signature = reader.string(max_signature_blob);
  if (type != sign_response || !reader.finished()) return failed("ssh-agent sent a malformed signature");
  return copy_of(signature);
}

}  // namespace sshkey
