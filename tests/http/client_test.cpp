// examples/http_negotiate's client against its server: both ends of SSPI over HTTP are ours here.
#include <gtest/gtest.h>

#include "http/canned_server.hpp"
#include "http/http_client.hpp"
#include "http/http_server.hpp"

namespace openlsa::test {
namespace {

class BothOurs : public ::testing::TestWithParam<const char*> {};

TEST_P(BothOurs, KnowEachOther) {
  HttpServer server;
  const Finished got = http_client(server.port(), GetParam(), alice_password, {"--requests", "3"});
  EXPECT_EQ(0, got.code) << server.said();
  const std::string one = "Status: 200\nTESTBOX\\alice\n";
  EXPECT_EQ(one + one + one, got.output);
}

TEST_P(BothOurs, RefuseAWrongPassword) {
  HttpServer server;
  const Finished got = http_client(server.port(), GetParam(), "another");
  EXPECT_EQ(1, got.code);
  EXPECT_EQ("Status: 401\n401 Unauthorized\n", got.output);
}

INSTANTIATE_TEST_SUITE_P(Schemes, BothOurs, ::testing::Values("Negotiate", "NTLM"),
                         [](const auto& info) { return std::string(info.param); });

// A server that answers as it likes: what the client says of it, and that it never takes that for a success.
struct Answers {
  const char* name;
  std::vector<std::string> answers;
  const char* said;
};
const std::string offer = "HTTP/1.1 401 No\r\nContent-Length: 0\r\nWWW-Authenticate: Negotiate\r\n\r\n";
std::string with(const std::string& fields, const char* status = "401") {
  return "HTTP/1.1 " + std::string(status) + " X\r\n" + fields + "\r\n";
}

const Answers strange[] = {
    {"LetsInWithoutAuthentication", {offer, with("Content-Length: 0\r\n", "200")}, "to its end"},
    {"LetsInWithAnEmptyToken",
     {offer, with("Content-Length: 0\r\nWWW-Authenticate: Negotiate\r\n", "200")},
     "to its end"},
    {"TokenIsNoBase64", {offer, with("Content-Length: 0\r\nWWW-Authenticate: Negotiate A*==\r\n")}, "no Base64"},
    {"TokenIsNone",
     {offer, with("Content-Length: 0\r\nWWW-Authenticate: Negotiate AAAA\r\n")},
     "InitializeSecurityContext"},
    {"Refuses", {offer, with("Content-Length: 0\r\n")}, "Status: 401"},
    {"EndsInTheMiddle", {offer}, "instead of answering"},
    {"NoHttp", {"220 smtp ESMTP\r\n\r\n"}, "no response of HTTP/1.1"},
    {"StatusIsNone", {with("Content-Length: 0\r\n", "2000")}, "no response of HTTP/1.1"},
    {"BareLineFeeds", {"HTTP/1.1 200 OK\nContent-Length: 0\n\n\r\n\r\n"}, "no response of HTTP/1.1"},
    {"NoLength", {with("", "200")}, "no length that this client takes"},
    {"Chunked", {with("Transfer-Encoding: chunked\r\n", "200") + "0\r\n\r\n"}, "no length that this client takes"},
    {"TooLong", {with("Content-Length: 1048577\r\n", "200")}, "no length that this client takes"},
    {"TwoLengths",
     {with("Content-Length: 1\r\nContent-Length: 2\r\n", "200") + "ab"},
     "no length that this client takes"},
    {"CutShort", {with("Content-Length: 9\r\n", "200") + "text"}, "the peer has ended the connection"},
    {"ClosesBehindTheOffer",
     {with("Content-Length: 0\r\nConnection: close\r\nWWW-Authenticate: Negotiate\r\n")},
     "offers no Negotiate on this connection"},
};

TEST(Client, TakesNothingStrangeForASuccess) {
  for (const Answers& one : strange) {
    CannedServer server(one.answers);
    const Finished got = http_client(server.port(), "Negotiate", alice_password);
    EXPECT_EQ(1, got.code) << one.name << ": " << got.output;
    EXPECT_NE(std::string::npos, got.output.find(one.said)) << one.name << ": " << got.output;
  }
}

TEST(Client, SaysWhenTheSchemeIsNotOffered) {
  HttpServer server({"--scheme", "NTLM"});
  const Finished got = http_client(server.port(), "Negotiate", alice_password);
  EXPECT_EQ(1, got.code);
  EXPECT_EQ("http-negotiate-client: the server offers no Negotiate on this connection.\n", got.output);
}

}  // namespace
}  // namespace openlsa::test
