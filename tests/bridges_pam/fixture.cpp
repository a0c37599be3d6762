#include "bridges_pam/fixture.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "support/private_system.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

struct Running {
  Installation installation;
  std::unique_ptr<Daemon> daemon;
};
std::unique_ptr<Running> running;
std::unique_ptr<Child> untouched;

bool sees_alice() { return admin("account-list").json.find("\"alice\"") != std::string::npos; }

std::string log_alice_on(const Line& line) {
  ::setenv("OPENLSA_AUTHORITY", line.hear().c_str(), 1);
  std::string seen = sees_alice() ? "alice " : "nobody ";
  Transaction login("peer", "alice", {"right"});
  seen += code_name(login.authenticate());
  return seen + (sees_alice() ? " alice" : " nobody");
}

// The account's uid is that of the system's user, but for "stranger", who only has the name.
struct User {
  const char* name;
  unsigned uid;
};
constexpr User users[] = {{"alice", 70001},     {"bob", 70002},   {"J\303\266rg", 70003}, {"mustchange", 70004},
                          {"pwexpired", 70005}, {"early", 70006}, {"locked", 70007},      {"expired", 70008},
                          {"disabled", 70009},  {"hours", 70010}, {"nobody-here", 70011}, {"broken", 70012},
                          {"odd", 70013},       {"liar", 70014},  {"crash", 70015},       {"stranger", 70016},
                          {"nobody", 70017}};

std::string passwd_text() {
  std::string text = "root:x:0:0:root:/root:/bin/sh\nlocal:x:1500:1500::/:/bin/sh\nstranger:x:1600:1600::/:/bin/sh\n";
  for (const User& user : users)
    if (std::strcmp(user.name, "stranger") != 0)
      text +=
          std::string(user.name) + ":x:" + std::to_string(user.uid) + ":" + std::to_string(user.uid) + "::/:/bin/sh\n";
  return text;
}

// A claim that no test took keeps its session for a minute; the next test counts sessions.
class CleanStart : public ::testing::EmptyTestEventListener {
  void OnTestStart(const ::testing::TestInfo&) override {
    for (const User& user : users)
      if (sessions_of(user.name) != 0) {
        restart_authority();
        return;
      }
  }
};

void use_authority() { ::setenv("OPENLSA_AUTHORITY", running->installation.socket().c_str(), 1); }

}  // namespace

void PamEnvironment::SetUp() {
  running = std::make_unique<Running>();
  running->installation.add_package("pam_peer", package_file("pam_peer_package"), {.vouch_for = {"*"}});
  make_directory("/etc/openlsa", 0755);
  write_configuration("");
  write_file("/etc/passwd", passwd_text(), 0644);
  write_file("/etc/group", "root:x:0:\nlocal:x:1500:\n", 0644);
  write_file("/etc/nsswitch.conf", "passwd: files\ngroup: files\n", 0644);
  write_service("peer", "package=PamPeer");
  start_authority();
  for (const User& user : users) {
    const AdminAnswer made =
        admin("account-add", {std::string("name=") + user.name, "uid=" + std::to_string(user.uid), "home=/tmp"});
    if (made.status < 0) give_up(std::string("account-add ") + user.name + ": " + made.message);
  }
  untouched = std::make_unique<Child>(log_alice_on);
  ::testing::UnitTest::GetInstance()->listeners().Append(new CleanStart);
}

void PamEnvironment::TearDown() {
  if (::testing::UnitTest::GetInstance()->Failed())
    std::fprintf(stderr, "---- lsad said:\n%s----\n", running->daemon->messages().c_str());
  untouched.reset();
  running.reset();
}

Child& untouched_process() { return *untouched; }
Daemon& authority() { return *running->daemon; }
void stop_authority() { running->daemon.reset(); }
void start_authority() {
  running->daemon = std::make_unique<Daemon>(running->installation.directory());
  use_authority();
}
void restart_authority() {
  stop_authority();
  start_authority();
}

void write_configuration(const std::string& more) {
  const Installation& place = running->installation;
  write_file(place.directory() + "/lsa.toml",
             "socket = \"" + place.socket() + "\"\nstate_directory = \"" + place.state_directory() +
                 "\"\naudit_log = \"" + place.directory() + "/audit.jsonl\"\n[accounts]\ndomain = \"TESTBOX\"\n" +
                 more + "[ntlm]\nenabled = false\n",  // the package is a third party's
             0644);
  write_file("/etc/openlsa/lsa.toml", "socket = \"" + place.socket() + "\"\n", 0644);
}

std::string module_line(const std::string& stack, const std::string& control, const std::string& arguments) {
  return stack + " " + control + " " OPENLSA_TEST_LIBRARIES "/pam_openlsa.so " + arguments + "\n";
}

