// P-02, P-03: an authority that is down, hung, slow, lying or somebody else. Whoever asks for a user never waits longer
// than 50 ms, and never believes what is no answer.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "bridges_nss/module.hpp"
#include "bridges_nss/servers.hpp"
#include "service/nss/nss_server.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

using std::chrono::milliseconds;

// The process may have to wait for a processor after its 50 ms.
constexpr milliseconds budget{50}, slack{250}, at_once{40};

void expect_unavailable(const Answer& answer, milliseconds within, const std::string& what) {
  EXPECT_EQ(NSS_STATUS_UNAVAIL, answer.status) << what;
  EXPECT_EQ(ENOENT, answer.error) << what;
  EXPECT_LT(answer.time, within) << what;
}

void expect_all_unavailable(milliseconds within, const std::string& what) {
  expect_unavailable(user_named("alice"), within, what);
  expect_unavailable(user_of(70001), within, what);
  expect_unavailable(group_named("crowd"), within, what);
  expect_unavailable(group_of(80000), within, what);
}

struct NssDistrust : testing::Test {
  void SetUp() override {
    ::unlink(nss_socket);
    be_patient(false);
  }
  void TearDown() override {
    be_patient(true);
    ::unlink(nss_socket);
    ::rmdir(nss_socket);
  }
};

TEST_F(NssDistrust, NobodyIsThere) {
  user_named("alice");  // the first call of a process loads what later ones have
  expect_all_unavailable(at_once, "no socket");
  ::close(listen_at(nss_socket, 1));
  expect_all_unavailable(at_once, "a socket that a dead authority left");
}

TEST_F(NssDistrust, SomethingElseStandsThere) {
  ASSERT_EQ(0, ::mkfifo(nss_socket, 0666));
  expect_all_unavailable(at_once, "a FIFO");
  ::unlink(nss_socket);
  write_file(nss_socket, "alice", 0666);
  expect_all_unavailable(at_once, "a file");
  ::unlink(nss_socket);
  ASSERT_EQ(0, ::symlink(nss_socket, nss_socket));
  expect_all_unavailable(at_once, "a symbolic link to itself");
  ::unlink(nss_socket);
  make_directory(nss_socket, 0755);
  expect_all_unavailable(at_once, "a directory");
}

TEST_F(NssDistrust, AnAuthorityThatHangs) {
  const LyingServer silent([](const openlsa_nss_request&) { return std::nullopt; });
  for (const Answer& answer : {user_named("alice"), group_of(80000)}) {
    expect_unavailable(answer, budget + slack, "silent");
    EXPECT_GE(answer.time, budget - milliseconds(2)) << "it waited for an answer";
  }
  const TableServer stopped;
  ::kill(stopped.process->process_id(), SIGSTOP);
  ::waitpid(stopped.process->process_id(), nullptr, WUNTRACED);  // its threads may still answer until then
  expect_unavailable(user_named("alice"), budget + slack, "stopped");
}

