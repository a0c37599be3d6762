#include "authority/packages/package_files.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "authority_policy/temporary_directory.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::authority {
namespace {

constexpr const char* abc_hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // FIPS 180-2, B.1

class PackageFiles : public testing::Test {
 protected:
  OpenedFile open(const std::string& name, const std::string& text) {
    const std::string path = directory_.write(name, text);
    files_.emplace_back(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return {name, files_.back().get()};
  }
  TemporaryDirectory directory_;
  TemporaryDirectory state_;
  std::vector<base::UniqueFd> files_;
};

mode_t mode_of(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

std::size_t entries_of(const std::string& directory) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
}

TEST_F(PackageFiles, CopiesBelowTheHashOfWhatItWrote) {
  const OpenedFile package = open("demo.so", "abc");
  const auto stored = store_package(state_.path(), package, {open("helper.so", "library")});
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_TRUE(stored->fresh);
  EXPECT_EQ(stored->path, state_ / "packages/" + abc_hash + "/demo.so");
  EXPECT_EQ(TemporaryDirectory::read(stored->path), "abc");
  EXPECT_EQ(TemporaryDirectory::read(stored->directory + "/helper.so"), "library");
  EXPECT_EQ(mode_of(stored->path), 0644u);
  EXPECT_EQ(mode_of(stored->directory), 0755u);
  EXPECT_EQ(entries_of(state_ / "packages"), 1u);
  EXPECT_TRUE(verify_hash(stored->path, stored->sha256));
}

TEST_F(PackageFiles, TakesAnEqualCopyOverAndRefusesAnother) {
  const OpenedFile package = open("demo.so", "abc");
  ASSERT_TRUE(store_package(state_.path(), package, {}));
  const auto again = store_package(state_.path(), package, {});  // the descriptor was read to its end before
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->fresh);
  EXPECT_FALSE(store_package(state_.path(), package, {open("more.so", "x")}));
  EXPECT_FALSE(store_package(state_.path(), {"other.so", package.descriptor}, {}));
  EXPECT_EQ(entries_of(state_ / "packages"), 1u);
  std::ofstream(again->path, std::ios::app) << "d";
  EXPECT_FALSE(store_package(state_.path(), package, {}));
}

TEST_F(PackageFiles, RefusesNamesAndFilesThatAreNone) {
  const OpenedFile package = open("demo.so", "abc");
  for (const char* name : {"", ".", "..", "../x", "a/b", ".hidden", "-x", "a b", "a\n"})
    EXPECT_FALSE(store_package(state_.path(), {name, package.descriptor}, {})) << name;
  EXPECT_FALSE(store_package(state_.path(), package, {{"demo.so", package.descriptor}}));
  const base::UniqueFd folder(::open(directory_.path().c_str(), O_RDONLY));
  EXPECT_FALSE(store_package(state_.path(), {"demo.so", folder.get()}, {}));
  EXPECT_FALSE(store_package(state_.path(), {"demo.so", -1}, {}));
  EXPECT_FALSE(store_package(state_.path(), package, {{"helper.so", -1}}));
  EXPECT_EQ(entries_of(state_ / "packages"), 0u);
}

TEST_F(PackageFiles, NoticesAChangedOrUntrustedFile) {
  const auto stored = store_package(state_.path(), open("demo.so", "abc"), {});
  ASSERT_TRUE(stored);
  EXPECT_TRUE(verify_trusted_file(stored->path));
  ::chmod(stored->path.c_str(), 0664);
  EXPECT_FALSE(verify_trusted_file(stored->path));
  std::ofstream(stored->path) << "abd";
  EXPECT_FALSE(verify_hash(stored->path, stored->sha256));
  EXPECT_TRUE(remove_stored_package(*stored));
  EXPECT_FALSE(verify_hash(stored->path, stored->sha256));
}

}  // namespace
}  // namespace openlsa::authority
