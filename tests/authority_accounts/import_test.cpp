#include "authority/accounts/import_batch.hpp"

#include <fmt/core.h>

#include <chrono>

#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

base::OrFailure<ImportRow> json_row(std::string line) {
  const auto fields = parse_json_line({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
  if (!fields) return std::unexpected(fields.error());
  return parse_import_row(*fields);
}

TEST(ImportRows, JsonIsReadWhole) {
  const auto row =
      json_row(R"( {"name":"a\u00dfb\ud83d\ude00\"x" , "uid": 5000,"groups":[27,44],"member_of":["staff","x y"],)"
               R"("disabled":true,"full_name":null,"password":"p\/\\\n","workstations":[]} )");
  ASSERT_TRUE(row) << row.error().message;
  EXPECT_EQ(row->account.name, "aßb😀\"x");
  EXPECT_EQ(row->account.uid, 5000u);
  EXPECT_EQ(row->account.groups, (std::vector<std::uint32_t>{27, 44}));
  EXPECT_EQ(row->member_of, (std::vector<std::string>{"staff", "x y"}));
  EXPECT_TRUE(row->account.disabled);
  EXPECT_EQ(*row->account.key, key_of("p/\\\n"));
  EXPECT_EQ(row->given.size(), 7u) << "null is not given";
}

TEST(ImportRows, WhatIsNoJsonIsNone) {
  for (const char* line : {"",
                           "{",
                           "[]",
                           "{}x",
                           "{\"name\"}",
                           "{\"name\":}",
                           "{\"name\":\"a\",}",
                           "{\"name\":\"a\" \"uid\":1}",
                           "{\"name\":\"a\",\"name\":\"b\"}",
                           "{\"name\":\"\\ud800\"}",
                           "{\"name\":\"\\udc00\"}",
                           "{\"name\":\"\\x\"}",
                           "{\"name\":\"a\",\"uid\":1.5}",
                           "{\"name\":\"a\",\"uid\":tru}",
                           "{\"name\":\"a\",\"groups\":[1,]}",
                           "{\"name\":\"a\",\"groups\":[[1]]}",
                           "{\"name\":\"a\",\"x\":{}}",
                           "{\"name\":\"a",
                           "{\"name\":\"a\",\"uid\":-1}",
                           "{\"name\":\"a\",\"uid\":4294967296}",
                           "{\"name\":\"a\",\"nosuch\":1}",
                           "{\"uid\":1}",
                           "{\"name\":\"a\",\"nt_key\":\"zz\"}",
                           "{\"name\":\"a\",\"member_of\":[\"a;b\"]}",
                           "{\"name\":\"a\",\"password\":\"x\",\"nt_key\":\"31d6cfe0d16ae931b73c59d7e0c089c0\"}"})
    EXPECT_FALSE(json_row(line)) << line;
}

TEST(ImportRows, CsvIsReadAsRfc4180) {
  std::string line = "\"a\"\"b\",,\"x,y\",7";
  const auto fields =
      parse_csv_line({reinterpret_cast<std::uint8_t*>(line.data()), line.size()}, {"name", "uid", "full_name", "gid"});
  ASSERT_TRUE(fields) << fields.error().message;
  ASSERT_EQ(fields->size(), 3u);
  EXPECT_EQ((*fields)[0].second, "a\"b");
  EXPECT_EQ((*fields)[1].second, "x,y");
  for (std::string wrong : {"a,b", "a,b,c,d,e", "\"a,b,c,d", "\"a\"x,b,c,d", "a\"b,b,c,d", ""})
    EXPECT_FALSE(parse_csv_line({reinterpret_cast<std::uint8_t*>(wrong.data()), wrong.size()},
                                {"name", "uid", "full_name", "gid"}))
        << wrong;
  for (std::string wrong : {"", "uid", "name,name", "name,\"x"})
    EXPECT_FALSE(parse_csv_header({reinterpret_cast<std::uint8_t*>(wrong.data()), wrong.size()})) << wrong;
}

class Import : public StoreFixture {
 protected:
  ImportResult run(std::string text, ImportFormat format = ImportFormat::json_lines,
                   std::vector<std::string> columns = {}) {
    const auto result = import_batch(*store_, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()},
                                     {.format = format, .columns = std::move(columns), .is_end = true});
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : ImportResult();
  }
};

