// What stands on the name service's socket, to every program of the machine: replies of any bytes, in any order, to
// each function of libnss_openlsa. Input: [room of the caller, 2 bytes]{[size, 2 bytes][reply]}. The socket functions
// of nss_client.c are those below (fuzz/CMakeLists.txt renames them); everything else is the module as it is built.
#include <grp.h>
#include <nss.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "fuzz/fuzz.hpp"

using namespace openlsa;

extern "C" {
int fuzz_socket(int, int, int);
int fuzz_connect(int, const sockaddr*, socklen_t);
int fuzz_getsockopt(int, int, int, void*, socklen_t*);
int fuzz_poll(pollfd*, nfds_t, int);
ssize_t fuzz_send(int, const void*, std::size_t, int);
ssize_t fuzz_recvmsg(int, msghdr*, int);
nss_status _nss_openlsa_getpwnam_r(const char*, passwd*, char*, std::size_t, int*);
nss_status _nss_openlsa_getpwent_r(passwd*, char*, std::size_t, int*);
nss_status _nss_openlsa_getgrnam_r(const char*, group*, char*, std::size_t, int*);
nss_status _nss_openlsa_getgrent_r(group*, char*, std::size_t, int*);
nss_status _nss_openlsa_initgroups_dyn(const char*, gid_t, long*, long*, gid_t**, long, int*);
}

namespace {

constexpr int no_descriptor = 1 << 30;
fuzz::Input* replies = nullptr;
unsigned questions = 0;

// Strings of a result end within the caller's buffer.
void within(const std::vector<char>& buffer, const char* text) {
  const char* const end = buffer.data() + buffer.size();
  fuzz::require(text >= buffer.data() && text < end && std::find(text, end, '\0') != end);
}

void users(const char* name, std::vector<char>& buffer) {
  passwd user{};
  int error = 0;
  const nss_status status = name != nullptr ? _nss_openlsa_getpwnam_r(name, &user, buffer.data(), buffer.size(), &error)
                                            : _nss_openlsa_getpwent_r(&user, buffer.data(), buffer.size(), &error);
  if (status != NSS_STATUS_SUCCESS) return fuzz::require(error == ENOENT || error == ERANGE);
  for (const char* text : {user.pw_name, user.pw_passwd, user.pw_dir, user.pw_shell, user.pw_gecos})
    within(buffer, text);
  fuzz::require(user.pw_uid != 0 && user.pw_name[0] != '\0');
}

void groups(const char* name, std::vector<char>& buffer) {
  group group{};
  int error = 0;
  const nss_status status = name != nullptr
                                ? _nss_openlsa_getgrnam_r(name, &group, buffer.data(), buffer.size(), &error)
                                : _nss_openlsa_getgrent_r(&group, buffer.data(), buffer.size(), &error);
  if (status != NSS_STATUS_SUCCESS) return fuzz::require(error == ENOENT || error == ERANGE);
  within(buffer, group.gr_name);
  for (char** member = group.gr_mem; *member != nullptr; ++member) within(buffer, *member);
  fuzz::require(group.gr_gid != 0);
}

void groups_of_user(long limit) {
  long start = 0, size = 4;
  auto* list = static_cast<gid_t*>(std::malloc(static_cast<std::size_t>(size) * sizeof(gid_t)));
  int error = 0;
  _nss_openlsa_initgroups_dyn("alice", 70001, &start, &size, &list, limit, &error);
  fuzz::require(start <= size && (limit <= 0 || start <= std::max(limit, 4l)));
  for (long i = 0; i < start; ++i) fuzz::require(list[i] != static_cast<gid_t>(-1));
  std::free(list);
}

}  // namespace

int fuzz_socket(int, int, int) { return no_descriptor; }
int fuzz_connect(int, const sockaddr*, socklen_t) { return 0; }
int fuzz_getsockopt(int, int, int, void* value, socklen_t* size) {
  const ucred root{1, 0, 0};
  std::memcpy(value, &root, sizeof root);
  *size = sizeof root;
  return 0;
}
int fuzz_poll(pollfd* one, nfds_t, int) {
  one->revents = one->events;
  return 1;
}
ssize_t fuzz_send(int, const void*, std::size_t size, int) {
  // An authority that pages for ever is stopped by the module itself: cursors grow, and the budget of time ends.
  return ++questions < 10000 ? static_cast<ssize_t>(size) : -1;
}
ssize_t fuzz_recvmsg(int, msghdr* message, int) {
  if (replies->empty()) return 0;  // the end of the connection
  const base::ByteView reply = replies->bytes(replies->number<std::uint16_t>());
  std::size_t taken = 0;
  for (std::size_t i = 0; i < message->msg_iovlen; ++i) {
    const std::size_t part = std::min(message->msg_iov[i].iov_len, reply.size() - taken);
    if (part != 0) std::memcpy(message->msg_iov[i].iov_base, reply.data() + taken, part);
    taken += part;
  }
  message->msg_flags = taken < reply.size() ? MSG_TRUNC : 0;
  return static_cast<ssize_t>(taken);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t room = input.number<std::uint16_t>() % 4096;
  for (int function = 0; function < 5; ++function) {
    fuzz::Input from_the_front = input;
    replies = &from_the_front;
    questions = 0;
    std::vector<char> buffer(room);
    switch (function) {
      case 0:
      case 1:
        users(function == 0 ? "alice" : nullptr, buffer);
        break;
      case 2:
      case 3:
        groups(function == 2 ? "staff" : nullptr, buffer);
        break;
      default:
        groups_of_user(static_cast<long>(room % 64));
    }
  }
  return 0;
}
