// A host that does not return from a call, or says nothing at all, is ended; it costs the packages of its file only.
// The authority of these tests is one of their own, with a short deadline.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <signal.h>

#include <cstdlib>
#include <functional>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

bool answers(const char* package) { return Connection::untrusted().call(package, "echo x")["echo"] == "x"; }

class HostDeadline : public testing::Test {
 protected:
  void SetUp() override {
    OPENLSA_NEEDS_ISOLATION();
    place_ = std::make_unique<Installation>("[policy]\ncall_deadline_seconds = 2\n");
    place_->add_package("probe", package_file("probe_package"), {.vouch_for = {"*"}});
    place_->add_package("witness", package_file("witness_package"), {});
    daemon_ = std::make_unique<Daemon>(place_->directory());
  }
  // What a client of that authority finds.
  std::string there(const std::function<std::string()>& body) const {
    return in_child([&] {
      ::setenv("OPENLSA_AUTHORITY", place_->socket().c_str(), 1);
      return body();
    });
  }
  std::string back() const {
    return there([] { return std::string(eventually([] { return answers("Probe"); }) ? "is back" : "is gone"); });
  }
  bool audited(const char* text) const {
    return eventually([&] { return place_->audit().find(text) != std::string::npos; });
  }
  // The process of the probe's host, as `lsactl package list` says it.
  pid_t host() const {
    const std::string found = there([] {
      const std::string json = admin("package-list").json;
      const std::size_t at = json.find("\"pid\":", json.find("\"name\":\"probe\""));
      return at == std::string::npos ? std::string("0") : std::to_string(std::atoi(json.c_str() + at + 6));
    });
    return std::atoi(found.c_str());
  }

  std::unique_ptr<Installation> place_;
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(HostDeadline, ACallThatDoesNotReturnCostsItsHost) {
  const std::string said = there([] {
    const NTSTATUS status = Connection::untrusted().call("Probe", "sleep 600000").status;
    return status_text(status) + (answers("Witness") ? " and others answer" : " and others do not answer");
  });
  EXPECT_EQ(said, status_text(SEC_E_INTERNAL_ERROR) + " and others answer");
  EXPECT_TRUE(audited("\"event\":\"host-overdue\",\"package\":\"probe\""));
  EXPECT_EQ(back(), "is back");
}

// lsad sees nothing of the calls on a direct channel; it asks the host for its oldest one.
TEST_F(HostDeadline, SoDoesALegOnADirectChannel) {
  const std::string said = there([] {
    admin("account-add", {"name=alice", "uid=70001"});
    Conversation talk("a-user=alice&a-sleep=600000");
    return status_text(talk.acceptor_leg.status) + (talk.acceptor.exists() ? " with a context" : "");
  });
  EXPECT_EQ(said, status_text(SEC_E_INTERNAL_ERROR));
  EXPECT_TRUE(audited("host-overdue"));
  EXPECT_EQ(back(), "is back");
}

TEST_F(HostDeadline, ASilentHostIsEndedWithoutACall) {
  const pid_t before = host();
  ASSERT_GT(before, 0);
  ASSERT_EQ(::kill(before, SIGSTOP), 0);
  EXPECT_TRUE(audited("host-overdue"));
  EXPECT_EQ(back(), "is back");
  EXPECT_NE(host(), before);
}

}  // namespace
}  // namespace openlsa::test
