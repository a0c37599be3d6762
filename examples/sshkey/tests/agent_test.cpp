#include "ssh/agent.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "core/wire.hpp"
#include "ssh/sshsig.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

// With a real ssh-agent and a real ssh-keygen.
class RealAgentTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!agent_.running()) GTEST_SKIP() << "ssh-agent, ssh-add or ssh-keygen is not installed (Debian: openssh-client)";
  }
  test::RealAgent agent_;
};

TEST_P(RealAgentTest, SshKeygenAcceptsAStatementThatTheAgentSigned) {
  const auto file = agent_.add_key("id", GetParam());
  ASSERT_FALSE(file.empty());
  auto agent = Agent::connect(agent_.socket());
  ASSERT_TRUE(agent) << agent.error();
  const auto identities = agent->identities();
  ASSERT_TRUE(identities) << identities.error();
  ASSERT_EQ(identities->size(), 1u);
  const auto key = PublicKey::parse((*identities)[0].blob);
  ASSERT_TRUE(key) << key.error();

  test::SoftKey unused;
  Statement statement = test::test_statement(unused, make_ed25519().public_key);
  statement.user_key = key->blob();
  const Bytes bytes = encode(statement);
  const auto signature = agent->sign(key->blob(), sshsig_to_be_signed(logon_namespace, bytes));
  ASSERT_TRUE(signature) << signature.error();
  const Bytes sshsig = sshsig_encode(key->blob(), logon_namespace, *signature);
  EXPECT_TRUE(sshsig_verify(sshsig, *key, bytes));

  const auto folder = agent_.directory();
  test::write_file(folder / "statement", text_of(bytes));
  test::write_file(folder / "signature", sshsig_armor(sshsig));
  test::write_file(folder / "allowed", "ada " + test::read_file(file.string() + ".pub"));
  std::vector<std::string> verify{"ssh-keygen",
                                  "-Y",
                                  "verify",
                                  "-f",
                                  (folder / "allowed").string(),
                                  "-I",
                                  "ada",
                                  "-n",
                                  "logon@sshkey.openlsa",
                                  "-s",
                                  (folder / "signature").string()};
  EXPECT_EQ(test::run(verify, folder / "statement"), 0);
  test::write_file(folder / "statement", text_of(bytes) + "x");
  EXPECT_NE(test::run(verify, folder / "statement"), 0);
}

TEST_P(RealAgentTest, WhatSshKeygenSignsVerifiesHereUnderOurNamespaceOnly) {
  const auto file = agent_.add_key("id", GetParam());
  ASSERT_FALSE(file.empty());
  const auto data = agent_.directory() / "data";
  test::write_file(data, "some bytes");
  for (const std::string name_space : {"logon@sshkey.openlsa", "file"}) {
    std::filesystem::remove(data.string() + ".sig");
    ASSERT_EQ(test::run({"ssh-keygen", "-q", "-Y", "sign", "-f", file.string(), "-n", name_space, data.string()}), 0);
    std::string armored = test::read_file(data.string() + ".sig");
    std::string text;
    for (std::size_t start = 0, end; (end = armored.find('\n', start)) != std::string::npos; start = end + 1)
      if (armored[start] != '-') text += armored.substr(start, end - start);
    const auto sshsig = base64_decode(text);
    ASSERT_TRUE(sshsig);
    const std::string line = test::read_file(file.string() + ".pub");
    const std::size_t start = line.find(' ') + 1;
    const auto key = PublicKey::parse(*base64_decode(line.substr(start, line.find(' ', start) - start)));
    ASSERT_TRUE(key);
    EXPECT_EQ(sshsig_verify(*sshsig, *key, view_of("some bytes")).has_value(), name_space == "logon@sshkey.openlsa");
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, RealAgentTest, ::testing::Values("ed25519", "ecdsa"));

TEST_F(RealAgentTest, ADestinationConstrainedKeyRefusesAndTheErrorSaysWhy) {
  test::write_file(agent_.directory() / "known_hosts", "example.org " + test::SoftKey().line());
  const auto file =
      agent_.add_key("bound", "ed25519", {"-H", (agent_.directory() / "known_hosts").string(), "-h", "example.org"});
  if (file.empty()) GTEST_SKIP() << "this ssh-add has no destination constraints (OpenSSH before 8.9)";
  const std::string line = test::read_file(file.string() + ".pub");
  const std::size_t start = line.find(' ') + 1;
  const auto blob = base64_decode(line.substr(start, line.find(' ', start) - start));
  ASSERT_TRUE(blob);
  auto agent = Agent::connect(agent_.socket());
  ASSERT_TRUE(agent);
  const auto signature = agent->sign(*blob, sshsig_to_be_signed(logon_namespace, Bytes{1}));
  ASSERT_FALSE(signature);
  EXPECT_NE(signature.error().find("destination-constrained"), std::string::npos) << signature.error();
}

TEST(Agent, AMissingSocketNamesItsPath) {
  const auto agent = Agent::connect("/nonexistent/agent");
  ASSERT_FALSE(agent);
  EXPECT_NE(agent.error().find("/nonexistent/agent"), std::string::npos);
}

// A hostile agent: answers each connection with the bytes it was given.
Bytes hostile_answer_of(const std::vector<std::uint8_t>& answer, std::string& error) {
  test::TemporaryDirectory directory;
  const std::string path = (directory.path / "s").string();
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  EXPECT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(listener, 1), 0);
  std::thread server([&] {
    const int peer = ::accept(listener, nullptr, nullptr);
    std::uint8_t request[64];
    (void)!::read(peer, request, sizeof request);
    (void)!::write(peer, answer.data(), answer.size());
    ::close(peer);
  });
  {
    auto agent = Agent::connect(path);
    EXPECT_TRUE(agent);
    const auto identities = agent->identities();
    error = identities ? "" : identities.error();
  }
  server.join();
  ::close(listener);
  return {};
}

TEST(Agent, HostileAnswersAreRefused) {
  const std::vector<Bytes> answers{
      {0xff, 0xff, 0xff, 0xff},                              // four gigabytes
      {0, 0, 0, 0},                                          // empty
      {0, 0, 0, 9, 12},                                      // cut off
      {0, 0, 0, 5, 12, 0xff, 0xff, 0xff, 0xff},              // four milliard keys
      {0, 0, 0, 9, 12, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff},  // a key of four gigabytes
      {0, 0, 0, 6, 12, 0, 0, 0, 0, 1},                       // trailing byte
      {0, 0, 0, 1, 5},                                       // SSH_AGENT_FAILURE
  };
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::string error;
    hostile_answer_of(answers[i], error);
    EXPECT_FALSE(error.empty()) << "answer " << i;
  }
}

}  // namespace
}  // namespace sshkey
