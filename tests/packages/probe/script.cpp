#include "probe.hpp"

namespace probe {
namespace {

const Commands& commands() {
  static const Commands all = [] {
    Commands made;
    add_flow_commands(made);
    add_information_commands(made);
    add_memory_commands(made);
    add_session_commands(made);
    add_token_commands(made);
    add_package_commands(made);
    add_notification_commands(made);
    add_unsupported_commands(made);
    add_account_commands(made);
    add_credential_commands(made);
    add_client_commands(made);
    return made;
  }();
  return all;
}

}  // namespace

void Call::say(const std::string& name, const std::string& value) {
  if (answers.emplace(name, value).second)
    order.push_back(name);
  else
    answers[name] = value;
}

void Call::say_number(const std::string& name, unsigned long long value) { say(name, std::to_string(value)); }

void Call::say_status(const std::string& name, NTSTATUS value) { say(name, hex_status(value)); }

std::string Call::text() const {
  std::string text;
  for (const std::string& name : order) text += name + "=" + answers.at(name) + "\n";
  return text;
}

void run_script(std::string_view script, Call& call) {
  for (const std::string& line : split(script, '\n')) {
    Arguments arguments = split(line, ' ');
    if (arguments.empty() || arguments[0].find('=') != std::string::npos) continue;  // what SpExtractTargetInfo reads
    for (std::string& argument : arguments)
      if (argument.size() > 1 && argument[0] == '$') argument = call.answers[argument.substr(1)];
    const auto command = commands().find(arguments[0]);
    if (command == commands().end()) {
      call.say("unknown-command", arguments[0]);
      call.status = STATUS_INVALID_PARAMETER;
      return;
    }
    arguments.resize(arguments.size() + 6);  // what is missing is empty
    command->second(call, arguments);
    if (!NT_SUCCESS(call.status)) return;
  }
}

}  // namespace probe
