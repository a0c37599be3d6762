#include "common/report.hpp"

#include <iostream>
#include <mutex>

namespace sshkey::programs {
namespace {

std::mutex output;  // a line is printed whole

// Names of a peer are its own choice: what is not UTF-8 is replaced, never a reason to stop.
std::string text_of_json(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

void Report::event(std::string_view name, const std::string& text, Json fields) const {
  const std::lock_guard lock(output);
  if (!json_) {
    std::cout << text << std::endl;
    return;
  }
  Json line = {{"event", name}};
  line.update(fields);
  std::cout << text_of_json(line) << std::endl;
}

int Report::failure(const Failure& failure) const {
  const std::lock_guard lock(output);
  std::cerr << program_ << ": " << failure.message << std::endl;
  if (json_) {
    Json line = {{"event", "failure"}, {"message", failure.message}};
    if (failure.status != 0) line["status"] = status_text(failure.status);
    std::cout << text_of_json(line) << std::endl;
  }
  return 1;
}

}  // namespace sshkey::programs
