// One conversation with the server: a context on a connection of its own.
#pragma once

#include "client/options.hpp"
#include "common/messages.hpp"

namespace sshkey::programs {

class Conversation {
 public:
  // Connects and authenticates.
  static OrFailure<Conversation> begin(const Report& report, const ClientCommand& command, CredentialHolder& holder,
                                       int number);
  // Sends the file and compares the digests; a difference is a failure.
  OrFailure<void> send_file(const std::string& path);
  OrFailure<void> ping();
  void end();

 private:
  Conversation(const Report& report, SecureChannel channel, int number)
      : report_(&report), channel_(std::move(channel)), number_(number) {}
  OrFailure<Message> answer(MessageType expected);
  std::string label() const { return "Conversation " + std::to_string(number_) + ": "; }

  const Report* report_;
  SecureChannel channel_;
  int number_;
  int pings_ = 0;
};

}  // namespace sshkey::programs
