#include "host/lsa_heap.hpp"
#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

class LogonTest : public HostTest {
 protected:
  void SetUp() override { ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS); }
  seam::LogonUserReply log_on(std::string_view what) {
    seam::LogonUserRequest request;
    request.origin = origin_with_window();
    request.package = first_id;
    request.logon_type = 2;
    request.submit_buffer = secret(what);
    request.submit_address = 0x5000;
    return runtime->logon_user(std::move(request));
  }
  seam::CallPackageReply call(std::string_view what, seam::CallPackageKind kind) {
    seam::CallPackageRequest request;
    request.origin = origin_with_window();
    request.package = first_id;
    request.kind = kind;
    request.submit_buffer = secret(what);
    request.submit_address = 0x5000;
    return runtime->call_package(std::move(request));
  }
};

TEST_F(LogonTest, CopiesEverythingAndFreesWhatThePackageAllocated) {
  const std::size_t blocks = lsa_heap::live_blocks();
  const auto reply = log_on("ok");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.logon_id.value, 0x12345u);
  EXPECT_EQ(reply.account_name, u"alice");
  EXPECT_EQ(reply.authenticating_authority, u"HOST");
  EXPECT_EQ(reply.machine_name, std::nullopt);
  EXPECT_EQ(reply.token_information.user.sid.to_string(), "S-1-5-32-513");
  ASSERT_EQ(reply.token_information.groups.size(), 1u);
  EXPECT_EQ(reply.token_information.groups[0].attributes, 7u);
  ASSERT_TRUE(reply.primary && reply.primary->password);
  EXPECT_TRUE(base::equal(reply.primary->password->reveal(), base::as_bytes(u"secret", 12)));
  EXPECT_EQ(reply.primary->old_password.has_value(), false);
  ASSERT_EQ(reply.supplemental.size(), 1u);
  EXPECT_EQ(reply.supplemental[0].package_name, u"Plain");
  EXPECT_TRUE(base::equal(reply.supplemental[0].credentials.reveal(), base::as_bytes("abc")));
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);

  ASSERT_EQ(reply.writes.allocations.size(), 1u);
  EXPECT_EQ(reply.writes.allocations[0].address, reply.profile_address);
  EXPECT_EQ(reply.profile_size_bytes, 4u);
  ASSERT_EQ(reply.writes.writes.size(), 1u);
  EXPECT_EQ(text_of(reply.writes.writes[0].bytes), "prof");
}

TEST_F(LogonTest, AFailureNamesTheAccountForTheAudit) {
  const std::size_t blocks = lsa_heap::live_blocks();
  const auto reply = log_on("deny");
  EXPECT_EQ(reply.status, STATUS_ACCOUNT_RESTRICTION);
  EXPECT_EQ(reply.sub_status, STATUS_PASSWORD_EXPIRED);
  EXPECT_EQ(reply.account_name, u"alice");
  EXPECT_TRUE(reply.writes.allocations.empty());
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);
}

TEST_F(LogonTest, AnExceptionOfThePackageEndsTheCallAndNothingElse) {
  EXPECT_EQ(log_on("throw").status, STATUS_UNHANDLED_EXCEPTION);
  EXPECT_EQ(runtime->host_health({}).calls_running, 0u);
  EXPECT_EQ(log_on("ok").status, STATUS_SUCCESS);
}

// A pointer that no heap block holds is not followed, and the session that the package made is ended.
TEST_F(LogonTest, ResultsOutsideTheHeapFailTheLogonAndEndItsSession) {
  const auto reply = log_on("wild group");
  EXPECT_EQ(reply.status, STATUS_INTERNAL_ERROR);
  EXPECT_FALSE(reply.primary.has_value());
  EXPECT_TRUE(reply.writes.allocations.empty());
  EXPECT_EQ(observed().Terminated, 1u);
  EXPECT_EQ(support->deleted_sessions, std::vector<std::uint64_t>{0x12345});
}

TEST_F(LogonTest, CallPackageReadsAndWritesTheClientOnly) {
  const auto reply = call("ping", seam::CallPackageKind::untrusted);
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(observed().LastKind, 1u);
  EXPECT_EQ(reply.return_size_bytes, 4u);
  ASSERT_EQ(reply.writes.writes.size(), 1u);
  EXPECT_EQ(reply.writes.writes[0].address, reply.return_address);
  EXPECT_EQ(text_of(reply.writes.writes[0].bytes), "ping");

  EXPECT_EQ(call("local buffer", seam::CallPackageKind::trusted).status, STATUS_INTERNAL_ERROR);
  EXPECT_EQ(observed().LastKind, 0u);
}

TEST_F(LogonTest, CallPackageKeepsItsTwoStatusesApart) {
  const auto reply = call("protocol", seam::CallPackageKind::pass_through);
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.protocol_status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(observed().LastKind, 2u);
}

TEST_F(LogonTest, HandsCredentialsToThePackage) {
  seam::AcceptCredentialsRequest request;
  request.package = first_id;
  request.account_name = u"alice";
  request.primary.emplace();
  request.primary->password = base::Secret(base::as_bytes(u"secret", 12));
  request.supplemental = seam::SupplementalCredential{u"Echo", secret("abc")};
  EXPECT_EQ(runtime->accept_credentials(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_TRUE(observed().SawPassword);
  EXPECT_TRUE(observed().SawSupplemental);

  // A package without the slot wants none.
  seam::AcceptCredentialsRequest to_plain;
  to_plain.package = first_id + 2;
  EXPECT_EQ(runtime->accept_credentials(std::move(to_plain)).status, STATUS_SUCCESS);
  EXPECT_EQ(observed().AcceptedCredentials, 1u);
}

}  // namespace
}  // namespace openlsa::host::test
