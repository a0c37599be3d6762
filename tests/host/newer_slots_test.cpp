// The newest slots of the table: LogonUserEx3 and V3 information, the surrogates, the target information.
#include "host/lsa_heap.hpp"
#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

constexpr std::array<std::uint8_t, 16> type_a{0xaa, 0xaa, 0xaa, 0xaa, 1, 0, 2, 0, 3, 4, 5, 6, 7, 8, 9, 10};

class NewerSlots : public HostTest {
 protected:
  void SetUp() override {
    const auto reply = load("test_newer");
    ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
    ASSERT_EQ(reply.packages.size(), 2u);
    newer_ = reply.packages[0];
    older_ = reply.packages[1];
    blocks_ = lsa_heap::live_blocks();
  }
  void TearDown() override {
    EXPECT_EQ(lsa_heap::live_blocks(), blocks_) << "what a package hands over is freed, what it keeps is not";
    EXPECT_EQ(observed().Terminated, 0u) << "a slot was called that nobody documented a caller for";
    HostTest::TearDown();
  }
  std::string note() { return observed().Note; }
  seam::PreLogonSurrogateReply before(std::string_view what, bool seen = true) {
    seam::PreLogonSurrogateRequest request;
    request.origin.view.client = {1};
    request.package = newer_.id;
    request.logon_type = 2;
    if (seen) request.submit_buffer = secret(what);
    request.submit_address = 0x5000;
    request.surrogate_id = {99};
    return runtime->pre_logon_surrogate(std::move(request));
  }
  seam::LogonUserReply log_on(std::string_view what) {
    seam::LogonUserRequest request;
    request.origin = origin_with_window();
    request.package = newer_.id;
    request.logon_type = 2;
    request.submit_buffer = secret(what);
    request.surrogate = entries("one");
    return runtime->logon_user(std::move(request));
  }
  static seam::SurrogateLogon entries(std::string text) {
    seam::SurrogateLogon logon{{99}, {}};
    text.push_back('\0');
    logon.entries.push_back({type_a, secret(text)});
    logon.entries.push_back({type_a, std::nullopt});
    return logon;
  }
  seam::PackageInfo newer_, older_;
  std::size_t blocks_ = 0;
};

TEST_F(NewerSlots, AreKnownByTheirNumbers) {
  for (const unsigned slot : {7u, 8u, 10u, 11u, 34u, 36u, 37u, 38u, 39u, 40u, 41u, 42u})
    EXPECT_TRUE(newer_.fills(slot)) << slot;
  for (const unsigned slot : {0u, 1u, 6u, 9u, 12u, 35u}) EXPECT_FALSE(newer_.fills(slot)) << slot;
  EXPECT_TRUE(newer_.supports_logon);
  EXPECT_EQ(older_.slots, std::uint64_t{1} << 8 | std::uint64_t{1} << 10);
  EXPECT_FALSE(older_.supports_logon);
}

TEST_F(NewerSlots, TheNewestLogonSlotIsCalledWithTheSurrogateEntries) {
  const auto reply = log_on("v3");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(note(), "v1 id=99 a:one a:NULL");
  EXPECT_EQ(reply.logon_id.value, 0x333u);
  ASSERT_EQ(reply.token_information.type, std::uint32_t{LsaTokenInformationV3});
  ASSERT_EQ(reply.token_information.user_claims.size(), 1u);
  EXPECT_EQ(reply.token_information.user_claims[0].name, u"size");
  EXPECT_EQ(reply.token_information.user_claims[0].numbers, (std::vector<std::uint64_t>{~0ull - 4, 6}));
  ASSERT_EQ(reply.token_information.device_groups.size(), 1u);
  EXPECT_TRUE(reply.token_information.device_claims.empty());
  ASSERT_TRUE(reply.primary);
  EXPECT_EQ(reply.primary->package_id, 77u);
  EXPECT_EQ(reply.primary->previous_logon_id, nt::Luid::from_parts(0x555, 1));
  EXPECT_EQ(reply.primary->flags_ex, std::uint32_t{SECPKG_PRIMARY_CRED_EX_FLAGS_EX_DELEGATION_TOKEN});
}

