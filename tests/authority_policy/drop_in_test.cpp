#include "authority/packages/drop_in.hpp"

#include <gtest/gtest.h>

#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {
namespace {

DropIn example(const std::string& state) {
  DropIn drop_in;
  drop_in.name = "demo";
  drop_in.sha256.fill(0xab);
  drop_in.file = state + "/packages/" + to_hex(drop_in.sha256) + "/demo.so";
  drop_in.uid = 59500;
  drop_in.rights = {{"*", "CORP\\o\"x"}, true, false, true, {"Kerberos"}};
  return drop_in;
}

void make_file(const std::string& state, const DropIn& drop_in) {
  std::filesystem::create_directories(state + "/packages/" + to_hex(drop_in.sha256));
  std::ofstream(drop_in.file) << "x";
}

TEST(DropIn, ReadsBackWhatItWrote) {
  TemporaryDirectory state;
  const std::string directory = state / "packages.d";
  const DropIn written = example(state.path());
  make_file(state.path(), written);
  ASSERT_TRUE(write_drop_in(directory, written));
  ASSERT_TRUE(write_drop_in(directory, written));  // replaces
  const auto read = read_drop_in(directory, "demo", state.path());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->file, written.file);
  EXPECT_EQ(read->sha256, written.sha256);
  EXPECT_EQ(read->uid, written.uid);
  EXPECT_EQ(read->rights.vouch_for, written.rights.vouch_for);
  EXPECT_EQ(read->rights.call_packages, written.rights.call_packages);
  EXPECT_TRUE(read->rights.clear_text_passwords && read->rights.network && !read->rights.account_keys);
  EXPECT_TRUE(remove_drop_in(directory, "demo"));
  EXPECT_FALSE(read_drop_in(directory, "demo", state.path()));
  EXPECT_FALSE(remove_drop_in(directory, "../demo"));
}

TEST(DropIn, SaysWhatKindOfFileItIs) {
  TemporaryDirectory state;
  DropIn drop_in = example(state.path());
  const auto back = [&](const std::string& text) {
    return parse_drop_in(text, "/etc/packages.d/demo.toml", state.path());
  };
  for (const seam::Door door :
       {seam::Door::security_packages, seam::Door::sub_authentication, seam::Door::notification, seam::Door::domain}) {
    drop_in.door = door;
    drop_in.number = door == seam::Door::sub_authentication ? 255 : 0;
    const auto parsed = back(format_drop_in(drop_in));
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->door, door);
    EXPECT_EQ(parsed->number, drop_in.number);
  }
  const std::string text = "file = \"" + drop_in.file + "\"\nsha256 = \"" + to_hex(drop_in.sha256) + "\"\nuid = 5\n";
  EXPECT_TRUE(back(text + "kind = \"sub-authentication\"\nnumber = 0\n"));
  for (const char* wrong : {"kind = \"sub-authentication\"\n", "kind = \"sub-authentication\"\nnumber = 256\n",
                            "kind = \"notification\"\nnumber = 1\n", "number = 1\n", "kind = \"filter\"\n"})
    EXPECT_FALSE(back(text + wrong)) << wrong;
}

TEST(DropIn, RightsAreNothingUnlessTheyStandThere) {
  TemporaryDirectory state;
  const DropIn drop_in = example(state.path());
  const std::string text = "file = \"" + drop_in.file + "\"\nsha256 = \"" + to_hex(drop_in.sha256) + "\"\nuid = 5\n";
  const auto parsed = parse_drop_in(text, "/etc/packages.d/demo.toml", state.path());
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_TRUE(parsed->rights.vouch_for.empty() && parsed->rights.call_packages.empty());
  EXPECT_FALSE(parsed->rights.clear_text_passwords || parsed->rights.account_keys || parsed->rights.network);
}

