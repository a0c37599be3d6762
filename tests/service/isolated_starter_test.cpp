// What a host process gets from lsad, and what it does not.
#include "service/hosts/isolated_starter.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace openlsa::service {
namespace {

// No call comes: a shell has no frames to send.
class NoSupport final : public seam::SupportCalls {
#define OPENLSA_NONE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {    \
    seam::Message##Reply reply{};                                     \
    reply.status = STATUS_NOT_IMPLEMENTED;                            \
    return reply;                                                     \
  }
  OPENLSA_SUPPORT_CALLS(OPENLSA_NONE)
#undef OPENLSA_NONE
};

class IsolatedStarterTest : public testing::Test {
 protected:
  IsolatedStarterTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "openlsa-starter-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~IsolatedStarterTest() override { std::filesystem::remove_all(root_); }

  // What a program in the place of lsahost found; it says "end" last.
  std::string run(const std::string& script) {
    const std::string program = root_ + "/lsahost", found = root_ + "/found";
    std::ofstream(program) << "#!/bin/sh\n{ " << script << "; echo end; } > " << found << "\nread line <&3\n";
    ::chmod(program.c_str(), 0755);
    IsolatedStarter starter(program);
    seam::HostSpec spec;
    spec.name = "test";
    spec.path = root_ + "/package.so";
    auto host = starter.start(spec, std::make_shared<NoSupport>(), [] {});
    EXPECT_TRUE(host) << host.error().message;
    std::string text;
    while (text.find("end") == std::string::npos) {
      ::usleep(1000);
      std::ifstream file(found);
      text.assign(std::istreambuf_iterator<char>(file), {});
    }
    return text;
  }
  std::string root_;
};

TEST_F(IsolatedStarterTest, AHostInheritsNoDescriptorOfOurs) {
  const int leaked = ::fcntl(0, F_DUPFD, 20);  // as a descriptor that lsad was started with
  ASSERT_GE(leaked, 20);
  const std::string found = run("ls /proc/$$/fd");
  ::close(leaked);
  EXPECT_EQ(found.find(std::to_string(leaked)), std::string::npos) << found;
}

TEST_F(IsolatedStarterTest, AHostHasNotOurOutput) {
  const std::string found = run("readlink /proc/$$/fd/2; readlink /proc/" + std::to_string(::getpid()) + "/fd/2");
  const std::string theirs = found.substr(0, found.find('\n'));
  EXPECT_EQ(theirs.substr(0, 5), "pipe:");
  EXPECT_EQ(found.find(theirs + "\n", theirs.size()), std::string::npos) << found;
}

// Lines of a host carry its name, and nothing in them steers a terminal.
TEST_F(IsolatedStarterTest, AHostSpeaksInItsOwnName) {
  testing::internal::CaptureStderr();
  run("printf 'lsad: ending\\033[2J\\n' >&2");
  std::string said;
  for (int waited = 0; waited < 5000 && said.find("ending") == std::string::npos; ++waited) {
    ::usleep(1000);
    said += testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
  }
  testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("host 'test': lsad: ending?[2J\n"), std::string::npos) << said;
}

}  // namespace
}  // namespace openlsa::service
