// What examples/http_negotiate's server says to requests that are wrong, or strange: a status, and it goes on.
#include <gtest/gtest.h>

#include "http/http_server.hpp"

namespace openlsa::test {
namespace {

struct Case {
  const char* name;
  std::string bytes;
  const char* answer;  // the begin of the status line; empty: the connection just ends
};

std::string request(const std::string& fields, const std::string& line = "GET / HTTP/1.1") {
  return line + "\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n";
}
std::string many_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) fields += "X-Field: value\r\n";
  return fields;
}
// NEGOTIATE_MESSAGE of [MS-NLMP] 2.2.1.1 with nothing but a signature, a type and flags, and a part of it.
const std::string negotiate = "TlRMTVNTUAABAAAABoIIAAAAAAAAAAAAAAAAAAAAAAA=";

const Case cases[] = {
    {"Good", request(""), "HTTP/1.1 401 "},
    {"Head", request("", "HEAD / HTTP/1.1"), "HTTP/1.1 401 "},
    {"WithContent", request("Content-Length: 4\r\n") + "text", "HTTP/1.1 401 "},
    {"OldVersion", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 401 "},
    {"OtherScheme", request("Authorization: Basic YTpi\r\n"), "HTTP/1.1 401 "},
    {"SchemeWithALongerName", request("Authorization: NTLMv2 " + negotiate + "\r\n"), "HTTP/1.1 401 "},
    {"FirstLeg", request("Authorization: NTLM " + negotiate + "\r\n"), "HTTP/1.1 401 "},
    {"TokenIsNone", request("Authorization: NTLM AAAA\r\n"), "HTTP/1.1 401 "},
    {"NoToken", request("Authorization: NTLM\r\n"), "HTTP/1.1 400 "},
    {"NoBase64", request("Authorization: Negotiate YWxpY2\r\n"), "HTTP/1.1 400 "},
    {"Base64WithBitsLeft", request("Authorization: NTLM YWxpY3==\r\n"), "HTTP/1.1 400 "},
    {"Base64WithMoreBehind", request("Authorization: NTLM " + negotiate + " AAAA\r\n"), "HTTP/1.1 400 "},
    {"TwoAuthorizations", request("Authorization: NTLM " + negotiate + "\r\nAuthorization: NTLM " + negotiate + "\r\n"),
     "HTTP/1.1 400 "},
    {"TwoHosts", request("Host: other\r\n"), "HTTP/1.1 400 "},
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
    {"NoVersion", "GET /\r\n\r\n", "HTTP/1.1 400 "},
    {"NoLine", "\r\n\r\n", "HTTP/1.1 400 "},
    {"TwoSpaces", request("", "GET  / HTTP/1.1"), "HTTP/1.1 400 "},
    {"SpaceBehind", request("", "GET / HTTP/1.1 "), "HTTP/1.1 400 "},
    {"NewerVersion", request("", "GET / HTTP/2.0"), "HTTP/1.1 505 "},
    {"OtherMethod", request("", "DELETE / HTTP/1.1"), "HTTP/1.1 405 "},
    {"SpaceBeforeColon", request("X-Field : value\r\n"), "HTTP/1.1 400 "},
    {"NoName", request(": value\r\n"), "HTTP/1.1 400 "},
    {"NoColon", request("X-Field\r\n"), "HTTP/1.1 400 "},
    {"ContinuedLine", request("X-Field: a\r\n b\r\n"), "HTTP/1.1 400 "},
    {"BareLineFeed", request("X-Field: a\nX-Other: b\r\n"), "HTTP/1.1 400 "},
    {"BareCarriageReturn", request("X-Field: a\rX-Other: b\r\n"), "HTTP/1.1 400 "},
    {"Zero", request(std::string("X-Field: a\0b\r\n", 14)), "HTTP/1.1 400 "},
    {"BothLengths", request("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"), "HTTP/1.1 400 "},
    {"TwoLengths", request("Content-Length: 4\r\nContent-Length: 4\r\n"), "HTTP/1.1 400 "},
    {"NegativeLength", request("Content-Length: -1\r\n"), "HTTP/1.1 400 "},
    {"LengthWithAPlus", request("Content-Length: +4\r\n"), "HTTP/1.1 400 "},
    {"HugeLength", request("Content-Length: 99999999999999999999999\r\n"), "HTTP/1.1 413 "},
    {"LengthAboveTheLimit", request("Content-Length: 65537\r\n"), "HTTP/1.1 413 "},
    {"Chunked", request("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", "HTTP/1.1 501 "},
    {"FieldsAtTheLimit", request(many_fields(62)), "HTTP/1.1 401 "},
    {"FieldsAboveTheLimit", request(many_fields(63)), "HTTP/1.1 431 "},
    {"HeadAboveTheLimit", request("X-Field: " + std::string(70000, 'a') + "\r\n"), "HTTP/1.1 431 "},
    {"HeadWithoutEnd", std::string(200000, 'a'), "HTTP/1.1 431 "},
    {"ATls", std::string("\x16\x03\x01\x00\x05hello\r\n\r\n", 14), "HTTP/1.1 400 "},
    {"CutShort", "GET / HT", ""},
    {"ContentCutShort", request("Content-Length: 400\r\n") + "text", ""},
};

TEST(Requests, EachHasItsStatus) {
  HttpServer server;
  for (const Case& one : cases) {
    const std::string answer = send_bytes(server.port(), one.bytes);
    if (one.answer[0] == 0)
      EXPECT_EQ("", answer) << one.name;
    else
      EXPECT_EQ(one.answer, answer.substr(0, 13)) << one.name;
  }
  EXPECT_EQ("HTTP/1.1 401 ", send_bytes(server.port(), request("")).substr(0, 13)) << server.said();
}

// Two requests in one piece are answered in their order (RFC 9112 9.3.2).
TEST(Requests, StandOneBehindTheOther) {
  HttpServer server;
  const std::string answer = send_bytes(
      server.port(), "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ntextHEAD / HTTP/1.1\r\nHost: a\r\n\r\n" +
                         request("", "PUT / HTTP/1.1"));
  const std::size_t second = answer.find("HTTP/1.1 401 ", 1);
  ASSERT_NE(std::string::npos, second) << answer;
  EXPECT_NE(std::string::npos, answer.find("HTTP/1.1 405 ", second)) << answer;
  EXPECT_EQ(std::string::npos, answer.find("401 Unauthorized\n", second)) << "HEAD has no content: " << answer;
}

// The third message before the first, and a first one twice: a context is made anew each time, and nobody is let in.
TEST(Requests, AnAuthenticateMessageAloneLetsNobodyIn) {
  HttpServer server;
  const std::string authenticate =
      "TlRMTVNTUAADAAAAAAAAAEgAAAAAAAAASAAAAAAAAABIAAAAAAAAAEgAAAAAAAAASAAAAAAAAABIAAAABYKIog==";
  const std::string keep = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: NTLM ";
  const std::string answer =
      send_bytes(server.port(), keep + authenticate + "\r\n\r\n" + keep + negotiate + "\r\n\r\n" + keep + negotiate +
                                    "\r\n\r\n" + keep + authenticate + "\r\n\r\n" + request(""));
  EXPECT_EQ(std::string::npos, answer.find("HTTP/1.1 200 ")) << answer;
  std::size_t refusals = 0;
  for (std::size_t at = 0; (at = answer.find("HTTP/1.1 401 ", at)) != std::string::npos; ++at) ++refusals;
  EXPECT_EQ(5u, refusals) << answer;
  EXPECT_NE(std::string::npos, answer.find("WWW-Authenticate: NTLM TlRMTVNTUAACAAAA")) << answer;
}

TEST(Requests, OneSchemeCanBeOfferedAlone) {
  HttpServer server({"--scheme", "NTLM"});
  const std::string answer = send_bytes(server.port(), request(""));
  EXPECT_NE(std::string::npos, answer.find("\r\nWWW-Authenticate: NTLM\r\n")) << answer;
  EXPECT_EQ(std::string::npos, answer.find("Negotiate")) << answer;
}

TEST(Requests, ProgramsSayWhatIsWrong) {
  const std::string programs = OPENLSA_TEST_PROGRAMS;
  for (const char* name : {"/http-negotiate-server", "/http-negotiate-client"}) {
    const Finished help = run_program({programs + name, "--help"});
    EXPECT_EQ(0, help.code);
    EXPECT_EQ(0u, help.output.find("Usage: "));
    EXPECT_EQ(2, run_program({programs + name, "--no-such-option"}).code);
    EXPECT_NE(0, run_program({programs + name, "--port", "65536"}).code);
    EXPECT_NE(0, run_program({programs + name, "--port", "1", "--scheme", "Basic"}).code);
  }
  EXPECT_EQ(2, run_program({programs + "/http-negotiate-client", "--port", "1", "--path", "/ HTTP/1.1\r\nX: y"}).code);
  EXPECT_EQ(2, run_program({programs + "/http-negotiate-client"}).code);
}

}  // namespace
}  // namespace openlsa::test
