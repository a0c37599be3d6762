// curl against examples/http_negotiate's server. `--ntlm` is curl's own NTLM (lib/curl_ntlm_core.c; it forks Samba's
// ntlm_auth only for --ntlm-wb): it names no character set but the OEM's, answers with NTLMv2, and has no MIC.
// `--negotiate` is SPNEGO of MIT's krb5, with gss-ntlmssp in it.
#include <gtest/gtest.h>

#include <unistd.h>

#include "http/http_server.hpp"

namespace openlsa::test {
namespace {

class Curl : public ::testing::Test {
 protected:
  void SetUp() override {
    if (find_program("curl").empty()) GTEST_SKIP() << "not run: curl is not installed";
  }
  // "BODY CODE" of each answer; the user and the password come from standard input.
  static std::string get(const Words& options, const std::string& user, const Environment& environment = {}) {
    Words words{find_program("curl"), "--silent",       "--show-error", "--max-time", "25",
                "--write-out",        "%{http_code}\n", "--config",     "-"};
    words.insert(words.end(), options.begin(), options.end());
    return run_program(words, user.empty() ? "" : "user = \"" + user + "\"\n", environment).output;
  }
  // Escaped once for curl's configuration.
  static std::string alice(const std::string& password = alice_password) { return "TESTBOX\\\\alice:" + password; }
};

constexpr const char* let_in = "TESTBOX\\alice\n200\n";
constexpr const char* refused = "401 Unauthorized\n401\n";

TEST_F(Curl, ByNtlmIsKnown) {
  HttpServer server;
  EXPECT_EQ(let_in, get({"--ntlm", server.url()}, alice())) << server.said();
  EXPECT_NE(std::string::npos, server.said().find("TESTBOX\\alice by NTLM\n")) << server.said();
}

// Its word of whom it wants to be, when it names no domain: the account of this machine.
TEST_F(Curl, ByNtlmWithoutADomainIsKnown) {
  HttpServer server;
  EXPECT_EQ(let_in, get({"--ntlm", server.url()}, std::string("alice:") + alice_password)) << server.said();
}

TEST_F(Curl, IsRefusedWithAWrongPassword) {
  HttpServer server;
  EXPECT_EQ(refused, get({"--ntlm", server.url()}, alice("another")));
  EXPECT_EQ(refused, get({"--ntlm", server.url()}, std::string("TESTBOX\\\\nobody:") + alice_password));
  EXPECT_EQ(let_in, get({"--ntlm", server.url()}, alice())) << "the server must go on";
}

TEST_F(Curl, IsRefusedWithoutCredentials) {
  HttpServer server;
  EXPECT_EQ(refused, get({server.url()}, ""));
  EXPECT_EQ(refused, get({"--basic", server.url()}, alice()));
  const std::string head = get({"--head", server.url()}, "");
  EXPECT_NE(std::string::npos, head.find("\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n")) << head;
}

// What the legs made is the connection's: the second request there needs none, a second connection does.
TEST_F(Curl, StaysKnownOnItsConnectionAlone) {
  HttpServer server;
  const std::string both = get({"--ntlm", server.url(), server.url()}, alice());
  EXPECT_EQ(std::string(let_in) + let_in, both) << server.said();
  EXPECT_EQ(refused, get({server.url()}, ""));
}

TEST_F(Curl, IsToldThatItCannotPost) {
  HttpServer server;
  EXPECT_EQ("405 Method Not Allowed\n405\n", get({"--request", "POST", "--data", "text", server.url()}, ""));
}

class CurlNegotiate : public Curl {
 protected:
  void SetUp() override {
    Curl::SetUp();
    if (::access("/etc/gss/mech.d/mech.ntlmssp.conf", R_OK) != 0)
      GTEST_SKIP() << "not run: gss-ntlmssp is not installed";
  }
  std::string get_as(const std::string& password, const std::string& url) {
    return get({"--negotiate", url}, ":", {{"NTLM_USER_FILE", gss_users(directory_.path(), password)}});
  }
  TemporaryDirectory directory_;
};

TEST_F(CurlNegotiate, IsKnown) {
  HttpServer server;
  EXPECT_EQ(let_in, get_as(alice_password, server.url())) << server.said();
  EXPECT_NE(std::string::npos, server.said().find("TESTBOX\\alice by Negotiate\n")) << server.said();
}

TEST_F(CurlNegotiate, IsRefusedWithAWrongPassword) {
  HttpServer server;
  EXPECT_EQ(refused, get_as("another", server.url()));
}

TEST_F(CurlNegotiate, IsRefusedWithoutCredentials) {
  HttpServer server;
  EXPECT_EQ(refused, get({"--negotiate", server.url()}, ":", {{"NTLM_USER_FILE", "/nonexistent"}}));
}

}  // namespace
}  // namespace openlsa::test
