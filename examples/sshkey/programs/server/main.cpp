// sshkey-server: a service that authenticates its clients with the sshkey package and acts for them.
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "server/conversation.hpp"

using namespace sshkey::programs;

namespace {

constexpr int max_conversations = 16;  // at a time; further clients wait in the listen queue

// How many conversations are still to be begun.
class Tickets {
 public:
  explicit Tickets(int count) : endless_(count == 0), left_(count) {}
  bool take() { return endless_ || left_.fetch_sub(1) > 0; }

 private:
  const bool endless_;
  std::atomic<int> left_;
};

int run(const Report& report, const ServerCommand& command) {
  CredentialHolder holder(command.logon, SECPKG_CRED_INBOUND, report);
  const auto credentials = holder.get();
  if (!credentials) return report.failure(credentials.error());
  const auto id = authority_id();
  if (!id) return report.failure(id.error());
  const auto listener = Listener::listen(command.socket);
  if (!listener) return report.failure(listener.error());
  const std::string account = (*credentials)->session->account;
  report.event("listening",
               "Process " + std::to_string(getpid()) + " listens at " + command.socket +
                   ". Target for clients: " + (account.empty() ? "ACCOUNT" : account) + "@" + *id,
               {{"pid", getpid()}, {"socket", command.socket}, {"account", account}, {"authority_id", *id}});

  Tickets tickets(command.count);
  std::vector<std::jthread> workers;
  for (int i = 0; i < max_conversations; ++i)
    workers.emplace_back([&] {
      while (tickets.take()) {
        auto connection = listener->accept();
        if (!connection) {
          report.failure(connection.error());
          return;
        }
        serve(report, command, holder, std::move(*connection));
      }
    });
  workers.clear();  // waits for all of them
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto command = parse_server_command(argc, argv, exit_code);
  if (!command) return exit_code;
  return run(Report("sshkey-server", command->json), *command);
}
