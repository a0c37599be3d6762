// A client that is killed at any message of any call: before it sends, after it has sent, after it has received. Its
// handles go, the package sees the cleanup flags, no session stays.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <sstream>

#include "hostile/census.hpp"
#include "hostile/sent_messages.hpp"
#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

// The lists, and what belongs to a session and to the machine.
std::string ask_around(const LogonResult& logon) {
  ULONG count = 0;
  PSecPkgInfoW packages = nullptr;
  if (EnumerateSecurityPackagesW(&count, &packages) != SEC_E_OK) return "no packages";
  FreeContextBuffer(packages);
  PLUID sessions = nullptr;
  if (LsaEnumerateLogonSessions(&count, &sessions) != 0) return "no sessions";
  LsaFreeReturnBuffer(sessions);
  LUID luid = luid_of(logon.luid);
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  if (LsaGetLogonSessionData(&luid, &data) != 0) return "no session data";
  LsaFreeReturnBuffer(data);
  int descriptor = -1;
  HANDLE imported = nullptr;
  if (OpenLsaTokenToDescriptor(logon.token.get(), &descriptor) != 0) return "no descriptor";
  const NTSTATUS status = OpenLsaTokenFromDescriptor(descriptor, &imported);
  ::close(descriptor);
  if (status != 0) return "no token in the descriptor";
  TokenHandle again(imported);
  if (!AllocateLocallyUniqueId(&luid)) return "no LUID";
  return admin("status").status == 0 ? "" : "no status";
}

// Every kind of call, up-calls included. Says how many frames it took.
std::string whole_life() {
  {
    Connection connection = Connection::trusted("doomed");
    LogonResult logon = connection.logon("Probe", "user=alice\npassword=secret\nprofile=text");
    if (logon.status != 0) return "the logon failed: " + status_text(logon.status);
    const CallResult call = connection.call("Probe", "echo here\ncallback #1 1 2 text\nallocate 64");
    if (call["callback-output"] != "txet 1 2") return "no callback: " + call.bytes;
    if (std::string missing = ask_around(logon); !missing.empty()) return missing;
    Conversation talk("a-user=bob&legs=3&a-run=callback_#1_1_2_text");
    if (!talk.complete()) return "no handshake: " + status_text(talk.acceptor_leg.status);
    if (talk.acceptor.unseal(talk.initiator.seal("text", 0), 0) != "text") return "no message";
    SecPkgContext_Lifespan span{};
    if (QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_LIFESPAN, &span) != SEC_E_OK) return "no thunk";
    SecPkgCredentials_NamesW names{};
    if (QueryCredentialsAttributesW(talk.outbound.get(), SECPKG_CRED_ATTR_NAMES, &names) != SEC_E_OK) return "no name";
    FreeContextBuffer(names.sUserName);
    std::string good = "good";
    SecBuffer control{static_cast<ULONG>(good.size()), SECBUFFER_TOKEN, good.data()};
    SecBufferDesc controls{SECBUFFER_VERSION, 1, &control};
    if (ApplyControlToken(talk.initiator.get(), &controls) != SEC_E_OK) return "no control token";
    HANDLE token = nullptr;
    if (QuerySecurityContextToken(talk.acceptor.get(), &token) != SEC_E_OK) return "no token";
    TokenHandle of_the_peer(token);
    HANDLE copy = nullptr;
    if (!DuplicateTokenEx(of_the_peer.get(), 0, nullptr, SecurityIdentification, TokenImpersonation, &copy))
      return "no copy";
    TokenHandle copied(copy);
    if (token_user(copied.get()) != bob().sid) return "not bob";
  }
  return std::to_string(frames_sent()) + " " + std::to_string(frames_received());
}

unsigned long hexadecimal(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(name + "=0x");
  return at == std::string::npos ? 0 : std::stoul(line.substr(at + name.size() + 3), nullptr, 16);
}

// What the package saw of one client.
class Witness {
 public:
  explicit Witness(const LogWatch& log) : log_(log) {}

