// What a program prints: one line of text per event, or with --json one JSON object per line. Failures go to standard
// error, with --json also as an object to standard output, so that a script reads one stream.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "common/result.hpp"

namespace sshkey::programs {

using Json = nlohmann::ordered_json;

class Report {
 public:
  Report(std::string program, bool json) : program_(std::move(program)), json_(json) {}

  bool json() const { return json_; }
  // Any thread may call these.
  void event(std::string_view name, const std::string& text, Json fields = Json::object()) const;
  int failure(const Failure& failure) const;  // gives the exit code 1

 private:
  std::string program_;
  bool json_;
};

}  // namespace sshkey::programs
