// What an isolated package does to itself costs its own file: it crashes, hangs, cannot start, is late, in each of its
// entry points; other packages and logons go on, and the host comes back. The authorities of these tests are their own.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <cstdlib>
#include <functional>
#include <memory>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

bool answers(const char* package) {
  const CallResult result = Connection::untrusted().call(package, "echo x");
  return result.status == STATUS_SUCCESS && !result.bytes.empty();
}

bool talks() { return Conversation("user=alice", "Scripted").complete(); }

// Everything that reaches an entry point of Scripted today; what it answers does not matter here.
void call_everything() {
  Connection::untrusted().call("Scripted", "hello");
  Connection::trusted().call("Scripted", "hello");
  Connection::trusted().logon("Scripted", "user=alice\npassword=p");  // the token goes at once
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  SecPkgCredentials_NamesW names{};
  if (QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names) == SEC_E_OK)
    FreeContextBuffer(names.sUserName);
  Conversation talk("user=alice", "Scripted");
  SecPkgContext_Lifespan span{};
  QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_LIFESPAN, &span);
  char text[] = "shutdown";
  SecBuffer buffer{8, SECBUFFER_TOKEN, text};
  SecBufferDesc token{SECBUFFER_VERSION, 1, &buffer};
  ApplyControlToken(talk.initiator.get(), &token);
}

class ScriptedContainment : public testing::Test {
 protected:
  void SetUp() override { OPENLSA_NEEDS_ISOLATION(); }

  void make(const std::string& configuration = "") {
    place_ = std::make_unique<Installation>(configuration);
    place_->add_package("scripted", package_file("scripted_package"), {.vouch_for = {"*"}});
    place_->add_package("witness", package_file("witness_package"), {.vouch_for = {"*"}});
    scripted_ = std::make_unique<Scripted>(*place_);
  }
  void start() {
    daemon_.reset();
    daemon_ = std::make_unique<Daemon>(place_->directory());
    there([] {
      admin("account-add", {"name=alice", "uid=70001"});
      return std::string();
    });
  }
  // What a client of that authority finds.
  std::string there(const std::function<std::string()>& body) const {
    return in_child([&] {
      ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
      return body();
    });
  }
  // While the scripted file is dead or dying: the others are not.
  static std::string others() {
    const LogonResult logon = Connection::trusted().logon("Witness", "user=alice");
    if (logon.status != STATUS_SUCCESS) return "no logon by Witness: " + status_text(logon.status);
    return answers("Witness") ? "others go on" : "Witness does not answer";
  }
  std::string back() const {
    return there([] {
      const bool whole = eventually([] {
        return answers("Scripted") && talks() &&
               Connection::trusted().logon("Scripted", "user=alice").status == STATUS_SUCCESS;
      });
      return std::string(whole ? "is back" : "is gone");
    });
  }
  std::size_t overdue_hosts() const {
    const std::string audit = place_->audit(), event = "\"event\":\"host-overdue\",\"package\":\"scripted\"";
    std::size_t count = 0;
    for (std::size_t at = audit.find(event); at != std::string::npos; at = audit.find(event, at + 1)) ++count;
    return count;
  }
  // The authority of the round before ends first: its end calls LogonTerminated.
  void begin_anew() {
    daemon_.reset();
    scripted_->clear();
  }
  void after(const std::string& rule, const char* entry) {
    scripted_->set(entry, rule);
    EXPECT_EQ(there([] {
                call_everything();
                return others();
              }),
              "others go on");
    EXPECT_TRUE(scripted_->wait(entry)) << "nothing called it";
    const ScriptedCall last_words = scripted_->record(entry).at(0);
    EXPECT_FALSE(last_words.status.has_value()) << "it did not return";
    // A host that hangs in one call still serves others, until it is ended.
    EXPECT_TRUE(eventually([&] {
      return back() == "is back" &&
             scripted_->record("AcceptLsaModeContext").back()["process"] != last_words["process"];
    }));
    EXPECT_TRUE(daemon_->alive());
  }

  std::unique_ptr<Installation> place_;
  std::unique_ptr<Scripted> scripted_;
  std::unique_ptr<Daemon> daemon_;
};

constexpr const char* called_entries[] = {
    "CallPackage",        "CallPackageUntrusted",     "AcceptCredentials",          "PostLogonUser",
    "LogonTerminated",    "AcquireCredentialsHandle", "QueryCredentialsAttributes", "FreeCredentialsHandle",
    "InitLsaModeContext", "AcceptLsaModeContext",     "QueryContextAttributes",     "ApplyControlToken",
    "DeleteContext"};

TEST_F(ScriptedContainment, ACrashInEachEntryPoint) {
  make();
  for (const char* entry : called_entries) {
    SCOPED_TRACE(entry);
    begin_anew();
    start();  // afresh, for a file that is lost often waits longer each time
    after("on=1 crash=abort", entry);
  }
}

TEST_F(ScriptedContainment, EachWayToDie) {
  make();
  for (const char* how : {"segv", "abort", "kill", "exit", "exit-handlers", "stack"}) {
    SCOPED_TRACE(how);
    begin_anew();
    start();
    after(std::string("on=1 crash-after=") + how, "AcceptLsaModeContext");
  }
}

TEST_F(ScriptedContainment, AnEndlessLoopInEachEntryPoint) {
  make("[policy]\ncall_deadline_seconds = 2\nsession_end_deadline_seconds = 4\n");
  for (const char* entry :
       {"CallPackageUntrusted", "AcceptCredentials", "PostLogonUser", "LogonTerminated", "AcquireCredentialsHandle",
        "FreeCredentialsHandle", "AcceptLsaModeContext", "QueryContextAttributes"}) {
    SCOPED_TRACE(entry);
    begin_anew();
    start();
    const std::size_t before = overdue_hosts();
    after("on=1 crash=loop", entry);
    EXPECT_EQ(overdue_hosts(), before + 1) << "once";
  }
}