TEST(DropIn, ContextThunksStandByThePackagesName) {
  TemporaryDirectory state;
  DropIn drop_in = example(state.path());
  EXPECT_TRUE(parse_drop_in(format_drop_in(drop_in), "/d/demo.toml", state.path())->context_thunks.empty());
  drop_in.context_thunks = {{u"De\"mo", {1, 0xffffffff}}, {u"Other", {}}};
  const auto parsed = parse_drop_in(format_drop_in(drop_in), "/d/demo.toml", state.path());
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->context_thunks, drop_in.context_thunks);
  const std::string good = format_drop_in(example(state.path()));
  for (const char* bad : {"Demo = 1", "Demo = [\"1\"]", "Demo = [-1]", "\"\" = [1]", "Demo = [4294967296]"})
    EXPECT_FALSE(parse_drop_in(good + "[context_thunks]\n" + bad + "\n", "/d/demo.toml", state.path())) << bad;
  drop_in.context_thunks = {{u"Demo", std::vector<std::uint32_t>(257, 1)}};
  EXPECT_FALSE(parse_drop_in(format_drop_in(drop_in), "/d/demo.toml", state.path()));
}

TEST(DropIn, RefusesEverythingElse) {
  const std::string state = "/s";
  const DropIn drop_in = example(state);
  const std::string good = format_drop_in(drop_in);
  const auto refused = [&](std::string from, std::string to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return !parse_drop_in(text, "/d/demo.toml", state);
  };
  ASSERT_TRUE(parse_drop_in(good, "/d/demo.toml", state));
  EXPECT_FALSE(parse_drop_in(good, "/d/demo.toml", "/other"));
  EXPECT_FALSE(parse_drop_in(good, "/d/de mo.toml", state));
  EXPECT_TRUE(refused("/demo.so", "/../x/demo.so"));
  EXPECT_TRUE(refused("/demo.so", "/sub/demo.so"));
  EXPECT_TRUE(refused("/demo.so", "/"));
  EXPECT_TRUE(refused("sha256 = \"ab", "sha256 = \"cd"));
  EXPECT_TRUE(refused("uid = 59500", "uid = 0"));
  EXPECT_TRUE(refused("uid = 59500", "uid = 4294967295"));
  EXPECT_TRUE(refused("uid = 59500", ""));
  EXPECT_TRUE(refused("network = true", "network = 1"));
  EXPECT_TRUE(refused("network", "netwrok"));
  EXPECT_TRUE(refused("\"*\"", "7"));
}

TEST(DropIn, ListsInNameOrderAndTellsOfBadNames) {
  TemporaryDirectory directory;
  for (const char* name : {"20-b.toml", "10-a.toml", ".hidden.toml", "demo.toml.new-1", "README"})
    directory.write(name, "");
  const auto listing = list_drop_ins(directory.path());
  ASSERT_TRUE(listing);
  EXPECT_EQ(listing->names, (std::vector<std::string>{"10-a", "20-b"}));
  ASSERT_EQ(listing->refused.size(), 1u);
  EXPECT_EQ(listing->refused[0].first, ".hidden.toml");
  EXPECT_TRUE(list_drop_ins(directory / "absent")->names.empty());
  ::chmod(directory.path().c_str(), 0777);
  EXPECT_FALSE(list_drop_ins(directory.path()));
}

TEST(DropIn, TrustsOnlyFilesThatNobodyElseWrites) {
  TemporaryDirectory state;
  const DropIn drop_in = example(state.path());
  make_file(state.path(), drop_in);
  ASSERT_TRUE(write_drop_in(state / "packages.d", drop_in));
  ::chmod(drop_in.file.c_str(), 0666);
  EXPECT_FALSE(read_drop_in(state / "packages.d", "demo", state.path()));
  ::chmod(drop_in.file.c_str(), 0644);
  ::chmod((state / "packages.d/demo.toml").c_str(), 0664);
  EXPECT_FALSE(read_drop_in(state / "packages.d", "demo", state.path()));
}

}  // namespace
}  // namespace openlsa::authority