TEST_F(NssDistrust, AnAuthorityWhoseQueueIsFull) {
  Child owner([](const Line& line) {
    const int listener = listen_at(nss_socket, 0);
    line.say("ready");
    static_cast<void>(line.hear());
    ::close(listener);
    return std::string();
  });
  ASSERT_EQ("ready", owner.line().hear());
  std::vector<int> waiting;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, nss_socket);
  while (waiting.size() < 16) {
    waiting.push_back(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (::connect(waiting.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) break;
  }
  ASSERT_EQ(EAGAIN, errno);
  expect_unavailable(user_named("alice"), budget + slack, "full");
  for (const int fd : waiting) ::close(fd);
}

// Each page comes in time, all of them do not.
TEST_F(NssDistrust, TheBudgetIsForTheWholeCall) {
  const LyingServer slow([](const openlsa_nss_request& request) {
    ::usleep(20'000);
    openlsa_nss_reply head = found_user(0, 80000);
    const std::string data = request.cursor == 0 ? std::string("crowd\0", 6) : std::string("m\0", 2);
    head.size = static_cast<std::uint32_t>(data.size());
    head.count = request.cursor == 0 ? 0 : 1;
    head.total = 10;
    head.total_size = 26;
    head.next = request.cursor + 2;
    return std::optional(reply_bytes(head, data));
  });
  const Answer answer = group_of(80000);
  expect_unavailable(answer, budget + slack, "slow pages");
}

TEST_F(NssDistrust, AnotherUserIsNoAuthority) {
  const LyingServer stranger(
      [](const openlsa_nss_request&) {
        openlsa_nss_reply head = found_user(70001, 70001);
        head.size = head.total_size = 7;
        return std::optional(reply_bytes(head, std::string("a\0/\0/\0\0", 7)));
      },
      Identity{4242, 4242});
  ::chmod(nss_socket, 0666);
  expect_unavailable(user_named("a"), at_once, "a stranger");
  // Root gave the run directory to that user: it is the authority's.
  ASSERT_EQ(0, ::chown("/run/openlsa", 4242, 4242));
  be_patient(true);
  const Answer believed = user_named("a");
  be_patient(false);
  ASSERT_EQ(0, ::chmod("/run/openlsa", 0777));
  const Answer open = user_named("a");
  ASSERT_EQ(0, ::chmod("/run/openlsa", 0755));
  ASSERT_EQ(0, ::chown("/run/openlsa", 0, 0));
  EXPECT_EQ("a:*:70001:70001::/:/", believed.text.substr(0, 21));
  expect_unavailable(open, at_once, "a directory that everybody can write");
}

// The authority itself asks for a user: it would wait for its own answer.
TEST_F(NssDistrust, AProcessNeverAsksItself) {
  const std::string answered = in_child([] {
    service::NssServer server(std::make_unique<Table>(3), true);
    if (!server.start(nss_socket)) return std::string("no server");
    const Answer answer = user_named("alice");
    return std::to_string(answer.status) + (answer.time < at_once ? " at once" : " late");
  });
  EXPECT_EQ(std::to_string(NSS_STATUS_UNAVAIL) + " at once", answered);
}

using Spoil = std::function<void(openlsa_nss_reply& head, std::string& data)>;

Liar user_with(Spoil spoil) {
  return [spoil](const openlsa_nss_request&) {
    openlsa_nss_reply head = found_user(70001, 70001);
    std::string data("alice\0/home/alice\0/bin/sh\0Alice\0", 32);
    head.size = head.total_size = static_cast<std::uint32_t>(data.size());
    spoil(head, data);
    return std::optional(reply_bytes(head, data));
  };
}

TEST_F(NssDistrust, AUserThatIsNone) {
  {
    const LyingServer honest(user_with([](openlsa_nss_reply&, std::string&) {}));
    be_patient(true);
    ASSERT_EQ(NSS_STATUS_SUCCESS, user_named("alice").status);
    be_patient(false);
  }
  const Spoil spoilt[] = {
      [](auto& head, auto&) { head.version = 2; },
      [](auto& head, auto&) { head.status = 0; },
      [](auto& head, auto&) { head.status = 77; },
      [](auto& head, auto&) { head.uid = 0; },
      [](auto& head, auto&) { head.uid = 0xffffffff; },
      [](auto& head, auto&) { head.gid = 0xffffffff; },
      [](auto& head, auto&) { head.size = 31; },
      [](auto& head, auto&) { head.size = 0xffffffff; },
      [](auto&, auto& data) { data.resize(8); },
      [](auto& head, auto& data) { data.resize(head.size = 0); },
      [](auto& head, auto& data) { data.resize(head.size = 31); },                    // no zero at the end
      [](auto& head, auto& data) { data.resize(head.size = 18); },                    // fields are missing
      [](auto& head, auto& data) { data += std::string("x\0", 2), head.size += 2; },  // one too many
      [](auto& head, auto& data) { data.erase(0, 5), head.size -= 5; },               // no name
      [](auto&, auto& data) { data += std::string(40000, 'x'); },                     // more than was asked for
      [](auto& head, auto& data) { data.assign(32, 'x'), head.size = 32; },
  };
  for (std::size_t i = 0; i < std::size(spoilt); ++i) {
    const LyingServer liar(user_with(spoilt[i]));
    expect_unavailable(user_named("alice"), budget + slack, "spoilt user " + std::to_string(i));
  }
  const LyingServer larger(user_with([](auto& head, auto&) { head.total_size = 5000; }));
  be_patient(true);
  EXPECT_EQ(ERANGE, user_named("alice").error);
  be_patient(false);
  const LyingServer header_cut([](const openlsa_nss_request&) { return std::optional(std::string(47, '\1')); });
  expect_unavailable(user_named("alice"), budget + slack, "half a header");
}

// A group of three members on two pages.
Liar group_with(Spoil first, Spoil second) {
  return [first, second](const openlsa_nss_request& request) {
    openlsa_nss_reply head = found_user(0, 80000);
    const bool begins = request.cursor == 0;
    std::string data = begins ? std::string("crowd\0aa\0", 9) : std::string("bb\0cc\0", 6);
    head.total = 3;
    head.total_size = 15;
    head.count = begins ? 1 : 2;
    head.next = begins ? 2 : 0;
    head.size = static_cast<std::uint32_t>(data.size());
    (begins ? first : second)(head, data);
    return std::optional(reply_bytes(head, data));
  };
}

TEST_F(NssDistrust, AGroupThatIsNone) {
  const Spoil good = [](openlsa_nss_reply&, std::string&) {};
  {
    const LyingServer honest(group_with(good, good));
    be_patient(true);
    ASSERT_EQ("crowd:*:80000:aa,bb,cc", group_of(80000).text);
    be_patient(false);
  }
  const Spoil spoilt[] = {
      [](auto& head, auto&) { head.gid = 0; },         [](auto& head, auto&) { head.gid = 0xffffffff; },
      [](auto& head, auto&) { head.total = 4; },       [](auto& head, auto&) { head.total = 2; },
      [](auto& head, auto&) { head.total_size = 14; }, [](auto& head, auto&) { head.total_size = 16; },
      [](auto& head, auto&) { head.count = 7; },       [](auto& head, auto&) { head.count = 0xffffffff; },
      [](auto& head, auto&) { head.next = 1; },        [](auto& head, auto& data) { data.resize(head.size = 0); },
      [](auto&, auto& data) { data.back() = 'x'; },    [](auto& head, auto&) { head.status = OPENLSA_NSS_ABSENT; },
  };
  for (std::size_t i = 0; i < std::size(spoilt); ++i) {
    // Spoilt on the second page; what is only said on the first one may be another whole group there.
    const LyingServer liar(group_with(good, spoilt[i]));
    expect_unavailable(group_of(80000), budget + slack, "spoilt second page " + std::to_string(i));
  }
  const LyingServer endless(group_with(good, [](auto& head, auto&) { head.next = 3; }));
  expect_unavailable(group_of(80000), budget + slack, "pages without end");
  // More members than memory: no overflow, and the caller hears that its buffer is too small.
  const LyingServer huge(group_with([](auto& head, auto&) { head.total = head.total_size = 0xffffffff; }, good));
  be_patient(true);
  EXPECT_EQ(ERANGE, group_of(80000).error);
  be_patient(false);
  const LyingServer unsaid(group_with([](auto& head, auto&) { head.total_size = 3; }, good));
  expect_unavailable(group_of(80000), budget + slack, "a page that is larger than the whole");
}

}  // namespace
}  // namespace openlsa::test
