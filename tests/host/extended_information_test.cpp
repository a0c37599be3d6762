// SpGetExtendedInformation of every class when a package is loaded, and SpSetExtendedInformation before it.
#include "host/lsa_heap.hpp"
#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

const base::Bytes oid{6, 6, 0x2b, 6, 1, 4, 1, 0x2a};

class ExtendedInformation : public HostTest {
 protected:
  seam::LoadReply load_extended(std::vector<seam::ContextThunks> thunks = {}) {
    const std::size_t blocks = lsa_heap::live_blocks();
    seam::LoadReply reply = load("test_extended", false, std::move(thunks));
    EXPECT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
    EXPECT_EQ(reply.packages.size(), 3u);
    EXPECT_EQ(lsa_heap::live_blocks(), blocks) << "the structures are freed, good or bad";
    return reply;
  }
};

TEST_F(ExtendedInformation, EachClassIsAskedForAndKept) {
  const seam::PackageInfo info = load_extended().packages[0];
  EXPECT_EQ(info.extended.gss_oid, oid);
  EXPECT_EQ(info.context_thunks, (std::vector<std::uint32_t>{SECPKG_ATTR_SIZES, SECPKG_ATTR_NAMES}));
  EXPECT_EQ(info.extended.mutual_auth_level, 4u);
  EXPECT_EQ(info.extended.wow_client_dll, u"dll");
  ASSERT_EQ(info.extended.extra_oids.size(), 2u);
  EXPECT_EQ(info.extended.extra_oids[0], (seam::SerializedOid{10, oid}));
  EXPECT_EQ(info.extended.extra_oids[1], (seam::SerializedOid{11, {}}));
  ASSERT_TRUE(info.extended.nego2);
  EXPECT_EQ(info.extended.nego2->auth_scheme[15], 0x5a);
  EXPECT_EQ(info.extended.nego2->package_flags, 9u);
  EXPECT_EQ(observed().Terminated, 0u) << "SecpkgMaxInfo and its like are no classes";
  EXPECT_EQ(observed().LastKind, 0u) << "nothing was to be set";
}

TEST_F(ExtendedInformation, WhatAPackageDoesNotSayIsNotThere) {
  const seam::PackageInfo info = load_extended().packages[1];
  EXPECT_EQ(info.extended.mutual_auth_level, 1u);
  seam::ExtendedInformation only_that;
  only_that.mutual_auth_level = 1;
  EXPECT_EQ(info.extended, only_that);
  EXPECT_TRUE(info.context_thunks.empty());
}

TEST_F(ExtendedInformation, WhatLeavesItsBlockIsNotBelieved) {
  const seam::PackageInfo info = load_extended().packages[2];
  EXPECT_EQ(info.extended, seam::ExtendedInformation{});
  EXPECT_TRUE(info.context_thunks.empty());
}

TEST_F(ExtendedInformation, ContextThunksOfTheDropInAreSetBeforeTheyAreAskedFor) {
  const auto reply = load_extended(
      {{u"G-P", {SECPKG_ATTR_LIFESPAN, SECPKG_ATTR_FLAGS, SECPKG_ATTR_AUTHORITY}}, {u"s-p", {1}}, {u"nobody", {2}}});
  EXPECT_EQ(reply.packages[0].context_thunks,
            (std::vector<std::uint32_t>{SECPKG_ATTR_LIFESPAN, SECPKG_ATTR_FLAGS, SECPKG_ATTR_AUTHORITY}));
  EXPECT_TRUE(reply.packages[1].context_thunks.empty()) << "a package without the slot keeps its own";
  EXPECT_EQ(observed().LastKind, 1u);
}

TEST_F(ExtendedInformation, ThunksThatThePackageRefusesLeaveItsOwn) {
  EXPECT_EQ(load_extended({{u"g-p", std::vector<std::uint32_t>(9, 1)}}).packages[0].context_thunks.size(), 2u);
  EXPECT_EQ(observed().LastKind, 1u);
}

TEST_F(ExtendedInformation, NoThunksCanBeSetToo) {
  EXPECT_TRUE(load_extended({{u"g-p", {}}}).packages[0].context_thunks.empty());
}

TEST_F(ExtendedInformation, CheckingAFileAsksForNone) {
  const auto reply = load("test_extended", true, {{u"g-p", {1}}});
  ASSERT_EQ(reply.packages.size(), 3u);
  EXPECT_EQ(reply.packages[0].extended, seam::ExtendedInformation{});
  EXPECT_EQ(observed().LastKind, 0u);
}

}  // namespace
}  // namespace openlsa::host::test
