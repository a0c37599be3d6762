// Descriptors that come with a frame: none may stay in lsad, and a memory file is read only when nobody can change it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "hostile/requests.hpp"
#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"

namespace openlsa::test {
namespace {

constexpr int all_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

// Not readable for a plain user when lsad is not dumpable: then 0 always.
std::size_t descriptors_of_lsad() {
  std::error_code error;
  std::size_t count = 0;
  for (std::filesystem::directory_iterator at("/proc/" + std::to_string(lsad()->process_id()) + "/fd", error), end;
       !error && at != end; at.increment(error))
    ++count;
  return count;
}

base::UniqueFd memory_file(const wire::Message& body, int seals) {
  base::UniqueFd file(::memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (::write(file.get(), body.bytes.data(), body.bytes.size()) != static_cast<ssize_t>(body.bytes.size())) return {};
  if (::fcntl(file.get(), F_ADD_SEALS, seals) != 0) return {};
  return file;
}

// A frame whose body is in the memory file that goes with it.
Datagram in_memory_file(std::uint16_t method, std::size_t size) {
  wire::FrameHeader header{.kind = wire::FrameKind::request, .method = method, .id = 1};
  header.flags = wire::frame_in_memory_file;
  header.body_size_bytes = static_cast<std::uint32_t>(size);
  Datagram datagram(sizeof header);
  set_header(datagram, header);
  return datagram;
}

class Descriptors : public testing::Test {
 protected:
  void SetUp() override { before_ = descriptors_of_lsad(); }
  void TearDown() override {
    EXPECT_EQ(bystander_.complaint(), "");
    // What others left behind may go meanwhile: fewer are no fault.
    EXPECT_TRUE(eventually([&] { return descriptors_of_lsad() <= before_ + 1; }))
        << descriptors_of_lsad() << " descriptors in lsad, " << before_ << " before";
  }
  Bystander bystander_;
  std::size_t before_ = 0;
};

TEST_F(Descriptors, ThatNobodyAskedForClose) {
  const base::UniqueFd file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  for (const std::size_t count : {1u, 2u, 16u, 17u, 18u, 253u}) {
    RawConnection connection;
    const std::vector<int> descriptors(count, file.get());
    EXPECT_EQ(connection.send_and_wait(datagram_of(hello_method, seam::HelloRequest{}), descriptors), Outcome::closed)
        << count << " descriptors";
  }
}

TEST_F(Descriptors, ThatAreMissingClose) {
  RawConnection connection;
  connection.greet();
  wire::Message body;
  body.bytes = {1};  // "a descriptor comes with this"
  EXPECT_EQ(connection.send_and_wait(datagram_of(import_token_method, body)), Outcome::closed);
}

TEST_F(Descriptors, ThatAreNoTokensAreNoTokens) {
  RawConnection connection;
  connection.greet();
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
  for (const int descriptor : {::open("/dev/null", O_RDONLY | O_CLOEXEC), pair[0], pair[1], ::dup(connection.socket()),
                               ::memfd_create("no token", MFD_CLOEXEC)}) {
    seam::ImportTokenRequest request;
    request.descriptor = base::UniqueFd(descriptor);
    EXPECT_EQ(connection.authority().import_token(std::move(request)).status, STATUS_INVALID_HANDLE);
  }
}

class MemoryFiles : public Descriptors {
 protected:
  MemoryFiles() {
    script_.resize(wire::inline_limit_bytes + 1000, '\n');
    body_ = wire::encode(attacker_.call(script_));
  }
  Outcome send(const base::UniqueFd& file, std::size_t size) {
    return attacker_.connection.send_and_wait(in_memory_file(call_package_method, size), {file.get()});
  }
  Attacker attacker_;
  std::string script_ = "echo from-a-file\n";
  wire::Message body_;
};

TEST_F(MemoryFiles, SealedOnesAreRead) {
  ASSERT_EQ(send(memory_file(body_, all_seals), body_.bytes.size()), Outcome::answered);
  EXPECT_EQ(attacker_.connection.reply_status(), STATUS_SUCCESS);
}

TEST_F(MemoryFiles, WithoutASealClose) {
  for (const int missing : {F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE, all_seals}) {
    Attacker attacker;
    const base::UniqueFd file = memory_file(wire::encode(attacker.call(script_)), all_seals & ~missing);
    ASSERT_TRUE(file);
    EXPECT_EQ(attacker.connection.send_and_wait(in_memory_file(call_package_method, body_.bytes.size()), {file.get()}),
              Outcome::closed)
        << "without the seals " << missing;
  }
}

TEST_F(MemoryFiles, OfAnotherSizeClose) {
  for (const std::size_t size : {body_.bytes.size() - 1, body_.bytes.size() + 1, wire::inline_limit_bytes,
                                 wire::body_limit_bytes, wire::body_limit_bytes + 1, std::size_t{0x80000000}}) {
    Attacker attacker;
    const base::UniqueFd file = memory_file(body_, all_seals);
    EXPECT_EQ(attacker.connection.send_and_wait(in_memory_file(call_package_method, size), {file.get()}),
              Outcome::closed)
        << "a body size of " << size;
  }
}

TEST_F(MemoryFiles, AboveTheLimitClose) {
  wire::Message large;
  large.bytes.resize(wire::body_limit_bytes + 1);
  EXPECT_EQ(send(memory_file(large, all_seals), large.bytes.size()), Outcome::closed);
}

TEST_F(MemoryFiles, WithSomethingElseInTheirPlaceClose) {
  int pipe[2];
  ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
  const base::UniqueFd read_end(pipe[0]), write_end(pipe[1]);
  const base::UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC)), zero(::open("/dev/zero", O_RDONLY | O_CLOEXEC)),
      directory(::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), path(::open("/etc/passwd", O_PATH | O_CLOEXEC));
  for (const base::UniqueFd* file : {&read_end, &write_end, &null, &zero, &directory, &path}) {
    Attacker attacker;
    EXPECT_EQ(attacker.connection.send_and_wait(in_memory_file(call_package_method, body_.bytes.size()), {file->get()}),
              Outcome::closed);
  }
}

TEST_F(MemoryFiles, WithoutAFileOrWithABodyBesideItClose) {
  EXPECT_EQ(attacker_.connection.send_and_wait(in_memory_file(call_package_method, body_.bytes.size())),
            Outcome::closed);
  Attacker other;
  const base::UniqueFd file = memory_file(body_, all_seals);
  Datagram both = in_memory_file(call_package_method, body_.bytes.size());
  both.push_back(0);
  EXPECT_EQ(other.connection.send_and_wait(both, {file.get()}), Outcome::closed);
}

TEST_F(MemoryFiles, WithTwoFilesClose) {
  const base::UniqueFd one = memory_file(body_, all_seals), two = memory_file(body_, all_seals);
  EXPECT_EQ(attacker_.connection.send_and_wait(in_memory_file(call_package_method, body_.bytes.size()),
                                               {one.get(), two.get()}),
            Outcome::closed);
}

}  // namespace
}  // namespace openlsa::test
