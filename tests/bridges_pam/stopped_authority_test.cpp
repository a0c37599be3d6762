// An authority that is stopped neither answers nor hangs up: the module refuses after its `timeout`, wherever it is
// then.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <functional>

#include "base/unique_fd.hpp"
#include "bridges_pam/fixture.hpp"

namespace openlsa::test {
namespace {

// The whole process of lsad, for as long as this lives.
class StoppedAuthority {
 public:
  StoppedAuthority() {
    ::kill(authority().process_id(), SIGSTOP);
    eventually([] {
      std::FILE* const file =
          std::fopen(("/proc/" + std::to_string(authority().process_id()) + "/status").c_str(), "re");
      char line[256];
      bool stopped = false;
      while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
        stopped |= std::strncmp(line, "State:\tT", 8) == 0;
      if (file != nullptr) std::fclose(file);
      return stopped;
    });
  }
  ~StoppedAuthority() { ::kill(authority().process_id(), SIGCONT); }
  StoppedAuthority(const StoppedAuthority&) = delete;
  StoppedAuthority& operator=(const StoppedAuthority&) = delete;
};

// The module, in a process that has no connection yet.
std::string in_new_process(const std::function<int()>& body) {
  return in_child([&] { return code_name(body()); });
}

int log_on() {
  Transaction login("impatient", "alice", {"right"});
  return login.authenticate();
}

class PamStopped : public ::testing::Test {
 protected:
  PamStopped() { write_service("impatient", "package=PamPeer timeout=1"); }
};

TEST_F(PamStopped, AConnectionThatIsThere) {
  Transaction login("impatient", "alice", {"right", "right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  {
    const StoppedAuthority stopped;
    EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, login.authenticate());
    EXPECT_PAM(PAM_SESSION_ERR, login.open());
  }
  EXPECT_PAM(PAM_SUCCESS, log_on()) << "it goes on when the authority does";
}

TEST_F(PamStopped, ANewConnection) {
  const StoppedAuthority stopped;
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", in_new_process(log_on));
}

TEST_F(PamStopped, NotEvenRoomForAConnection) {
  const StoppedAuthority stopped;
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strncpy(name.sun_path, installation_socket().c_str(), sizeof name.sun_path - 1);
  std::vector<base::UniqueFd> waiting;
  while (true) {
    base::UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ASSERT_TRUE(socket) << "after " << waiting.size();
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) break;
    waiting.push_back(std::move(socket));
  }
  ASSERT_EQ(EAGAIN, errno);
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", in_new_process(log_on));
}

TEST_F(PamStopped, TheOtherFunctions) {
  const StoppedAuthority stopped;
  EXPECT_EQ("PAM_AUTHINFO_UNAVAIL", in_new_process([] { return Transaction("impatient", "alice").account(); }));
  EXPECT_EQ("PAM_SESSION_ERR", in_new_process([] { return Transaction("impatient", "alice").open(); }));
  EXPECT_EQ("PAM_TRY_AGAIN",
            in_new_process([] { return Transaction("impatient", "alice", {"right", "new", "new"}).change(); }));
}

// What closes the session is not held up either; the session ends when the authority goes on.
TEST_F(PamStopped, TheEndOfASession) {
  {
    Transaction login("impatient", "alice", {"right"});
    ASSERT_EQ(PAM_SUCCESS, login.authenticate());
    ASSERT_EQ(PAM_SUCCESS, login.open());
    const StoppedAuthority stopped;
    EXPECT_PAM(PAM_SUCCESS, login.close());
    login.end();
  }
  EXPECT_TRUE(eventually([] { return sessions_of("alice") == 0; }));
}

}  // namespace
}  // namespace openlsa::test
