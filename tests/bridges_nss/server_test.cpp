// lsad's side: what one program does to its socket costs no other one its answer.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "base/unique_fd.hpp"
#include "bridges_nss/module.hpp"
#include "bridges_nss/servers.hpp"
#include "service/nss/nss_server.hpp"

namespace openlsa::test {
namespace {

using base::UniqueFd;
using service::NssServer;

UniqueFd connect_to_server() {
  UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, nss_socket);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
  return fd;
}

bool closed_within(const UniqueFd& fd, int milliseconds) {
  pollfd one{fd.get(), POLLRDHUP, 0};
  return ::poll(&one, 1, milliseconds) == 1 && (one.revents & (POLLRDHUP | POLLHUP)) != 0;
}

openlsa_nss_request request_for(std::uint32_t uid) {
  openlsa_nss_request request{};
  request.version = OPENLSA_NSS_VERSION;
  request.kind = OPENLSA_NSS_USER_OF;
  request.id = uid;
  request.room = 1024;
  return request;
}

std::string serve(const UniqueFd& fd, const void* request, std::size_t size) {
  if (::send(fd.get(), request, size, MSG_NOSIGNAL) != static_cast<ssize_t>(size)) return "not sent";
  char reply[65536];
  const ssize_t got = ::recv(fd.get(), reply, sizeof reply, 0);
  return got > 0 ? std::string(reply, static_cast<std::size_t>(got)) : "";
}

TEST(NssServer, ManyQuestionsOnOneConnection) {
  const TableServer server;
  const UniqueFd fd = connect_to_server();
  const openlsa_nss_request request = request_for(70001);
  for (int i = 0; i < 100; ++i) EXPECT_NE("", serve(fd, &request, sizeof request));
}

TEST(NssServer, WhatIsNoRequestEndsItsConnection) {
  const TableServer server;
  std::vector<std::vector<char>> wrong;
  const openlsa_nss_request good = request_for(70001);
  const auto bytes_of = [](const openlsa_nss_request& request, std::size_t size = sizeof(openlsa_nss_request)) {
    std::vector<char> bytes(size);
    std::memcpy(bytes.data(), &request, std::min(size, sizeof request));
    return bytes;
  };
  const auto spoilt = [&](auto change) {
    openlsa_nss_request request = good;
    change(request);
    return bytes_of(request);
  };
  wrong.push_back(bytes_of(good, 1));
  wrong.push_back(bytes_of(good, sizeof good - 1));
  wrong.push_back(bytes_of(good, sizeof good + 1));
  wrong.push_back(bytes_of(good, 4096));
  wrong.push_back(spoilt([](auto& request) { request.version = 0; }));
  wrong.push_back(spoilt([](auto& request) { request.kind = 0; }));
  wrong.push_back(spoilt([](auto& request) { request.kind = 8; }));
  wrong.push_back(spoilt([](auto& request) { request.zero = 1; }));
  wrong.push_back(spoilt([](auto& request) { request.name_size = 1; }));                  // this kind has no name
  wrong.push_back(spoilt([](auto& request) { request.kind = OPENLSA_NSS_USER_NAMED; }));  // this one needs one
  wrong.push_back(spoilt([](auto& request) { request.kind = OPENLSA_NSS_USER_NAMED, request.name_size = 257; }));
  wrong.push_back(spoilt([](auto& request) { request.kind = OPENLSA_NSS_USER_NAMED, request.name_size = 0xffffffff; }));
  wrong.push_back(spoilt([](auto& request) {
    request.kind = OPENLSA_NSS_USER_NAMED, request.name_size = 7;
    std::memcpy(request.name, "ali\0ce", 6);
  }));
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    const UniqueFd fd = connect_to_server();
    EXPECT_EQ("", serve(fd, wrong[i].data(), wrong[i].size())) << i;
  }
  EXPECT_EQ("alice", user_of(70001).text.substr(0, 5));
}

// The asker's room bounds the answer, whatever it asks for.
TEST(NssServer, NoAnswerIsLargerThanTheAskersRoom) {
  const TableServer server(10'000);
  openlsa_nss_request request = request_for(0);
  request.kind = OPENLSA_NSS_GROUP_OF;
  request.id = 80000;
  for (const std::uint32_t room : {0u, 1u, 6u, 7u, 20u, 1000u, 32768u, 0xffffffffu}) {
    request.room = room;
    const std::string reply = serve(connect_to_server(), &request, sizeof request);
    ASSERT_GE(reply.size(), sizeof(openlsa_nss_reply)) << room;
    EXPECT_LE(reply.size() - sizeof(openlsa_nss_reply), std::min<std::size_t>(room, OPENLSA_NSS_PAGE_BYTES)) << room;
    openlsa_nss_reply head;
    std::memcpy(&head, reply.data(), sizeof head);
    EXPECT_EQ(reply.size() - sizeof head, head.size) << room;
    EXPECT_EQ(10'000u, head.total) << room;
  }
  for (const std::uint64_t cursor : {std::uint64_t{10'002}, UINT64_MAX}) {
    request.cursor = cursor;
    const std::string reply = serve(connect_to_server(), &request, sizeof request);
    openlsa_nss_reply head;
    std::memcpy(&head, reply.data(), sizeof head);
    EXPECT_EQ(static_cast<std::uint32_t>(OPENLSA_NSS_ABSENT), head.status) << cursor;
  }
}

TEST(NssServer, WhoHoldsAConnectionIsDropped) {
  const TableServer server;
  const UniqueFd idle = connect_to_server();
  EXPECT_FALSE(closed_within(idle, 300));
  EXPECT_TRUE(closed_within(idle, 3000));
}

TEST(NssServer, WhoDoesNotReadIsDropped) {
  const TableServer server(10'000);
  const UniqueFd fd = connect_to_server();
  openlsa_nss_request request = request_for(0);
  request.kind = OPENLSA_NSS_GROUP_OF;
  request.id = 80000;
  request.room = OPENLSA_NSS_PAGE_BYTES;
  // 64 pages are more than a socket's buffer.
  for (int i = 0; i < 64; ++i)
    if (::send(fd.get(), &request, sizeof request, MSG_NOSIGNAL) < 0) break;
  EXPECT_TRUE(closed_within(fd, 500)) << "before its time is over";
  EXPECT_EQ("alice", user_of(70001).text.substr(0, 5));
}

// One uid has its share of connections; the others are answered as before.
TEST(NssServer, OneUserCannotTakeAllConnections) {
  const TableServer server;
  Child hoarder(
      [](const Line& line) {
        std::vector<UniqueFd> held;
        for (std::size_t i = 0; i < NssServer::connection_limit + 10; ++i) held.push_back(connect_to_server());
        ::usleep(100'000);
        std::size_t open = 0;
        for (const UniqueFd& fd : held) open += fd.valid() && !closed_within(fd, 0);
        line.say(std::to_string(open));
        static_cast<void>(line.hear());
        return std::string();
      },
      Identity{4242, 4242});
  // Some may have come to the end of their time already.
  EXPECT_LE(std::stoul(hoarder.line().hear()), NssServer::connection_limit_per_uid);
  EXPECT_EQ("alice", user_of(70001).text.substr(0, 5));
  EXPECT_EQ("alice", in_child([] { return user_of(70001).text.substr(0, 5); }, Identity{4243, 4243}));
}

}  // namespace
}  // namespace openlsa::test
