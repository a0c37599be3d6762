// One lsad with the package pam_peer, the machine's authority by a private /etc/openlsa/lsa.toml, users in a private
// /etc/passwd, services in a private /etc/pam.d.
#pragma once

#include <gtest/gtest.h>
#include <security/pam_appl.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/authority_environment.hpp"
#include "support/child.hpp"

namespace openlsa::test {

class PamEnvironment : public ::testing::Environment {
 public:
  void SetUp() override;
  void TearDown() override;
};

// A process from before any transaction, in which nothing is decided yet: it becomes a client of the authority whose
// socket it is told, then logs alice on, and says what it saw before and after.
Child& untouched_process();

// The running lsad, and another one when a test ended it.
Daemon& authority();
void stop_authority();
void start_authority();
void restart_authority();
// The file lsa.toml, with more text at the end of [accounts]; takes effect with the next start.
void write_configuration(const std::string& more);

// /etc/pam.d/NAME with all four stacks: the module with these arguments, "required".
void write_service(const std::string& name, const std::string& arguments);
void write_service_text(const std::string& name, const std::string& text);
std::string module_line(const std::string& stack, const std::string& control, const std::string& arguments);

// What the package wrote since this object was made.
class PeerLog {
 public:
  PeerLog();
  int count(const std::string& piece) const;
  bool wait(const std::string& piece) const;
  std::string find(const std::string& piece) const;

 private:
  std::size_t seen_;
};

std::string installation_audit();
std::string installation_directory();
std::string installation_socket();

// How many logon sessions of this account the authority has.
int sessions_of(const std::string& account);

// A program's transaction. The answers are given in their order to what is asked; nothing: no answer (NULL).
class Transaction {
 public:
  Transaction(const std::string& service, const std::string& user,
              std::vector<std::optional<std::string>> answers = {});
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  int authenticate(int flags = 0) { return last_ = pam_authenticate(handle_, flags); }
  int account(int flags = 0) { return last_ = pam_acct_mgmt(handle_, flags); }
  int credentials(int flags = PAM_ESTABLISH_CRED) { return last_ = pam_setcred(handle_, flags); }
  int open(int flags = 0) { return last_ = pam_open_session(handle_, flags); }
  int close(int flags = 0) { return last_ = pam_close_session(handle_, flags); }
  int change(int flags = 0) { return last_ = pam_chauthtok(handle_, flags); }
  void end(int more_flags = 0);

  std::string environment(const char* name) const;
  void set_environment(const std::string& assignment) { pam_putenv(handle_, assignment.c_str()); }
  // What the user was shown and asked.
  const std::vector<std::string>& said() const { return said_; }
  std::size_t unused_answers() const { return answers_.size() - used_; }
  pam_handle_t* handle() { return handle_; }
  void fail_conversation(int code) { conversation_code_ = code; }

 private:
  static int converse(int count, const pam_message** messages, pam_response** responses, void* self);
  pam_handle_t* handle_ = nullptr;
  pam_conv conversation_{&converse, this};
  std::vector<std::optional<std::string>> answers_;
  std::size_t used_ = 0;
  std::vector<std::string> said_;
  int conversation_code_ = PAM_SUCCESS;
  int last_ = PAM_SUCCESS;
};

std::string code_name(int code);
#define EXPECT_PAM(expected, call) EXPECT_EQ(::openlsa::test::code_name(expected), ::openlsa::test::code_name(call))

}  // namespace openlsa::test
