// The key store of AddCredential and GetCredentials, and the seal that it lies under.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

TEST(SecretBox, OpensWhatItSealedAndNothingElse) {
  const auto box = SecretBox::create();
  const auto other = SecretBox::create();
  ASSERT_TRUE(box && other) << box.error().message;
  for (const std::string_view text : {"", "a secret of some length"}) {
    Sealed sealed = (*box)->seal(base::as_bytes(text));
    const std::optional<base::Secret> opened = (*box)->open(sealed);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(base::equal(opened->reveal(), base::as_bytes(text)));
    EXPECT_FALSE((*other)->open(sealed));
    EXPECT_NE((*box)->seal(base::as_bytes(text)).bytes, sealed.bytes) << "a nonce was used twice";
    for (std::size_t at : {std::size_t{0}, sealed.bytes.size() / 2, sealed.bytes.size() - 1}) {
      Sealed changed = sealed;
      changed.bytes[at] ^= 1;
      EXPECT_FALSE((*box)->open(changed)) << at;
    }
  }
  EXPECT_FALSE((*box)->open({}));
}

class Credentials : public AuthorityTest {
 protected:
  void SetUp() override {
    start();
    session_ = authority_->sessions().allocate();
    ASSERT_EQ(authority_->sessions().create(session_, 1, {}), STATUS_SUCCESS);
  }
  nt::Status add(base::Bytes key, std::string_view text, seam::PackageId package = 1) {
    return authority_->credentials().add(session_, package, std::move(key), base::Secret(base::as_bytes(text)));
  }
  seam::GetCredentialsReply get(seam::GetCredentialsRequest request, seam::PackageId package = 1) {
    request.logon_id = session_;
    return authority_->credentials().get(package, request);
  }
  static std::string text_of(const seam::GetCredentialsReply& reply) {
    return {reply.credentials.reveal().begin(), reply.credentials.reveal().end()};
  }
  nt::Luid session_;
};

TEST_F(Credentials, AreWalkedWithACursor) {
  ASSERT_EQ(add({1}, "one"), STATUS_SUCCESS);
  ASSERT_EQ(add({1, 2, 3}, "two"), STATUS_SUCCESS);
  ASSERT_EQ(add({1}, "three"), STATUS_SUCCESS);  // a key need not be unique
  seam::GetCredentialsRequest all;
  all.retrieve_all = true;
  all.key_capacity_bytes = 2;
  seam::GetCredentialsReply reply = get(std::move(all));
  EXPECT_EQ(text_of(reply), "one");
  seam::GetCredentialsRequest next;
  next.retrieve_all = true;
  next.key_capacity_bytes = 2;
  next.query_context = reply.query_context;
  const seam::GetCredentialsReply small = get(std::move(next));
  EXPECT_EQ(small.status, STATUS_MORE_ENTRIES);
  EXPECT_EQ(small.key_size_bytes, 3u);
  EXPECT_EQ(small.query_context, reply.query_context) << "the cursor stays";

  seam::GetCredentialsRequest by_key;
  by_key.primary_key = {1};
  reply = get(std::move(by_key));
  EXPECT_EQ(text_of(reply), "one");
  seam::GetCredentialsRequest second;
  second.primary_key = {1};
  second.query_context = reply.query_context;
  reply = get(std::move(second));
  EXPECT_EQ(text_of(reply), "three");
  seam::GetCredentialsRequest last;
  last.primary_key = {1};
  last.query_context = reply.query_context;
  EXPECT_EQ(get(std::move(last)).status, STATUS_UNSUCCESSFUL);
}

TEST_F(Credentials, BelongToOnePackageAndSession) {
  ASSERT_EQ(add({1}, "mine"), STATUS_SUCCESS);
  seam::GetCredentialsRequest request;
  request.primary_key = {1};
  EXPECT_EQ(get(std::move(request), 2).status, STATUS_UNSUCCESSFUL);
  EXPECT_EQ(authority_->credentials().remove(session_, 2, {1}), STATUS_OBJECT_NAME_NOT_FOUND);
  EXPECT_EQ(authority_->credentials().add({0x99999}, 1, {1}, {}), STATUS_NO_SUCH_LOGON_SESSION);
  seam::GetCredentialsRequest nowhere;
  nowhere.logon_id = {0x99999};
  EXPECT_EQ(authority_->credentials().get(1, nowhere).status, STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(Credentials, HaveAQuotaThatDeletingGivesBack) {
  const std::string half(CredentialStore::max_bytes_per_package / 2, 'x');
  ASSERT_EQ(add({}, half), STATUS_SUCCESS);
  ASSERT_EQ(add({}, half), STATUS_SUCCESS);
  EXPECT_EQ(add({1}, ""), STATUS_QUOTA_EXCEEDED);
  EXPECT_EQ(authority_->credentials().remove(session_, 1, {}), STATUS_SUCCESS);
  EXPECT_EQ(add({1}, "fits"), STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