TEST_F(NewerSlots, V3InformationThatLeavesItsBlocksEndsTheLogon) {
  for (const char* what :
       {"claim name", "claim values", "claims version", "claims count", "claims astray", "device groups", "short v3"}) {
    const std::size_t ended = support->deleted_sessions.size();
    const auto reply = log_on(what);
    EXPECT_EQ(reply.status, STATUS_INTERNAL_ERROR) << what;
    EXPECT_TRUE(reply.token_information.user_claims.empty()) << what;
    EXPECT_EQ(support->deleted_sessions.size(), ended + 1) << what;
    if (std::string_view(what) == "short v3")  // what lay behind the structure is the package's: it is not reached
      blocks_ = lsa_heap::live_blocks();
    EXPECT_EQ(lsa_heap::live_blocks(), blocks_) << what;
  }
}

TEST_F(NewerSlots, ExtendedCredentialsGoOnAsSuch) {
  seam::AcceptCredentialsRequest request;
  request.package = newer_.id;
  request.primary.emplace();
  request.primary->flags = PRIMARY_CRED_EX;
  request.primary->package_id = 12;
  request.primary->previous_logon_id = {34};
  request.primary->flags_ex = 56;
  EXPECT_EQ(runtime->accept_credentials(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_EQ(note(), "12,34,56");
}

TEST_F(NewerSlots, ASurrogatesEntriesAreCopiedAndFreed) {
  const auto reply = before("two");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(note(), "v1 id=99 type=2 submit=given base=given size=3 client=no");
  ASSERT_EQ(reply.entries.size(), 2u);
  EXPECT_EQ(reply.entries[0].type, type_a);
  ASSERT_TRUE(reply.entries[0].data);
  EXPECT_TRUE(base::equal(reply.entries[0].data->reveal(), base::as_bytes("first", 6)));
  EXPECT_FALSE(reply.entries[1].data);
  EXPECT_TRUE(before("nothing").entries.empty());
}

TEST_F(NewerSlots, AWithheldSubmissionIsNull) {
  EXPECT_EQ(before("", false).status, STATUS_SUCCESS);
  EXPECT_EQ(note(), "v1 id=99 type=2 submit=NULL base=NULL size=0 client=no");
}

TEST_F(NewerSlots, SurrogateDataEndsWithItsBlockAndWhatIsNoBlockIsRefused) {
  const auto reply = before("within");
  ASSERT_EQ(reply.entries.size(), 1u);
  EXPECT_TRUE(base::equal(reply.entries[0].data->reveal(), base::as_bytes("rest", 5)));
  lsa_heap::free(reinterpret_cast<void*>(observed().LastPackageId));  // data within a block does not free the block
  for (const char* what : {"wild data", "wild entries", "too many"}) {
    const auto refused = before(what);
    EXPECT_EQ(refused.status, STATUS_INTERNAL_ERROR) << what;
    EXPECT_TRUE(refused.entries.empty()) << what;
  }
}

TEST_F(NewerSlots, AFailedSurrogateKeepsWhatIsItsOwn) {
  const auto reply = before("fail");
  EXPECT_EQ(reply.status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(reply.sub_status, STATUS_PASSWORD_EXPIRED);
  EXPECT_TRUE(reply.entries.empty());
}

seam::PostLogonSurrogateRequest after_request(seam::PackageId package) {
  seam::PostLogonSurrogateRequest request;
  request.origin.view.client = {1};
  request.package = package;
  request.logon_type = 3;
  return request;
}

TEST_F(NewerSlots, AfterwardsASurrogateSeesTheResults) {
  seam::PostLogonSurrogateRequest request = after_request(newer_.id);
  request.submit_buffer = secret("typed");
  request.submit_address = 0x5000;
  request.surrogate = entries("mine");
  request.profile_address = 0x9000;
  request.profile_size_bytes = 4;
  request.profile.push_back({0x9000, base::to_bytes(base::as_bytes("prof"))});
  request.logon_id = {0x44};
  request.token_information.emplace();
  request.token_information->type = LsaTokenInformationV3;
  request.token_information->user.sid = nt::Sid{5, {32, 513}};
  request.token_information->primary_group = nt::Sid{5, {32, 545}};
  request.token_information->groups = {{nt::Sid{1, {0}}, 7}, {nt::Sid{5, {11}}, 7}};
  request.token_information->privileges = {{{23}, 3}};
  request.token_information->user_claims = {{u"size", CLAIM_SECURITY_ATTRIBUTE_TYPE_INT64, 0, {8}, {}, {}}};
  request.token_information->device_groups = {{nt::Sid{5, {32, 546}}, 7}};
  request.account_name = u"alice";
  request.machine_name = u"BOX";
  request.primary.emplace();
  request.primary->password = secret(std::string("p\0w\0", 4));
  request.primary->flags = PRIMARY_CRED_EX;
  request.primary->previous_logon_id = {6};
  request.supplemental.push_back({u"Newer", secret("x")});
  EXPECT_EQ(runtime->post_logon_surrogate(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_EQ(note(),
            "v1 id=99 a:mine a:NULL type=3 luid=68 ok sub=0 profile=prof names=alice,NULL,BOX submit=typed "
            "password=pw ex=6 supplemental=1:Newer token=3:2:1:33:size:8:1");
}

TEST_F(NewerSlots, AfterAFailureTheResultsAreNull) {
  seam::PostLogonSurrogateRequest request = after_request(newer_.id);
  request.surrogate.id = {99};
  request.logon_status = STATUS_LOGON_FAILURE;
  request.logon_sub_status = 5;
  request.account_name = u"alice";
  EXPECT_EQ(runtime->post_logon_surrogate(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_EQ(note(),
            "v1 id=99 type=3 luid=0 failed sub=5 profile= names=alice,NULL,NULL submit=NULL password=NULL token=NULL");
}

TEST_F(NewerSlots, TargetInformationGoesInAndComesOut) {
  seam::ValidateTargetInfoRequest validate;
  validate.package = newer_.id;
  validate.submit_buffer = secret("sub");
  validate.submit_address = 0x6000;
  validate.target = {nt::Sid{5, {21, 1, 2, 3}}, u"box"};
  EXPECT_EQ(runtime->validate_target_info(std::move(validate)).status, STATUS_INVALID_WORKSTATION);
  EXPECT_EQ(note(), "sub,sub,box,SID");
  validate = {};
  validate.package = newer_.id;
  EXPECT_EQ(runtime->validate_target_info(std::move(validate)).status, STATUS_INVALID_WORKSTATION);
  EXPECT_EQ(note().substr(note().rfind(',', note().size() - 6)), ",NULL,NULL");

  const auto extract = [&](std::string_view what) {
    seam::ExtractTargetInfoRequest request;
    request.package = newer_.id;
    request.submit_buffer = secret(what);
    return runtime->extract_target_info(std::move(request));
  };
  const auto found = extract("ok");
  EXPECT_EQ(found.status, STATUS_SUCCESS);
  EXPECT_EQ(found.target.computer_name, u"box");
  ASSERT_TRUE(found.target.domain_sid);
  EXPECT_EQ(found.target.domain_sid->to_string(), "S-1-5-32-516");
  const auto nothing = extract("null");
  EXPECT_EQ(nothing.status, STATUS_SUCCESS);
  EXPECT_FALSE(nothing.target.computer_name || nothing.target.domain_sid);
  for (const char* what : {"wild", "endless"}) EXPECT_EQ(extract(what).status, STATUS_INTERNAL_ERROR) << what;
}

TEST_F(NewerSlots, APackageWithoutThemSaysSo) {
  seam::PreLogonSurrogateRequest pre;
  pre.package = older_.id;
  EXPECT_EQ(runtime->pre_logon_surrogate(std::move(pre)).status, STATUS_NOT_SUPPORTED);
  EXPECT_EQ(runtime->post_logon_surrogate(after_request(older_.id)).status, STATUS_NOT_SUPPORTED);
  seam::ValidateTargetInfoRequest validate;
  validate.package = older_.id;
  EXPECT_EQ(runtime->validate_target_info(std::move(validate)).status, STATUS_NOT_SUPPORTED);
  seam::ExtractTargetInfoRequest extract;
  extract.package = older_.id;
  EXPECT_EQ(runtime->extract_target_info(std::move(extract)).status, STATUS_NOT_SUPPORTED);
  EXPECT_EQ(runtime->post_logon_surrogate(after_request(999)).status, STATUS_NO_SUCH_PACKAGE);
}

}  // namespace
}  // namespace openlsa::host::test
