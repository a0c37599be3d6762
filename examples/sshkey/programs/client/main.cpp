// sshkey-client: authenticates to sshkey-server, sends a file sealed, and keeps the conversation open for commands.
#include <iostream>
#include <list>

#include "client/conversation.hpp"

using namespace sshkey::programs;

namespace {

class Client {
 public:
  Client(const Report& report, const ClientCommand& command)
      : report_(report), command_(command), holder_(command.logon, SECPKG_CRED_OUTBOUND, report) {}

  int run() {
    if (const auto begun = begin_and_send(); !begun) return report_.failure(begun.error());
    report_.event("ready", "Commands: ping, again, quit.");
    for (std::string line; std::getline(std::cin, line) && line != "quit";) obey(line);
    for (Conversation& conversation : open_) conversation.end();
    return failed_ ? 1 : 0;
  }

 private:
  OrFailure<void> begin_and_send() {
    auto conversation = Conversation::begin(report_, command_, holder_, ++number_);
    if (!conversation) return std::unexpected(conversation.error());
    open_.push_back(std::move(*conversation));
    auto sent = open_.back().send_file(command_.file);
    if (!sent) open_.pop_back();
    return sent;
  }

  void note(const OrFailure<void>& done) {
    if (done) return;
    report_.failure(done.error());
    failed_ = true;
  }

  void obey(const std::string& line) {
    if (line == "again") return note(begin_and_send());
    if (line != "ping") {
      if (!line.empty()) note(fail("unknown command \"" + line + "\". There are: ping, again, quit."));
      return;
    }
    // A conversation whose ping fails is over; the others go on.
    for (auto conversation = open_.begin(); conversation != open_.end();) {
      const auto answered = conversation->ping();
      note(answered);
      conversation = answered ? std::next(conversation) : open_.erase(conversation);
    }
    if (open_.empty()) note(fail("no conversation is open. \"again\" begins one."));
  }

  const Report& report_;
  const ClientCommand& command_;
  CredentialHolder holder_;
  std::list<Conversation> open_;
  int number_ = 0;
  bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto command = parse_client_command(argc, argv, exit_code);
  if (!command) return exit_code;
  const Report report("sshkey-client", command->json);
  return Client(report, *command).run();
}
