#include "support.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "core/wire.hpp"
#include "ssh/agent.hpp"
#include "ssh/sshsig.hpp"

extern char** environ;

namespace sshkey::test {
namespace {

pid_t start(const std::vector<std::string>& arguments, const std::filesystem::path& input,
            const std::vector<std::string>& extra_environment = {}) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> environment;
  for (const auto& entry : extra_environment) environment.push_back(const_cast<char*>(entry.c_str()));
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  if (posix_spawnp(&process, argv[0], &actions, nullptr, argv.data(), environment.data()) != 0) process = -1;
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

int wait_for(pid_t process) {
  int status = 0;
  if (process <= 0 || ::waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "sshkey-test-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path = name;
}
TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  if (!path.empty()) std::filesystem::remove_all(path, ignored);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}
std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

int run(const std::vector<std::string>& arguments, const std::filesystem::path& input_path) {
  return wait_for(start(arguments, input_path));
}

bool have_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
  return false;
}

Bytes SoftKey::blob() const { return Writer().string("ssh-ed25519").string(pair.public_key).take(); }
PublicKey SoftKey::public_key() const { return *PublicKey::parse(blob()); }
Bytes SoftKey::sign_raw(View data) const {
  return Writer().string("ssh-ed25519").string(*ed25519_sign(pair.private_key, data)).take();
}
Bytes SoftKey::sshsig(View message, std::string_view name_space) const {
  return sshsig_encode(blob(), name_space, sign_raw(sshsig_to_be_signed(name_space, message)));
}
std::string SoftKey::line(std::string_view comment) const {
  return "ssh-ed25519 " + base64_encode(blob()) + " " + std::string(comment) + "\n";
}

RealAgent::RealAgent() {
  if (!have_program("ssh-agent") || !have_program("ssh-add") || !have_program("ssh-keygen")) return;
  process_ = start({"ssh-agent", "-D", "-a", socket()}, "/dev/null");
  // Not when the socket has its name: between bind and listen nobody is let in.
  for (int i = 0; i < 500 && !Agent::connect(socket()); ++i) ::usleep(10'000);
}
RealAgent::~RealAgent() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}
std::filesystem::path RealAgent::add_key(const std::string& name, const std::string& type,
                                         const std::vector<std::string>& add_options) {
  const auto file = directory_.path / name;
  if (run({"ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", file.string()}) != 0) return {};
  std::vector<std::string> add{"ssh-add", "-q"};
  add.insert(add.end(), add_options.begin(), add_options.end());
  add.push_back(file.string());
  if (wait_for(start(add, "/dev/null", {"SSH_AUTH_SOCK=" + socket()})) != 0) return {};
  return file;
}

// S-1-5-21-1-2-3-rid
Bytes test_sid(std::uint32_t rid) {
  Bytes sid{1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0};
  for (int i = 0; i < 4; ++i) sid.push_back(static_cast<std::uint8_t>(rid >> (8 * i)));
  return sid;
}

Fixed32 test_authority(std::uint8_t fill) {
  Fixed32 id;
  id.fill(fill);
  return id;
}

Statement test_statement(const SoftKey& user, const Fixed32& session_key, std::uint32_t rid) {
  Statement s;
  s.authority_id = test_authority(0xa1);
  s.account_sid = test_sid(rid);
  s.user_key = user.blob();
  s.session_key = session_key;
  fill_random(s.challenge);
  s.purpose = purpose_all;
  s.logon_type = 2;
  s.not_before = test_now - 60;
  s.not_after = test_now + 3600;
  return s;
}

void resign(Credential& credential, const SoftKey& user) {
  credential.statement = encode(credential.fields);
  credential.sshsig = user.sshsig(credential.statement);
}

std::shared_ptr<Credential> test_credential(const SoftKey& user, const std::string& account, std::uint32_t rid) {
  auto credential = std::make_shared<Credential>();
  KeyPair session = make_ed25519();
  credential->fields = test_statement(user, session.public_key, rid);
  credential->session_private = std::move(session.private_key);
  credential->account = account;
  resign(*credential, user);
  return credential;
}

}  // namespace sshkey::test
