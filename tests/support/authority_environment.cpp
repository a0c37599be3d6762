#include "support/authority_environment.hpp"

#include <cstdint>
#include <cstdlib>

#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/scripted.hpp"
#include "support/text.hpp"

extern "C" std::int32_t openlsa_admin_call(const char* verb, const char* const* arguments, int argument_count,
                                           const int* files, int file_count, char** json, char** message);

namespace openlsa::test {
namespace {

struct Running {
  Installation installation;
  std::unique_ptr<Daemon> daemon;
  TestAccount alice{"alice", 70001, 70001, ""};
  TestAccount bob{"bob", 70002, 70002, ""};
};
std::unique_ptr<Running> running;

void install_packages(Installation& place) {
  place.add_package("classic", package_file("classic_package"), {.vouch_for = {"*"}});
  place.add_package("failing", package_file("failing_package"), {});
  place.add_package(
      "probe", package_file("probe_package"),
      {.vouch_for = {"*"}, .call_packages = {"Witness", "Relay", "ClassicProbe"}, .clear_text_passwords = true});
  place.add_package("scripted", package_file("scripted_package"),
                    {.vouch_for = {"*"}, .call_packages = {"Probe", "Witness"}, .clear_text_passwords = true});
  place.add_package("leaver", package_file("leaver_package"), {.vouch_for = {"*"}});  // its packages unload themselves
  // Calls back.
  place.add_package("relay", package_file("relay_package"), {.call_packages = {"Probe", "Witness"}});
  // What the rights withhold is seen here.
  place.add_package("witness", package_file("witness_package"), {.vouch_for = {"alice"}});
}

// The text of a member of a flat JSON object that the authority wrote: "name":"value".
std::string json_text(const std::string& json, const std::string& name) {
  const std::size_t found = json.find("\"" + name + "\"");
  const std::size_t begin = found == std::string::npos ? found : json.find('"', json.find(':', found));
  if (begin == std::string::npos) return "";
  return json.substr(begin + 1, json.find('"', begin + 1) - begin - 1);
}

void make_account(TestAccount& account) {
  const AdminAnswer made = admin("account-add", {"name=" + account.name, "uid=" + std::to_string(account.uid),
                                                 "gid=" + std::to_string(account.gid), "home=/nonexistent"});
  if (made.status < 0)
    give_up("account-add " + account.name + " failed: " + status_text(made.status) + " " + made.message);
  account.sid = json_text(made.json, "sid");
  if (account.sid.rfind("S-1-5-21-", 0) != 0) give_up("account-add gave no SID: " + made.json);
  // By default users log on interactively and over the network only.
  const AdminAnswer rights = admin("right-add", {"account=" + account.name, "right=SeBatchLogonRight",
                                                 "right=SeServiceLogonRight", "right=SeRemoteInteractiveLogonRight"});
  if (rights.status < 0) give_up("right-add " + account.name + " failed: " + rights.message);
}

bool contains_piece(const std::string& line, const std::string& piece) {
  for (std::size_t at = line.find(piece); at != std::string::npos; at = line.find(piece, at + 1)) {
    const std::size_t end = at + piece.size();
    if ((at == 0 || line[at - 1] == ' ') && (end == line.size() || line[end] == ' ')) return true;
  }
  return false;
}

bool contains(const std::string& line, const std::vector<std::string>& pieces) {
  for (const std::string& piece : pieces)
    if (!contains_piece(line, piece)) return false;
  return true;
}

}  // namespace

std::string package_file(const std::string& name) { return OPENLSA_TEST_PACKAGES "/" + name + ".so"; }

AdminAnswer admin(const std::string& verb, const std::vector<std::string>& arguments, const std::vector<int>& files) {
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  char *json = nullptr, *message = nullptr;
  AdminAnswer result;
  result.status = openlsa_admin_call(verb.c_str(), pointers.data(), static_cast<int>(pointers.size()), files.data(),
                                     static_cast<int>(files.size()), &json, &message);
  if (json != nullptr) result.json = json;
  if (message != nullptr) result.message = message;
  std::free(json);
  std::free(message);
  return result;
}

void AuthorityEnvironment::SetUp() {
  running = std::make_unique<Running>();
  install_packages(running->installation);
  std::string address = running->installation.socket();
  if (is_embedded())
    address = "embedded:" + running->installation.directory();
  else
    running->daemon = std::make_unique<Daemon>(running->installation.directory());
  ::setenv("OPENLSA_AUTHORITY", address.c_str(), 1);
  const std::string user_directory = scripted_user_directory(running->installation);
  make_directory(user_directory, 0777);
  ::setenv("SCRIPTED_USER_DIRECTORY", user_directory.c_str(), 1);
  make_account(running->alice);
  make_account(running->bob);
}

void AuthorityEnvironment::TearDown() {
  if (running->daemon && (!running->daemon->alive() || ::testing::UnitTest::GetInstance()->Failed()))
    std::fprintf(stderr, "---- lsad said:\n%s----\n", running->daemon->messages().c_str());
  EXPECT_TRUE(running->daemon == nullptr || running->daemon->alive()) << "lsad ended while the tests ran";
  running.reset();
}

Installation& installation() { return running->installation; }
Daemon* lsad() { return running->daemon.get(); }
const TestAccount& alice() { return running->alice; }
const TestAccount& bob() { return running->bob; }

LogWatch::LogWatch(std::string package_file) : package_file_(std::move(package_file)) {
  seen_ = installation().package_log(package_file_).size();
}

std::vector<std::string> LogWatch::lines() const {
  std::vector<std::string> lines = installation().package_log(package_file_);
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(seen_, lines.size())));
  return lines;
}

int LogWatch::count(const std::vector<std::string>& pieces) const {
  int found = 0;
  for (const std::string& line : lines()) found += contains(line, pieces);
  return found;
}

bool LogWatch::wait(const std::vector<std::string>& pieces) const {
  return eventually([&] { return count(pieces) > 0; });
}

std::string LogWatch::find(const std::vector<std::string>& pieces) const {
  for (const std::string& line : lines())
    if (contains(line, pieces)) return line;
  return "";
}

}  // namespace openlsa::test
