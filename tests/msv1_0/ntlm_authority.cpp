#include "msv1_0/ntlm_authority.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

struct Running {
  explicit Running(const std::string& policy) : installation("[ntlm]\nenabled = true\n" + policy) {}
  Installation installation;
  std::unique_ptr<Daemon> daemon;
};
std::unique_ptr<Running> running;

std::string json_text(const std::string& json, const std::string& name) {
  const std::size_t found = json.find("\"" + name + "\"");
  const std::size_t begin = found == std::string::npos ? found : json.find('"', json.find(':', found));
  return begin == std::string::npos ? "" : json.substr(begin + 1, json.find('"', begin + 1) - begin - 1);
}

}  // namespace

int descriptor_with(const std::string& bytes) {
  const int file = ::memfd_create("test", MFD_CLOEXEC);
  if (file < 0 || ::write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    give_up("cannot make a descriptor");
  ::lseek(file, 0, SEEK_SET);
  return file;
}

void set_password(const std::string& name, const std::string& password) {
  const int file = descriptor_with(password);
  const AdminAnswer answer = admin("account-password", {"name=" + name}, {file});
  ::close(file);
  if (answer.status < 0) give_up("account-password " + name + ": " + status_text(answer.status) + " " + answer.message);
}

std::string make_user(const std::string& name, const std::string& password, unsigned uid) {
  const AdminAnswer made = admin("account-add", {"name=" + name, "uid=" + std::to_string(uid), "home=/nonexistent"});
  if (made.status < 0) give_up("account-add " + name + ": " + status_text(made.status) + " " + made.message);
  set_password(name, password);
  return json_text(made.json, "sid");
}

void NtlmEnvironment::SetUp() {
  running = std::make_unique<Running>(policy_);
  PackageRights door;
  door.kind = "kind = \"domain\"";
  if (door_) running->installation.add_package("domain", package_file("domain_package"), door);
  std::string address = running->installation.socket();
  if (is_embedded())
    address = "embedded:" + running->installation.directory();
  else
    running->daemon = std::make_unique<Daemon>(running->installation.directory());
  ::setenv("OPENLSA_AUTHORITY", address.c_str(), 1);
  make_user("alice", alice_password, 70001);
  make_user("bob", bob_password, 70002);
}

void NtlmEnvironment::TearDown() {
  if (running->daemon && (!running->daemon->alive() || ::testing::UnitTest::GetInstance()->Failed()))
    std::fprintf(stderr, "---- lsad said:\n%s----\n", running->daemon->messages().c_str());
  running.reset();
}

Installation& ntlm_installation() { return running->installation; }

}  // namespace openlsa::test