TEST_F(ScriptedContainment, ACountOutlivesTheCrash) {
  make();
  scripted_->set("AcceptCredentials", "on=2 crash=segv");
  start();
  EXPECT_EQ(there([] {
              const LogonResult first = Connection::trusted().logon("Witness", "user=alice");
              const LogonResult second = Connection::trusted().logon("Witness", "user=alice");
              return status_text(first.status) + status_text(second.status) + " " + others();
            }),
            status_text(STATUS_SUCCESS) + status_text(STATUS_SUCCESS) + " others go on");
  EXPECT_EQ(back(), "is back");
  const auto calls = scripted_->record("AcceptCredentials");
  ASSERT_GE(calls.size(), 3u);
  EXPECT_TRUE(calls[0].status.has_value());
  EXPECT_FALSE(calls[1].status.has_value()) << "the second, and no later one";
  EXPECT_NE(calls[1]["process"], calls[2]["process"]);
  for (std::size_t i = 2; i < calls.size(); ++i) EXPECT_TRUE(calls[i].status.has_value()) << i;
}

TEST_F(ScriptedContainment, AFileThatDiesOnEveryLogonCostsNoLogon) {
  make();
  scripted_->set("AcceptCredentials", "crash=abort");
  start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(there([] { return others(); }), "others go on") << "logon " << i;
  EXPECT_TRUE(daemon_->alive());
}

TEST_F(ScriptedContainment, AFileThatCannotStartSaysWhyAndTheAuthorityStarts) {
  make();
  for (const char* entry : {"SpLsaModeInitialize", "InitializePackage", "Initialize", "GetInfo"}) {
    SCOPED_TRACE(entry);
    scripted_->clear();
    scripted_->set(entry, "on=1 crash=abort");
    start();
    EXPECT_EQ(there([] { return others() + (answers("Scripted") ? ", Scripted answers" : ""); }), "others go on");
    const std::string list = there([] { return admin("package-list").json; });
    EXPECT_NE(list.find("\"scripted\""), std::string::npos) << list;
    EXPECT_NE(list.find("failed"), std::string::npos) << list;
    EXPECT_EQ(there([] { return status_text(admin("package-restart", {"name=scripted"}).status); }), status_text(0));
    EXPECT_EQ(back(), "is back");
  }
}

TEST_F(ScriptedContainment, APackageThatRefusesToStartIsNotListedAndItsFileStays) {
  make();
  scripted_->set("Initialize", "return=0xC0000001");
  start();
  EXPECT_EQ(there([] {
              const Connection connection = Connection::untrusted();
              const bool first = connection.package("Scripted") != 0xffffffff;
              return std::string(first ? "Scripted is there" : "Scripted is not there") +
                     (answers("Scripted2") ? ", Scripted2 answers" : ", Scripted2 does not");
            }),
            "Scripted is not there, Scripted2 answers");
  // "Informational statuses count as success."
  scripted_->set("Initialize", "return=0x40000000");
  start();
  EXPECT_EQ(back(), "is back");
}

TEST_F(ScriptedContainment, AnAnswerAfterTheClientsDeathLeavesNoContext) {
  make();
  start();
  scripted_->set("AcceptLsaModeContext", "on=1 late-wait=answer");
  Child child([this](const Line& line) {
    ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
    line.say("begins");
    return std::string(talks() ? "talked" : "failed");
  });
  ASSERT_EQ(child.line().hear(), "begins");
  ASSERT_TRUE(scripted_->wait_at_gate("answer")) << "its context is made";
  child.kill();
  scripted_->open_gate("answer");
  // The initiator's context and the one that came too late.
  EXPECT_TRUE(scripted_->wait("DeleteContext", 2));
  EXPECT_TRUE(scripted_->wait("FreeCredentialsHandle", 2));
  EXPECT_EQ(there([] { return std::string(talks() ? "talks" : "fails"); }), "talks");
}

TEST_F(ScriptedContainment, ShutdownIsCalledOnceForEachPackageAtTheEnd) {
  make();
  start();
  for (const char* package : {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"})
    EXPECT_EQ(scripted_->count("Shutdown", package), 0u);
  daemon_.reset();
  for (const char* package : {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"})
    EXPECT_EQ(scripted_->count("Shutdown", package), 1u) << package;
}

TEST_F(ScriptedContainment, TheStartHasTheDocumentedOrder) {
  make();
  start();
  for (const char* package : {"Scripted", "Scripted2"}) {
    const ScriptedCall prepared = scripted_->only("InitializePackage", package);
    const ScriptedCall initialized = scripted_->only("Initialize", package);
    EXPECT_EQ(prepared["table"], "1");
    EXPECT_EQ(prepared["database"], "0") << "always NULL";
    EXPECT_EQ(prepared["confidentiality"], "0") << "always NULL";
    EXPECT_EQ(prepared["id"], initialized["id"]);
    EXPECT_EQ(initialized["domain"], "TESTBOX");
    EXPECT_GE(scripted_->count("GetInfo", package), 1u);
    EXPECT_LT(scripted_->only("SpLsaModeInitialize").sequence, prepared.sequence);
    EXPECT_LT(prepared.sequence, initialized.sequence);
    EXPECT_LT(initialized.sequence, scripted_->record("GetInfo", package).front().sequence);
  }
}

}  // namespace
}  // namespace openlsa::test
