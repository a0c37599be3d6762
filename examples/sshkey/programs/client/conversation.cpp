#include "client/conversation.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "core/wire.hpp"

namespace sshkey::programs {
namespace {

constexpr int digest_timeout_seconds = 120;  // the server writes the file to disk first

// An open file; its size is that at the opening, and what is appended later is not sent.
class InputFile {
 public:
  explicit InputFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat status = {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) return;
    regular_ = S_ISREG(status.st_mode);
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  InputFile(const InputFile&) = delete;
  ~InputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool opened() const { return descriptor_ >= 0; }
  bool regular() const { return regular_; }
  std::uint64_t size() const { return size_; }
  // Fills `bytes` as far as the file goes.
  std::size_t read(MutableView bytes) const {
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got = ::read(descriptor_, bytes.data() + filled, bytes.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      filled += static_cast<std::size_t>(got);
    }
    return filled;
  }

 private:
  int descriptor_;
  bool regular_ = false;
  std::uint64_t size_ = 0;
};

}  // namespace

OrFailure<Conversation> Conversation::begin(const Report& report, const ClientCommand& command,
                                            CredentialHolder& holder, int number) {
  if (const auto credentials = holder.get(); !credentials) return std::unexpected(credentials.error());
  auto connection = Connection::connect(command.socket);
  if (!connection) return std::unexpected(connection.error());
  const PeerProcess server = connection->peer();
  auto channel = SecureChannel::initiate(holder, std::move(*connection), command.target, command.channel_binding);
  if (!channel) return std::unexpected(channel.error());
  Conversation conversation(report, std::move(*channel), number);
  const std::string flags = flags_text(conversation.channel_.flags(), true);
  report.event("authenticated",
               conversation.label() + "process " + std::to_string(getpid()) + ", as " +
                   conversation.channel_.user_name() + ", and " + command.target + ", process " +
                   std::to_string(server.pid) + ", have proved themselves: " + flags + ".",
               {{"conversation", number},
                {"user", conversation.channel_.user_name()},
                {"target", command.target},
                {"server_pid", server.pid},
                {"pid", getpid()},
                {"flags", flags}});
  return conversation;
}

OrFailure<Message> Conversation::answer(MessageType expected) {
  auto message = receive_message(channel_, digest_timeout_seconds);
  if (!message) return std::unexpected(message.error());
  if (!*message) return fail("the server closed the connection instead of answering. Its own output says why.");
  if ((*message)->type != expected)
    return fail("the server answered with a message of type " + std::to_string(static_cast<int>((*message)->type)) +
                " in place of " + std::to_string(static_cast<int>(expected)) + ".");
  return std::move(**message);
}

OrFailure<void> Conversation::send_file(const std::string& path) {
  const InputFile file(path);
  if (!file.opened()) return fail("cannot open " + path + ": " + std::strerror(errno) + ". Give another --send.");
  if (!file.regular()) return fail(path + " is not a regular file. Give another --send.");
  if (auto sent = send_message(channel_, MessageType::file_begins, Writer().u64(file.size()).bytes()); !sent)
    return sent;
  Sha256 hash;
  Bytes chunk(chunk_size);
  for (std::uint64_t left = file.size(); left != 0;) {
    const std::size_t wanted = left < chunk_size ? static_cast<std::size_t>(left) : chunk_size;
    const std::size_t size = file.read(MutableView(chunk).first(wanted));
    if (size == 0) return fail(path + " became shorter while it was sent. Send it again.");
    const View part = View(chunk).first(size);
    hash.add(part);
    if (auto sent = send_message(channel_, MessageType::file_data, part); !sent) return sent;
    left -= size;
  }
  const Fixed32 own = hash.finish();
  const auto answered = answer(MessageType::file_digest);
  if (!answered) return std::unexpected(answered.error());
  const std::string theirs = to_hex(answered->content);
  const bool same = equal(own, answered->content);
  report_->event("sent",
                 label() + "sent " + std::to_string(file.size()) + " bytes.\n  SHA-256 here      " + to_hex(own) +
                     "\n  SHA-256 at server " + theirs + (same ? "\n  They are equal." : "\n  They DIFFER."),
                 {{"conversation", number_},
                  {"bytes", file.size()},
                  {"sha256", to_hex(own)},
                  {"sha256_at_server", theirs},
                  {"equal", same}});
  if (!same) return fail("the server received something else than was sent. Do not use what it stored.");
  return {};
}

OrFailure<void> Conversation::ping() {
  const std::string text = "ping " + std::to_string(++pings_);
  const auto begun = std::chrono::steady_clock::now();
  if (auto sent = send_message(channel_, MessageType::ping, view_of(text)); !sent) return sent;
  const auto answered = answer(MessageType::pong);
  if (!answered) return std::unexpected(answered.error());
  if (text_of(answered->content) != text) return fail("the server answered another ping than the one that was sent.");
  const auto microseconds =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
  report_->event("pong", label() + text + " answered in " + std::to_string(microseconds) + " us.",
                 {{"conversation", number_}, {"ping", pings_}, {"microseconds", microseconds}});
  return {};
}

void Conversation::end() {
  if (const auto sent = send_message(channel_, MessageType::bye); !sent) report_->failure(sent.error());
}

}  // namespace sshkey::programs
