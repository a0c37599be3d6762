// a process that adds accounts, changes passwords and says what is done, killed at any time. What it has said is
// there afterwards.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>

#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class Sigkill : public StoreFixture {
 protected:
  std::string text_of(std::uint32_t number) { return "Secret!" + std::to_string(number); }
  // Adds u<n>, sets its password, adds a wrong guess; says n after each step that came back.
  [[noreturn]] void work(int pipe, std::uint32_t first) {
    auto opened = AccountStore::open(options());
    if (!opened) ::_exit(9);
    store_ = std::move(*opened);
    for (std::uint32_t number = first;; ++number) {
      const std::string name = "u" + std::to_string(number);
      if (!store_->add({name, 100000 + number})) ::_exit(8);
      say(pipe, 'a', number);
      if (reset(name, text_of(number)) != STATUS_SUCCESS) ::_exit(7);
      say(pipe, 'p', number);
      if (log_on(name, "wrong") != STATUS_WRONG_PASSWORD) ::_exit(6);
      say(pipe, 'w', number);
    }
  }
  static void say(int pipe, char what, std::uint32_t number) {
    char line[8] = {what};
    std::memcpy(line + 4, &number, 4);
    if (::write(pipe, line, sizeof line) != sizeof line) ::_exit(5);
  }
};

TEST_F(Sigkill, LosesNothingThatWasAcknowledged) {
  const char* wanted = std::getenv("OPENLSA_SOAK");
  const int rounds = wanted != nullptr ? 1000 : 50;
  store_.reset();
  std::mt19937 random(11);
  std::uint32_t next = 0;
  for (int round = 0; round < rounds; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) work(pipe[1], next);
    ::close(pipe[1]);
    std::uint32_t added = next, passwords = next, wrongs = next;  // one more than the last that was said
    const auto read_lines = [&](std::size_t most) {
      char line[8];
      for (std::size_t i = 0; i < most && ::read(pipe[0], line, sizeof line) == sizeof line; ++i) {
        std::uint32_t number;
        std::memcpy(&number, line + 4, 4);
        (line[0] == 'a' ? added : line[0] == 'p' ? passwords : wrongs) = number + 1;
      }
    };
    read_lines(1 + random() % 20);
    ::usleep(random() % 3000);
    ::kill(child, SIGKILL);
    read_lines(SIZE_MAX);
    ::close(pipe[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child gave up: " << WEXITSTATUS(status);
    reopen();
    ASSERT_TRUE(store_);
    for (std::uint32_t number = next; number < added; ++number)
      ASSERT_TRUE(store_->find_by_name("u" + std::to_string(number))) << number;
    for (std::uint32_t number = next; number < wrongs; ++number)
      ASSERT_EQ(store_->find_by_name("u" + std::to_string(number))->bad_password_count, 1u) << number;
    for (std::uint32_t number = next; number < passwords; ++number)
      ASSERT_EQ(log_on("u" + std::to_string(number), text_of(number)), STATUS_SUCCESS) << number;
    // The one that was under way is there or not, but whole; the next child begins behind it.
    next = added;
    if (const auto half = store_->find_by_uid(100000 + added)) ++next;
    store_.reset();
  }
  EXPECT_GT(next, 20u);
}

}  // namespace
}  // namespace openlsa::authority