void write_service(const std::string& name, const std::string& arguments) {
  std::string text;
  for (const char* stack : {"auth", "account", "password", "session"})
    text += module_line(stack, "required", arguments);
  write_service_text(name, text);
}

void write_service_text(const std::string& name, const std::string& text) {
  write_file("/etc/pam.d/" + name, text, 0644);
}

PeerLog::PeerLog() : seen_(running->installation.package_log("pam_peer").size()) {}

int PeerLog::count(const std::string& piece) const {
  const std::vector<std::string> lines = running->installation.package_log("pam_peer");
  int found = 0;
  for (std::size_t i = seen_; i < lines.size(); ++i) found += lines[i].find(piece) != std::string::npos;
  return found;
}

bool PeerLog::wait(const std::string& piece) const {
  return eventually([&] { return count(piece) > 0; });
}

std::string PeerLog::find(const std::string& piece) const {
  const std::vector<std::string> lines = running->installation.package_log("pam_peer");
  for (std::size_t i = seen_; i < lines.size(); ++i)
    if (lines[i].find(piece) != std::string::npos) return lines[i];
  return "";
}

std::string installation_directory() { return running->installation.directory(); }
std::string installation_socket() { return running->installation.socket(); }
std::string installation_audit() { return running->installation.audit(); }

int sessions_of(const std::string& account) {
  const AdminAnswer answer = admin("session-list");
  const std::string wanted = "\"" + account + "\"";
  int found = 0;
  for (std::size_t at = answer.json.find(wanted); at != std::string::npos; at = answer.json.find(wanted, at + 1))
    ++found;
  return found;
}

Transaction::Transaction(const std::string& service, const std::string& user,
                         std::vector<std::optional<std::string>> answers)
    : answers_(std::move(answers)) {
  if (pam_start(service.c_str(), user.c_str(), &conversation_, &handle_) != PAM_SUCCESS) give_up("pam_start");
}

Transaction::~Transaction() { end(); }

void Transaction::end(int more_flags) {
  if (handle_ != nullptr) pam_end(handle_, last_ | more_flags);
  handle_ = nullptr;
}

std::string Transaction::environment(const char* name) const {
  const char* value = pam_getenv(handle_, name);
  return value == nullptr ? "" : value;
}

int Transaction::converse(int count, const pam_message** messages, pam_response** responses, void* self) {
  auto& me = *static_cast<Transaction*>(self);
  if (me.conversation_code_ != PAM_SUCCESS) return me.conversation_code_;
  auto* answers = static_cast<pam_response*>(std::calloc(static_cast<std::size_t>(count), sizeof(pam_response)));
  for (int i = 0; i < count; ++i) {
    me.said_.push_back(messages[i]->msg);
    const bool asks = messages[i]->msg_style == PAM_PROMPT_ECHO_OFF || messages[i]->msg_style == PAM_PROMPT_ECHO_ON;
    if (!asks || me.used_ >= me.answers_.size()) continue;
    const std::optional<std::string>& answer = me.answers_[me.used_++];
    if (answer) answers[i].resp = ::strdup(answer->c_str());
  }
  *responses = answers;
  return PAM_SUCCESS;
}

std::string code_name(int code) {
  static const std::map<int, std::string> names = {{PAM_SUCCESS, "PAM_SUCCESS"},
                                                   {PAM_AUTH_ERR, "PAM_AUTH_ERR"},
                                                   {PAM_AUTHINFO_UNAVAIL, "PAM_AUTHINFO_UNAVAIL"},
                                                   {PAM_USER_UNKNOWN, "PAM_USER_UNKNOWN"},
                                                   {PAM_ACCT_EXPIRED, "PAM_ACCT_EXPIRED"},
                                                   {PAM_NEW_AUTHTOK_REQD, "PAM_NEW_AUTHTOK_REQD"},
                                                   {PAM_PERM_DENIED, "PAM_PERM_DENIED"},
                                                   {PAM_AUTHTOK_ERR, "PAM_AUTHTOK_ERR"},
                                                   {PAM_AUTHTOK_RECOVERY_ERR, "PAM_AUTHTOK_RECOVERY_ERR"},
                                                   {PAM_SESSION_ERR, "PAM_SESSION_ERR"},
                                                   {PAM_CRED_UNAVAIL, "PAM_CRED_UNAVAIL"},
                                                   {PAM_TRY_AGAIN, "PAM_TRY_AGAIN"},
                                                   {PAM_IGNORE, "PAM_IGNORE"},
                                                   {PAM_INCOMPLETE, "PAM_INCOMPLETE"}};
  const auto found = names.find(code);
  return found == names.end() ? "PAM code " + std::to_string(code) : found->second;
}

}  // namespace openlsa::test