TEST_F(Import, AgainAddsNothingAndSaysSo) {
  ASSERT_TRUE(store_->add_group({"staff", 3000}));
  const std::string text =
      "{\"name\":\"alice\",\"uid\":5000,\"password\":\"First1!x\",\"member_of\":[\"staff\"]}\n"
      "{\"name\":\"bob\",\"nt_key\":\"a4f49c406510bdcab6824ee7c30fd852\",\"disabled\":true}";
  const ImportResult first = run(text), again = run(text);
  EXPECT_EQ(first.added, 2u);
  EXPECT_EQ(first.failed, 0u);
  EXPECT_EQ(again.added, 0u);
  EXPECT_EQ(again.skipped, 2u);
  reopen();
  EXPECT_EQ(run(text).skipped, 2u);
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_SUCCESS);
  EXPECT_EQ(log_on("bob", "Password"), STATUS_ACCOUNT_DISABLED);
  EXPECT_EQ(store_->find_by_name("alice")->groups, (std::vector<std::uint32_t>{3000}));
}

TEST_F(Import, WhatDiffersIsSaidWithItsLine) {
  run("{\"name\":\"alice\",\"uid\":5000,\"password\":\"First1!x\"}");
  for (const char* differs : {"{\"name\":\"ALICE\",\"uid\":5001}", "{\"name\":\"alice\",\"password\":\"Other1!x\"}",
                              "{\"name\":\"alice\",\"home\":\"/srv\"}", "{\"name\":\"alice\",\"disabled\":true}"}) {
    const ImportResult result = run(std::string("\n") + differs + "\n");
    EXPECT_EQ(result.failed, 1u) << differs;
    ASSERT_EQ(result.problems.size(), 1u);
    EXPECT_EQ(result.problems[0].line, 2u);
    EXPECT_EQ(result.problems[0].message.find("Other1!x"), std::string::npos);
  }
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_SUCCESS);
}

TEST_F(Import, ABadRowCostsNoOther) {
  const ImportResult result = run("alice,5000\nbob,x\ncarol,5000\ndave,0\ncarol,5001\nCAROL,5001\nroot,5002\n",
                                  ImportFormat::csv, {"name", "uid"});
  EXPECT_EQ(result.added, 2u);
  EXPECT_EQ(result.failed, 5u);
  EXPECT_EQ(store_->count(), 2u);
  EXPECT_EQ(store_->find_by_name("carol")->uid, 5001u);
  reopen();
  EXPECT_EQ(store_->count(), 2u);
}

TEST_F(Import, ALineThatIsNotWholeWaits) {
  std::string text = "{\"name\":\"alice\"}\n{\"name\":\"bob\"";
  const auto result = import_batch(*store_, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()},
                                   {.format = ImportFormat::json_lines});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->added, 1u);
  EXPECT_EQ(result->taken_bytes, text.find('\n') + 1);
}

// Enough to see a search that grows with the number of accounts.
TEST_F(Import, AHundredThousandAccountsComeInAndStay) {
  std::size_t added = 0;
  for (int batch = 0; batch < 100; ++batch) {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
      const int number = batch * 1000 + i;
      text += fmt::format("user{},{},a4f49c406510bdcab6824ee7c30fd852\n", number, 200000 + number);
    }
    added += run(text, ImportFormat::csv, {"name", "uid", "nt_key"}).added;
  }
  EXPECT_EQ(added, 100'000u);
  EXPECT_EQ(store_->count(), 100'000u);
  EXPECT_EQ(store_->find_by_uid(299'999)->name, "user99999");
  EXPECT_EQ(log_on("USER77777", "Password"), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(store_->count(), 100'000u);
  EXPECT_EQ(log_on("user3", "Password"), STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
