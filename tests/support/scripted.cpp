#include "support/scripted.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr const char* packages[] = {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"};
constexpr const char* own_files[] = {"script.", "calls.", "at.", "go.", "record", "sequence"};

std::string unescape(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '%' && i + 2 < text.size();
    result += escaped ? static_cast<char>(std::strtoul(text.substr(i + 1, 2).c_str(), nullptr, 16)) : text[i];
    if (escaped) i += 2;
  }
  return result;
}

// "call package=... entry=... sequence=... name=value ..." or "return ... status=..."
ScriptedCall parse(const std::string& line, std::string& kind) {
  ScriptedCall call;
  std::istringstream words(line);
  words >> kind;
  for (std::string word; words >> word;)
    if (const std::size_t equals = word.find('='); equals != std::string::npos)
      call.arguments[word.substr(0, equals)] = unescape(word.substr(equals + 1));
  call.package = answer(call.arguments, "package");
  call.entry = answer(call.arguments, "entry");
  call.sequence = std::strtoull(answer(call.arguments, "sequence").c_str(), nullptr, 10);
  return call;
}

void remove_own_files(const std::string& directory) {
  std::error_code ignored;
  for (const auto& found : std::filesystem::directory_iterator(directory, ignored))
    for (const char* prefix : own_files)
      if (found.path().filename().string().rfind(prefix, 0) == 0) std::filesystem::remove(found.path(), ignored);
}

// At once, for an entry point may be reading.
void replace_file(const std::string& path, const std::string& text) {
  write_file(path + ".draft", text, 0644);
  if (std::rename((path + ".draft").c_str(), path.c_str()) != 0) give_up("cannot write " + path);
}

}  // namespace

std::string scripted_user_directory(const Installation& place) { return place.directory() + "/scripted-user"; }

Scripted::Scripted() : Scripted(installation()) {}

Scripted::Scripted(const Installation& place, const std::string& file_name)
    : lsa_directory_(place.host_directory(file_name)), user_directory_(scripted_user_directory(place)) {
  make_directory(user_directory_, 0777);
  ::setenv("SCRIPTED_USER_DIRECTORY", user_directory_.c_str(), 1);
  clear();
}

Scripted::~Scripted() { clear(); }

std::string Scripted::file(const std::string& entry, const char* prefix) const {
  const bool user = entry.rfind("user/", 0) == 0;
  return (user ? user_directory_ : lsa_directory_) + "/" + prefix + (user ? entry.substr(5) : entry);
}

void Scripted::set(const std::string& entry, const std::string& rule) const {
  for (const char* package : packages) std::remove((file(entry, "calls.") + "." + package).c_str());
  replace_file(file(entry, "script."), rule + "\n");
}

void Scripted::add(const std::string& entry, const std::string& rule) const {
  replace_file(file(entry, "script."), read_file(file(entry, "script.")) + rule + "\n");
}

void Scripted::clear() const {
  for (const std::string& directory : {lsa_directory_, user_directory_}) remove_own_files(directory);
}

bool Scripted::wait_at_gate(const std::string& gate) const {
  return eventually([&] { return std::filesystem::exists(lsa_directory_ + "/at." + gate); });
}

void Scripted::open_gate(const std::string& gate) const {
  for (const std::string& directory : {lsa_directory_, user_directory_})
    write_file(directory + "/go." + gate, "", 0644);
}

std::vector<ScriptedCall> Scripted::record(const std::string& entry, const std::string& package) const {
  const bool user = entry.rfind("user/", 0) == 0;
  std::istringstream lines(read_file((user ? user_directory_ : lsa_directory_) + "/record"));
  std::map<unsigned long long, ScriptedCall> calls;
  for (std::string line, kind; std::getline(lines, line);) {
    ScriptedCall call = parse(line, kind);
    if (call.entry != (user ? entry.substr(5) : entry) || call.package != package) continue;
    if (kind == "call") {
      calls[call.sequence] = std::move(call);
    } else if (const auto begun = calls.find(call.sequence); begun != calls.end()) {
      begun->second.status = static_cast<NTSTATUS>(std::strtoull(call["status"].c_str(), nullptr, 0));
      begun->second.results = std::move(call.arguments);
    }
  }
  std::vector<ScriptedCall> result;
  for (auto& [sequence, call] : calls) result.push_back(std::move(call));
  return result;
}

std::vector<ScriptedCall> Scripted::record_of(const std::string& entry, const std::string& name,
                                              const std::string& value, const std::string& package) const {
  std::vector<ScriptedCall> calls = record(entry, package);
  std::erase_if(calls, [&](const ScriptedCall& call) { return call[name] != value; });
  return calls;
}

ScriptedCall Scripted::only(const std::string& entry, const std::string& package) const {
  auto calls = record(entry, package);
  EXPECT_EQ(calls.size(), 1u) << "calls of " << entry << " of " << package;
  return calls.size() == 1 ? calls.front() : ScriptedCall{};
}

bool Scripted::wait(const std::string& entry, std::size_t calls, const std::string& package) const {
  return eventually([&] { return count(entry, package) >= calls; });
}

std::string Scripted::digest(std::string_view bytes) {
  unsigned long long sum = 0xcbf29ce484222325ull;
  for (const char byte : bytes) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3ull;
  char text[40];
  std::snprintf(text, sizeof text, "%zu:0x%llx", bytes.size(), sum & 0xffffffff);
  return text;
}

std::string Scripted::wide_digest(std::string_view text) {
  const std::u16string wide(text.begin(), text.end());
  return digest({reinterpret_cast<const char*>(wide.data()), wide.size() * 2});
}

std::string Scripted::value(std::string_view text) {
  std::string result;
  char escaped[4];
  for (const char c : text) {
    const bool plain = c > ' ' && c < 0x7f && c != '%' && c != '=';
    std::snprintf(escaped, sizeof escaped, "%%%02x", static_cast<unsigned char>(c));
    result += plain ? std::string(1, c) : escaped;
  }
  return result;
}

}  // namespace openlsa::test
