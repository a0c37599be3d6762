// SpValidateTargetInfo and SpExtractTargetInfo of another package (openlsa.h), and CallPackagePassthrough.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

class TargetInfo : public SupportTest {
 protected:
  void SetUp() override {
    SupportTest::SetUp();
    // Alpha relays what its client submitted.
    packages_.at("alpha").call_package = [this](seam::CallPackageRequest request) {
      answer_ = alpha_->target_info({of(request.origin, request.package), package_, request.submit_buffer.duplicate(),
                                     request.submit_address, validate_});
      return seam::CallPackageReply{};
    };
    packages_.at("beta").validate_target = [this](seam::ValidateTargetInfoRequest request) {
      origin_ = request.origin;
      submitted_ = std::string(request.submit_buffer.reveal().begin(), request.submit_buffer.reveal().end());
      address_ = request.submit_address;
      EXPECT_EQ(request.target.domain_sid, nt::well_known::administrators);
      return seam::ValidateTargetInfoReply{request.target.computer_name == u"here" ? STATUS_SUCCESS
                                                                                   : STATUS_INVALID_WORKSTATION};
    };
    packages_.at("beta").extract_target = [this](seam::ExtractTargetInfoRequest request) {
      origin_ = request.origin;
      seam::ExtractTargetInfoReply reply;
      reply.target = extracted_;
      return reply;
    };
  }
  nt::Status ask() {
    TestClient user = client(user_uid, false);
    seam::LsaCallPackageRequest request;
    request.lsa_handle = user.lsa;
    request.package = id_of("alpha");
    request.frame.window = {window_base, 0x1000};
    request.submit_buffer = base::Secret(base::as_bytes("the submission"));
    request.submit_address = 0x4000;
    EXPECT_EQ(user.connection->lsa_call_package(std::move(request)).status, STATUS_SUCCESS);
    return answer_.status;
  }
  std::u16string package_ = u"Beta";
  std::optional<seam::TargetInfo> validate_;
  seam::TargetInfo extracted_{nt::well_known::users, u"there"};
  seam::TargetInfoReply answer_;
  seam::CallOrigin origin_;
  std::string submitted_;
  std::uint64_t address_ = 0;
};

TEST_F(TargetInfo, IsValidatedByTheOtherPackageForTheClientOfTheCall) {
  validate_ = seam::TargetInfo{nt::well_known::administrators, u"here"};
  EXPECT_EQ(ask(), STATUS_SUCCESS);
  EXPECT_EQ(submitted_, "the submission");
  EXPECT_EQ(address_, 0x4000u);
  EXPECT_EQ(origin_.view.uid, user_uid);
  EXPECT_TRUE(origin_.view.in_process);
  EXPECT_EQ(origin_.window.size_bytes, 0u) << "it returns nothing to the client";
  validate_->computer_name = u"elsewhere";
  EXPECT_EQ(ask(), STATUS_INVALID_WORKSTATION);
}

TEST_F(TargetInfo, IsExtractedByTheOtherPackage) {
  EXPECT_EQ(ask(), STATUS_SUCCESS);
  EXPECT_EQ(answer_.target.computer_name, u"there");
  EXPECT_EQ(answer_.target.domain_sid, nt::well_known::users);
  extracted_.computer_name = std::u16string(1025, u'x');
  EXPECT_EQ(ask(), STATUS_INTERNAL_ERROR);
  EXPECT_FALSE(answer_.target.computer_name);
}

TEST_F(TargetInfo, NeedsTheRightAndACallOfAClient) {
  add_package("gamma", u"Gamma");  // alpha may call Beta only
  ASSERT_TRUE(load("gamma"));
  package_ = u"Gamma";
  EXPECT_EQ(ask(), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("TargetInfo"));
  package_ = u"Nobody";
  EXPECT_EQ(ask(), STATUS_NO_SUCH_PACKAGE);
  TestClient user = client(user_uid, false);
  EXPECT_EQ(alpha_->target_info({nobody("alpha"), u"Beta", {}, 0, {}}).status, STATUS_NOT_SUPPORTED);
  EXPECT_EQ(alpha_->target_info({on_channel(user, "alpha"), u"Beta", {}, 0, {}}).status, STATUS_NOT_SUPPORTED);
}

TEST_F(TargetInfo, PassThroughLandsInItsOwnSlotWithItsArgumentsUntouched) {
  seam::CallPackageRequest seen;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    seen = std::move(request);
    seam::CallPackageReply reply;
    reply.protocol_status = STATUS_MORE_ENTRIES;
    return reply;
  };
  seam::CallOtherPackageRequest request;
  request.caller = nobody("alpha");
  request.package_name = u"Beta";
  request.submit_buffer = base::Secret(base::as_bytes("raw\0bytes"));
  request.submit_address = 0xdeadbeef;
  request.window = {0x700000, 0x1000};
  request.pass_through = true;
  const seam::CallOtherPackageReply reply = alpha_->call_other_package(std::move(request));
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.protocol_status, STATUS_MORE_ENTRIES) << "the two statuses stay apart";
  EXPECT_EQ(seen.kind, seam::CallPackageKind::pass_through);
  EXPECT_EQ(seen.submit_address, 0xdeadbeefu);

  request = {};
  request.caller = nobody("alpha");
  request.package_name = u"Beta";
  EXPECT_EQ(alpha_->call_other_package(std::move(request)).status, STATUS_SUCCESS);
  EXPECT_EQ(seen.kind, seam::CallPackageKind::trusted);

  request = {};
  request.caller = nobody("beta");  // which may call nobody
  request.package_name = u"Alpha";
  request.pass_through = true;
  EXPECT_EQ(beta_->call_other_package(std::move(request)).status, STATUS_ACCESS_DENIED);
}

}  // namespace
}  // namespace openlsa::authority
