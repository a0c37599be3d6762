#include "server/conversation.hpp"

#include "server/file_receiver.hpp"
#include "server/impersonation.hpp"

namespace sshkey::programs {
namespace {

OrFailure<void> receive_and_impersonate(const Report& report, const ServerCommand& command, SecureChannel& channel,
                                        View announcement) {
  const auto file = receive_file(channel, announcement, command.receive_file);
  if (!file) return std::unexpected(file.error());
  const std::string digest = to_hex(file->digest);
  report.event(
      "received",
      "Received " + std::to_string(file->size_bytes) + " bytes from " + channel.user_name() + ", SHA-256 " + digest +
          (command.receive_file.empty() ? "." : ", in " + command.receive_file + "."),
      {{"bytes", file->size_bytes}, {"sha256", digest}, {"from", channel.user_name()}, {"file", command.receive_file}});
  show_impersonation(report, channel, command.show_file);
  return {};
}

OrFailure<void> converse(const Report& report, const ServerCommand& command, SecureChannel& channel) {
  for (;;) {
    const auto message = receive_message(channel, command.idle_seconds);
    if (!message) return std::unexpected(message.error());
    if (!*message) return {};
    const Message& received = **message;
    OrFailure<void> done;
    if (received.type == MessageType::file_begins) {
      done = receive_and_impersonate(report, command, channel, received.content);
    } else if (received.type == MessageType::ping) {
      report.event("ping", "Ping from " + channel.user_name() + ", opened and answered under the finished context.",
                   {{"from", channel.user_name()}});
      done = send_message(channel, MessageType::pong, received.content);
    } else {
      done = fail("the client sent a message of type " + std::to_string(static_cast<int>(received.type)) +
                  ", which has no place here.");
    }
    if (!done) return done;
  }
}

}  // namespace

void serve(const Report& report, const ServerCommand& command, CredentialHolder& holder, Connection connection) {
  const PeerProcess peer = connection.peer();
  auto channel = SecureChannel::accept(holder, std::move(connection), command.channel_binding);
  if (!channel) {
    report.failure(channel.error());
    return;
  }
  const std::string flags = flags_text(channel->flags(), false);
  report.event("accepted",
               "Accepted " + channel->user_name() + " (process " + std::to_string(peer.pid) + ", uid " +
                   std::to_string(peer.uid) + "): " + flags + ".",
               {{"peer", channel->user_name()}, {"pid", peer.pid}, {"uid", peer.uid}, {"flags", flags}});
  if (const auto ended = converse(report, command, *channel); !ended)
    report.failure(ended.error());
  else
    report.event("ended", channel->user_name() + " is done.", {{"peer", channel->user_name()}});
}

}  // namespace sshkey::programs
