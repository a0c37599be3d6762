#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

class Attributes : public Sspi {
 protected:
  void SetUp() override {
    host_.package.context_thunks = {SECPKG_ATTR_NATIVE_NAMES, SECPKG_ATTR_SESSION_KEY, SECPKG_ATTR_PACKAGE_INFO};
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
    host_.on_accept = [&](seam::AcceptContextRequest&) { return host_.finished(1); };
    ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  }
  void TearDown() override {
    DeleteSecurityContext(&context_);
    FreeCredentialsHandle(&credential_);
  }
  // An answer in LSA mode: a block of the window with these bytes (if any), and the words of the structure; `at` is the
  // block.
  void answer(const std::function<std::vector<std::uint64_t>(std::uint64_t at)>& words, base::Bytes bytes) {
    host_.on_query = [=](seam::QueryContextAttributesRequest& request) {
      seam::QueryAttributesReply reply;
      const std::uint64_t at = request.frame.window.base + 64;
      if (!bytes.empty()) reply.writes.allocations = {{at, bytes.size()}};
      if (!bytes.empty()) reply.writes.writes.push_back({at, bytes});
      const auto structure = words(at);
      reply.buffer = base::to_bytes(base::as_bytes(structure.data(), structure.size() * 8));
      return reply;
    };
  }
  static base::Bytes wide(std::u16string text) {
    text.push_back(u'\0');
    return base::to_bytes(base::as_bytes(text.data(), text.size() * 2));
  }
  CredHandle credential_{};
  CtxtHandle context_{};
};

TEST_F(Attributes, TheHalfAnswersInBothForms) {
  SecPkgContext_Sizes sizes{};
  ASSERT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
  EXPECT_EQ(sizes.cbMaxToken, 1234u);
  SecPkgContext_NamesW names{};
  ASSERT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NAMES, &names), SEC_E_OK);
  EXPECT_EQ(std::u16string_view(reinterpret_cast<char16_t*>(names.sUserName)), u"alic\u00e9");
  EXPECT_EQ(FreeContextBuffer(names.sUserName), SEC_E_OK);
  SecPkgContext_NamesA ansi{};
  ASSERT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_NAMES, &ansi), SEC_E_OK);
  EXPECT_STREQ(ansi.sUserName, "alic\xc3\xa9");
  EXPECT_EQ(FreeContextBuffer(ansi.sUserName), SEC_E_OK);
  EXPECT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_FLAGS, &sizes), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_SIZES, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(QueryContextAttributesExW(&context_, SECPKG_ATTR_SIZES, &sizes, 15), SEC_E_BUFFER_TOO_SMALL);
}

TEST_F(Attributes, ThunksAreAnsweredInLsaModeIntoTheWindow) {
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{at, 0}; }, wide(u"client"));
  SecPkgContext_NativeNamesA names{};
  ASSERT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_OK);
  EXPECT_STREQ(names.sClientName, "client");
  EXPECT_EQ(names.sServerName, nullptr);
  EXPECT_EQ(FreeContextBuffer(names.sClientName), SEC_E_OK);

  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{3, at}; }, {1, 2, 3});
  SecPkgContext_SessionKey key{};
  ASSERT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_SESSION_KEY, &key), SEC_E_OK);
  EXPECT_EQ(key.SessionKey[2], 3);
  EXPECT_EQ(FreeContextBuffer(key.SessionKey), SEC_E_OK);
  // The attribute of a number that LSA mode has, whose size only the caller knows.
  answer([](std::uint64_t) { return std::vector<std::uint64_t>{42}; }, {});
  std::uint64_t answered = 0;
  EXPECT_EQ(QueryContextAttributesW(&context_, 0x10001, &answered), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(QueryContextAttributesExW(&context_, 0x10001, &answered, 8), SEC_E_OK);
  EXPECT_EQ(answered, 42u);
}

TEST_F(Attributes, APackageIsCopiedToTheOtherForm) {
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{at}; }, {1});
  const auto plain = host_.on_query;
  host_.on_query = [&](seam::QueryContextAttributesRequest& request) {
    seam::QueryAttributesReply reply = plain(request);
    const std::uint64_t at = reply.writes.allocations[0].address;
    SecPkgInfoW info{0x10,
                     1,
                     2,
                     3,
                     reinterpret_cast<SEC_WCHAR*>(at + sizeof info),
                     reinterpret_cast<SEC_WCHAR*>(at + sizeof info + 10)};
    base::Bytes bytes = base::to_bytes(base::as_bytes(&info, sizeof info));
    for (const auto& text : {wide(u"half"), wide(u"test")}) bytes.insert(bytes.end(), text.begin(), text.end());
    reply.writes.allocations[0].size_bytes = bytes.size();
    reply.writes.writes[0].bytes = bytes;
    return reply;
  };
  SecPkgContext_PackageInfoA info{};
  ASSERT_EQ(QueryContextAttributesA(&context_, SECPKG_ATTR_PACKAGE_INFO, &info), SEC_E_OK);
  EXPECT_STREQ(info.PackageInfo->Name, "half");
  EXPECT_STREQ(info.PackageInfo->Comment, "test");
  EXPECT_EQ(info.PackageInfo->fCapabilities, 0x10u);
  EXPECT_EQ(FreeContextBuffer(info.PackageInfo), SEC_E_OK);
}

TEST_F(Attributes, PointersOutOfTheWindowAreNotBelieved) {
  static char16_t mine[] = u"private";
  const auto elsewhere = reinterpret_cast<std::uint64_t>(mine);
  SecPkgContext_NativeNamesW names{};
  answer([=](std::uint64_t) { return std::vector<std::uint64_t>{elsewhere, 0}; }, wide(u"x"));
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_INTERNAL_ERROR);
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{at + 2, 0}; }, wide(u"xy"));  // not to be freed
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_INTERNAL_ERROR);
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{at, 0}; }, {'x', 0});  // no end
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_INTERNAL_ERROR);
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{4, at}; }, {1, 2, 3});  // longer than its block
  SecPkgContext_SessionKey key{};
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_SESSION_KEY, &key), SEC_E_INTERNAL_ERROR);
  answer([](std::uint64_t at) { return std::vector<std::uint64_t>{at}; }, wide(u"x"));  // less than the structure
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(names.sClientName, nullptr);
  EXPECT_EQ(key.SessionKey, nullptr);
}

TEST_F(Attributes, ThunksOfALostHostAreLost) {
  host_.die();
  SecPkgContext_NativeNamesW names{};
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_NATIVE_NAMES, &names), SEC_E_INTERNAL_ERROR);
  SecPkgContext_Sizes sizes{};
  EXPECT_EQ(QueryContextAttributesW(&context_, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
  EXPECT_EQ(QueryCredentialsAttributesW(&credential_, SECPKG_CRED_ATTR_NAMES, &names), SEC_E_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::client
