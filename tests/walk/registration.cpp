// The tests: one for each row and way; and that no exported function and no slot of a table is without a row.
#include <gtest/gtest.h>

#include <cstdio>
#include <set>

#include "support/composition.hpp"
#include "walk/areas.hpp"
#include "walk/walker.hpp"

namespace openlsa::walk {
namespace {

class Walk : public ::testing::Test {
 public:
  explicit Walk(std::function<void()> body) : body_(std::move(body)) {}
  void TestBody() override { body_(); }

 private:
  std::function<void()> body_;
};

std::string identifier(std::string title) {
  for (char& character : title)
    if (std::isalnum(static_cast<unsigned char>(character)) == 0) character = '_';
  return title;
}

void add(const char* way, const Row& row, std::function<void()> body) {
  if (row.needs_root)
    body = [body = std::move(body)] {
      OPENLSA_NEEDS_ROOT();
      body();
    };
  ::testing::RegisterTest(way, identifier(row.title()).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [body = std::move(body)]() -> ::testing::Test* { return new Walk(body); });
}

// What the library exports, without the names for programs of the same build.
std::set<std::string> exported(const char* library) {
  std::set<std::string> names;
  const std::string command =
      std::string("nm -D --defined-only --format=posix ") + OPENLSA_TEST_LIBRARIES + "/" + library;
  FILE* const pipe = ::popen(command.c_str(), "r");
  char name[256], type = 0;
  while (pipe != nullptr && std::fscanf(pipe, "%255s %c%*[^\n]", name, &type) == 2) {
    std::string text = name;
    text.resize(std::min(text.find('@'), text.size()));
    if (type != 'T' && type != 'W') continue;
    if (text.starts_with("openlsa_private_") || text == "openlsa_admin_call") continue;
    if (text.starts_with("openlsa_")) text.erase(0, 8);
    names.insert(text);
  }
  if (pipe != nullptr) ::pclose(pipe);
  return names;
}

std::set<std::string> walked() {
  std::set<std::string> names;
  for (const Row& row : rows()) names.insert(row.name);
  return names;
}

TEST(Walk, PassesEveryExportedFunction) {
  const std::set<std::string> names = walked();
  for (const char* library : {"libsecur32.so.1", "libopenlsa.so.1"}) {
    const std::set<std::string> all = exported(library);
    EXPECT_GT(all.size(), 50u) << library << " is not read";
    for (const std::string& name : all) EXPECT_TRUE(names.contains(name)) << name << " of " << library << " has no row";
  }
}

TEST(Walk, PassesEverySlotOfTheTables) {
  for (const Slot& slot : slots()) {
    ASSERT_NE(slot.function, nullptr) << slot.table << "." << slot.name;
    EXPECT_EQ(slot.function, slot.exported) << slot.table << "." << slot.name << " is not the exported function";
  }
}

}  // namespace

void register_walk() {
  add_all_rows();
  for (const Row& row : rows()) {
    add("GoodCall", row, [&row] { walk_good_calls(row); });
    add("WrongCall", row, [&row] { walk_wrong_calls(row); });
    for (std::size_t i = 0; i < row.parameters.size(); ++i)
      if (row.parameters[i].handle != Kind::none && row.only_failure == 0)
        add("Threads", row, [&row, i] { walk_with_threads(row, i); });
  }
}

}  // namespace openlsa::walk