  // Empty when everything that came to be has gone.
  std::string complaint(pid_t process) const {
    const std::string whose = "process=" + std::to_string(process);
    if (!eventually([&] { return handles_made(whose) == handles_freed(whose); }))
      return std::to_string(handles_made(whose)) + " handles made, " + std::to_string(handles_freed(whose)) + " freed";
    for (const std::string& line : log_.lines()) {
      if (line.find(whose) == std::string::npos) continue;
      if (line.rfind("FreeCredentialsHandle", 0) != 0 && line.rfind("DeleteContext", 0) != 0) continue;
      constexpr unsigned long cleanup = SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM;
      const unsigned long attributes = hexadecimal(line, "attributes") & cleanup;
      const bool terminated = (hexadecimal(line, "flags") & SECPKG_CLIENT_PROCESS_TERMINATED) != 0;
      if (attributes != 0 && attributes != cleanup) return "half of the cleanup flags: " + line;
      if (terminated != (attributes != 0)) return "flags that do not agree: " + line;
      cleanups_ += terminated;
    }
    return sessions_ended();
  }
  int cleanups() const { return cleanups_; }

 private:
  int handles_made(const std::string& whose) const {
    return log_.count({"AcquireCredentialsHandle", whose}) + log_.count({"InitLsaModeContext", "leg=1", whose}) +
           log_.count({"AcceptLsaModeContext", "leg=1", whose});
  }
  int handles_freed(const std::string& whose) const {
    return log_.count({"FreeCredentialsHandle", whose}) + log_.count({"DeleteContext", whose});
  }
  std::string sessions_ended() const {
    for (const std::string& line : log_.lines()) {
      if (line.rfind("PostLogonUser 0 ", 0) != 0) continue;
      const std::size_t at = line.find("luid=");
      const std::string luid = line.substr(at, line.find(' ', at) - at);
      if (!log_.wait({"LogonTerminated", "0", luid})) return "no LogonTerminated for " + luid;
    }
    return "";
  }

  const LogWatch& log_;
  mutable int cleanups_ = 0;
};

struct Life {
  int sent = 0;
  int received = 0;
};

Life undisturbed() {
  Child child([](const Line&) {
    count_frames();
    return whole_life();
  });
  const std::string said = child.finish();
  Life life;
  if (!(std::istringstream(said) >> life.sent >> life.received)) ADD_FAILURE() << said;
  return life;
}

// Returns how many handles the package freed with the cleanup flags.
int kill_everywhere(KillPoint point, int frames) {
  int cleanups = 0;
  for (int frame = 1; frame <= frames; ++frame) {
    SCOPED_TRACE("frame " + std::to_string(frame));
    const Census before = census();
    const LogWatch log("probe");
    Child child([point, frame](const Line&) {
      die_at(point, frame);
      return whole_life();
    });
    const pid_t process = child.process_id();
    EXPECT_EQ(child.finish(), "signal 9");
    EXPECT_EQ(leftovers(before), "");
    const Witness witness(log);
    EXPECT_EQ(witness.complaint(process), "");
    cleanups += witness.cleanups();
    if (testing::Test::HasFailure()) break;
  }
  return cleanups;
}

TEST(KilledClients, ALifeThatIsNotDisturbedLeavesNothing) {
  const Census before = census();
  const Life life = undisturbed();
  EXPECT_GE(life.sent, 20);
  EXPECT_GE(life.received, 20);
  EXPECT_EQ(leftovers(before), "");
}

TEST(KilledClients, BeforeAMessageIsSent) {
  EXPECT_GT(kill_everywhere(KillPoint::before_sending, undisturbed().sent), 20);
}

TEST(KilledClients, AfterAMessageIsSent) {
  EXPECT_GT(kill_everywhere(KillPoint::after_sending, undisturbed().sent), 20);
}

TEST(KilledClients, AfterAMessageIsReceived) {
  EXPECT_GT(kill_everywhere(KillPoint::after_receiving, undisturbed().received), 20);
}

}  // namespace
}  // namespace openlsa::test
