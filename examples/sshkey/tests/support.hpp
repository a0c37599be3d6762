// Things that several tests need: throw-away directories, keys, ssh programs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "protocol/handshake.hpp"

namespace sshkey::test {

// A directory that goes with its contents when the test ends.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::filesystem::path path;
};

void write_file(const std::filesystem::path& path, std::string_view text);
std::string read_file(const std::filesystem::path& path);
// Runs a program without a shell; standard input from `input_path`, output discarded. The exit status, or -1.
int run(const std::vector<std::string>& arguments, const std::filesystem::path& input_path = "/dev/null");
bool have_program(const std::string& name);

// A software key in place of an agent's: Ed25519, signs SSHSIG under any namespace.
struct SoftKey {
  KeyPair pair = make_ed25519();
  Bytes blob() const;
  PublicKey public_key() const;
  Bytes sign_raw(View data) const;  // an SSH signature blob
  Bytes sshsig(View message, std::string_view name_space = logon_namespace) const;
  std::string line(std::string_view comment = "test") const;  // of an authorized_keys file
};

// A real ssh-agent in its own directory; killed at the end.
class RealAgent {
 public:
  RealAgent();
  ~RealAgent();
  bool running() const { return process_ > 0; }
  // ssh-keygen and ssh-add; the private key file's path.
  std::filesystem::path add_key(const std::string& name, const std::string& type,
                                const std::vector<std::string>& add_options = {});
  std::string socket() const { return (directory_.path / "agent").string(); }
  const std::filesystem::path& directory() const { return directory_.path; }

 private:
  TemporaryDirectory directory_;
  int process_ = -1;
};

inline constexpr std::int64_t test_now = 1'800'000'000;
Bytes test_sid(std::uint32_t rid);
Fixed32 test_authority(std::uint8_t fill);
// A statement that holds at test_now.
Statement test_statement(const SoftKey& user, const Fixed32& session_key, std::uint32_t rid = 1001);
std::shared_ptr<Credential> test_credential(const SoftKey& user, const std::string& account, std::uint32_t rid = 1001);
// Signs the statement anew after a test changed its fields.
void resign(Credential& credential, const SoftKey& user);

}  // namespace sshkey::test
