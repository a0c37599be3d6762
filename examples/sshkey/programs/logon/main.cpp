// sshkey-logon: enrols keys, logs on with them, and shows or passes on the token.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "common/accounts.hpp"
#include "common/token_printing.hpp"
#include "logon/options.hpp"
#include "logon/run_command.hpp"

using namespace sshkey::programs;

namespace {

constexpr std::size_t max_file = 64 * 1024;  // of authorized_keys lines in one request

OrFailure<std::string> read_lines(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& input = path == "-" ? std::cin : file;
  std::string text(max_file + 1, '\0');
  if (path != "-" && !file)
    return fail("cannot open " + path + ". Give a file of authorized_keys lines, as ssh-add -L prints them.");
  input.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(input.gcount()));
  return text;
}

int enrol_keys(const Report& report, const LogonCommand& command) {
  const auto lines = read_lines(command.enrol_file);
  if (!lines) return report.failure(lines.error());
  const auto lsa = LsaConnection::open();
  if (!lsa) return report.failure(lsa.error());
  const auto enrolment = enrol(*lsa, command.logon.account, *lines);
  if (!enrolment) return report.failure(enrolment.error());
  Json refused = Json::array();
  std::string text = "Enrolled " + std::to_string(enrolment->keys) + (enrolment->keys == 1 ? " key" : " keys") +
                     " for " + (command.logon.account.empty() ? "your own account" : command.logon.account) + ".";
  for (const RefusedKeyLine& line : enrolment->refused) {
    text += "\nRefused line " + std::to_string(line.number) + ": " + line.reason;
    refused.push_back({{"line", line.number}, {"reason", line.reason}});
  }
  report.event("enrolled", text, {{"keys", enrolment->keys}, {"refused", refused}});
  return enrolment->refused.empty() && enrolment->keys != 0 ? 0 : 1;
}

int log_on_and_show(const Report& report, const LogonCommand& command) {
  const auto session = log_on(command.logon);
  if (!session) return report.failure(session.error());
  if (command.command != nullptr) return report.failure(run_command(*session, command.command));
  const auto token = describe(session->token.get());
  if (!token) return report.failure(token.error());
  Json fields = token_json(*token);
  fields["key"] = session->key_fingerprint;
  fields["not_after"] = session->not_after;
  report.event("token", token_text(*token), fields);
  if (command.hold) {
    report.event("holding", "The session lives until standard input ends.");
    char ignored[256];
    while (read(STDIN_FILENO, ignored, sizeof ignored) > 0) {
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto command = parse_logon_command(argc, argv, exit_code);
  if (!command) return exit_code;
  const Report report("sshkey-logon", command->json);
  return command->enrol_file.empty() ? log_on_and_show(report, *command) : enrol_keys(report, *command);
}
