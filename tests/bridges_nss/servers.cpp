#include "bridges_nss/servers.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "service/nss/nss_server.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {

using service::NssGroup;
using service::NssMembers;
using service::NssUser;

std::string crowd_member(std::size_t i) {
  char name[32];
  std::snprintf(name, sizeof name, "member%06zu", i);
  return name;
}

Table::Table(std::size_t members)
    : users_{{"alice", 70001, 70001, "/home/alice", "/bin/sh", "Alice"},
             {"bob", 70002, 100, "/home/bob", "/bin/bash", ""},
             {"busy", 70003, 70003, "/", "/bin/false", ""}},
      groups_{{"alice", 70001}, {"busy", 70003}, {"crowd", 80000}} {
  for (std::size_t i = 0; i < members; ++i) crowd_->add(crowd_member(i));
}

template <class Entry, class Match>
std::optional<Entry> first(const std::vector<Entry>& entries, Match match) {
  const auto found = std::find_if(entries.begin(), entries.end(), match);
  return found == entries.end() ? std::nullopt : std::optional(*found);
}

std::optional<NssUser> Table::user_named(std::string_view name) {
  return first(users_, [&](const NssUser& user) { return user.name == name; });
}
std::optional<NssUser> Table::user_of(std::uint32_t uid) {
  return first(users_, [&](const NssUser& user) { return user.uid == uid; });
}
std::optional<NssGroup> Table::group_named(std::string_view name) {
  return first(groups_, [&](const NssGroup& group) { return group.name == name; });
}
std::optional<NssGroup> Table::group_of(std::uint32_t gid) {
  return first(groups_, [&](const NssGroup& group) { return group.gid == gid; });
}
std::optional<NssUser> Table::next_user(std::uint32_t from) {
  return first(users_, [&](const NssUser& user) { return user.uid >= from; });
}
std::optional<NssGroup> Table::next_group(std::uint32_t from) {
  return first(groups_, [&](const NssGroup& group) { return group.gid >= from; });
}
std::shared_ptr<const NssMembers> Table::members(const NssGroup& group) {
  return group.gid == 80000 ? crowd_ : std::make_shared<NssMembers>();
}
std::optional<std::vector<std::uint32_t>> Table::groups_of(std::string_view name, std::uint32_t primary_gid) {
  const auto user = user_named(name);
  if (!user || user->gid != primary_gid) return std::nullopt;
  std::vector<std::uint32_t> gids;
  if (name == "bob") gids = {70001, 80000};
  for (std::uint32_t i = 0; name == "busy" && i < 3000; ++i) gids.push_back(90000 + i);
  return gids;
}

TableServer::TableServer(std::size_t members, bool enumerate) {
  process = std::make_unique<Child>([members, enumerate](const Line& line) {
    service::NssServer server(std::make_unique<Table>(members), enumerate);
    const auto started = server.start(nss_socket);
    line.say(started ? "ready" : started.error().message);
    static_cast<void>(line.hear());  // until the parent has gone, or kills us
    return std::string();
  });
  if (const std::string said = process->line().hear(); said != "ready") give_up("the server says: " + said);
}

int listen_at(const std::string& path, int backlog) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size());
  ::unlink(path.c_str());
  const int fd = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(fd, backlog) != 0)
    give_up("cannot listen at " + path);
  return fd;
}

LyingServer::LyingServer(Liar liar, std::optional<Identity> identity) {
  const int listener = listen_at(nss_socket, 16);
  process = std::make_unique<Child>(
      [liar, listener](const Line& line) {
        // SO_PEERCRED of a client names whoever called listen(2) last.
        line.say(::listen(listener, 16) == 0 ? "ready" : "cannot listen");
        while (true) {
          const int client = ::accept(listener, nullptr, nullptr);
          openlsa_nss_request request;
          while (::recv(client, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request))
            if (const auto reply = liar(request)) ::send(client, reply->data(), reply->size(), MSG_NOSIGNAL);
          ::close(client);
        }
        return std::string();
      },
      identity);
  ::close(listener);
  if (process->line().hear() != "ready") give_up("the lying server did not start");
}

std::string reply_bytes(openlsa_nss_reply head, const std::string& data) {
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + data;
}

openlsa_nss_reply found_user(std::uint32_t uid, std::uint32_t gid) {
  openlsa_nss_reply head{};
  head.version = OPENLSA_NSS_VERSION;
  head.status = OPENLSA_NSS_FOUND;
  head.uid = uid;
  head.gid = gid;
  return head;
}

}  // namespace openlsa::test
