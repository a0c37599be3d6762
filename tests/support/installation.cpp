#include "support/installation.hpp"

#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>

#include "support/composition.hpp"

namespace openlsa::test {
namespace {

std::string sha256(const std::string& bytes) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
  std::string text;
  char pair[3];
  for (const unsigned char byte : hash) {
    std::snprintf(pair, sizeof pair, "%02x", byte);
    text += pair;
  }
  return text;
}

std::string list(const std::vector<std::string>& values) {
  std::string text = "[";
  for (const std::string& value : values) text += (text.size() > 1 ? ", \"" : "\"") + value + "\"";
  return text + "]";
}

const char* boolean(bool value) { return value ? "true" : "false"; }

}  // namespace

Installation::Installation(const std::string& extra) {
  make_directory(state_directory(), 0755);
  make_directory(state_directory() + "/packages", 0755);
  make_directory(state_directory() + "/hosts", 0711);
  make_directory(directory() + "/packages.d", 0755);
  // The embedded composition is no value of the file: it is how the library was asked to start.
  const char* text = composition() == Composition::in_authority ? "in-authority" : "isolated";
  std::ostringstream toml;
  toml << "socket = \"" << socket() << "\"\n"
       << "state_directory = \"" << state_directory() << "\"\n"
       << "composition = \"" << text << "\"\n"
       << "audit_log = \"" << directory() << "/audit.jsonl\"\n"
       << "[accounts]\ndomain = \"TESTBOX\"\n"
       // A test that does not ask for the built-in packages sees its own alone.
       << (extra.find("[ntlm]") == std::string::npos ? "[ntlm]\nenabled = false\n" : "") << extra;
  write_file(directory() + "/lsa.toml", toml.str(), 0644);
}

std::string Installation::audit() const { return read_file(directory() + "/audit.jsonl"); }

void Installation::add_package(const std::string& name, const std::string& file, const PackageRights& rights) {
  const std::string bytes = read_file(file);
  if (bytes.empty()) give_up("there is no package file " + file);
  const std::string hash = sha256(bytes);
  const std::string place = state_directory() + "/packages/" + hash;
  const std::string copy = place + "/" + file.substr(file.find_last_of('/') + 1);
  make_directory(place, 0755);
  write_file(copy, bytes, 0644);
  const unsigned uid = next_host_uid_++;
  make_directory(host_directory(name), 0700);
  if (is_root() && ::chown(host_directory(name).c_str(), uid, uid) != 0) give_up("cannot give away a host's directory");
  std::ostringstream toml;
  toml << "file = \"" << copy << "\"\nsha256 = \"" << hash << "\"\nuid = " << uid << "\n"
       << rights.kind << "\n[rights]\n"
       << "vouch_for = " << list(rights.vouch_for) << "\ncall_packages = " << list(rights.call_packages) << "\n"
       << "clear_text_passwords = " << boolean(rights.clear_text_passwords) << "\nnetwork = " << boolean(rights.network)
       << "\n";
  write_file(directory() + "/packages.d/" + name + ".toml", toml.str(), 0644);
}

std::vector<std::string> Installation::package_log(const std::string& name) const {
  std::vector<std::string> lines;
  std::istringstream text(read_file(host_directory(name) + "/log"));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

}  // namespace openlsa::test
