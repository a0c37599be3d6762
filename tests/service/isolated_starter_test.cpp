// What a host process gets from lsad, and what it does not.
#include "service/hosts/isolated_starter.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>

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
    const std::string found = root_ + "/found";
    const auto host = start("{ " + script + "; echo end; } > " + found + "\nread line <&3\n");
    std::string text;
    while (text.find("end") == std::string::npos) {
      ::usleep(1000);
      std::ifstream file(found);
      text.assign(std::istreambuf_iterator<char>(file), {});
    }
    return text;
  }
  std::string how_it_ends(const std::string& script) {
    std::promise<void> lost;
    const auto host = start(script + "\n", [&] { lost.set_value(); });
    lost.get_future().wait();
    return host->how_it_ended();
  }

 private:
  std::shared_ptr<seam::PackageHost> start(const std::string& script, std::function<void()> lost = [] {}) {
    const std::string program = root_ + "/lsahost";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    ::chmod(program.c_str(), 0755);
    IsolatedStarter starter(program);
    seam::HostSpec spec;
    spec.name = "test";
    spec.path = root_ + "/package.so";
    spec.service_directories = services_;
    auto host = starter.start(spec, std::make_shared<NoSupport>(), std::move(lost));
    EXPECT_TRUE(host) << host.error().message;
    return host.value_or(nullptr);
  }

  std::string root_;

 protected:
  std::vector<std::string> services_;
};

TEST_F(IsolatedStarterTest, ALostHostSaysHowItEnded) {
  EXPECT_EQ(how_it_ends("kill -SEGV $$"), "crashed: signal 11 (Segmentation fault)");
  EXPECT_EQ(how_it_ends("exit 3"), "ended by itself (exit status 3)");
  EXPECT_EQ(how_it_ends("kill -KILL $$"), "was killed");
}

TEST_F(IsolatedStarterTest, AHostIsToldOfTheServicesThatItMayUse) {
  EXPECT_EQ(run("echo \"$*\"").find("--service"), std::string::npos);
  services_ = {"/run/a", "/run/b"};
  EXPECT_NE(run("echo \"$*\"").find("--service /run/a --service /run/b"), std::string::npos);
}

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

// A host that writes without end does not fill the log; how much was left out is said.
TEST_F(IsolatedStarterTest, AHostHasAShareOfTheLog) {
  testing::internal::CaptureStderr();
  run("i=0; while [ $i -lt 5000 ]; do echo line >&2; i=$((i+1)); done; sleep 0.2; echo last >&2");
  std::string said;
  for (int waited = 0; waited < 5000 && said.find("last") == std::string::npos; ++waited) {
    ::usleep(1000);
    said += testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
  }
  testing::internal::GetCapturedStderr();
  EXPECT_LT(std::count(said.begin(), said.end(), '\n'), 4000);
  EXPECT_NE(said.find("lines were left out)"), std::string::npos);
}

}  // namespace
}  // namespace openlsa::service
