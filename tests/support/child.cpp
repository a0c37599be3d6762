#include "support/child.hpp"

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

bool take(const Identity& identity) {
  return ::setgroups(0, nullptr) == 0 && ::setresgid(identity.gid, identity.gid, identity.gid) == 0 &&
         ::setresuid(identity.uid, identity.uid, identity.uid) == 0;
}

}  // namespace

void Line::say(const std::string& text, int descriptor) const {
  iovec part{const_cast<char*>(text.data()), text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (descriptor >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  }
  static_cast<void>(!::sendmsg(socket_, &message, MSG_NOSIGNAL));
}

std::string Line::hear(int* descriptor) const {
  std::string text(65536, '\0');
  iovec part{text.data(), text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t got;
  do got = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  int received = -1;
  if (const cmsghdr* header = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr)
    std::memcpy(&received, CMSG_DATA(header), sizeof received);
  if (descriptor != nullptr)
    *descriptor = received;
  else if (received >= 0)
    ::close(received);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

Child::Child(std::function<std::string(const Line&)> body, std::optional<Identity> identity) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) give_up("cannot make a socket pair");
  process_id_ = ::fork();
  if (process_id_ < 0) give_up("cannot fork");
  if (process_id_ == 0) {
    ::close(ends[0]);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const Line line(ends[1]);
    if (identity && !take(*identity)) {
      line.say(std::string("cannot take the identity: ") + std::strerror(errno));
      ::_exit(1);
    }
    line.say(body(line));
    ::_exit(0);  // no destructors, no gtest output of the child
  }
  ::close(ends[1]);
  line_ = Line(ends[0]);
}

Child::~Child() {
  if (process_id_ > 0) kill();
  ::close(line_.socket());
}

int Child::wait() {
  int status = 0;
  while (::waitpid(process_id_, &status, 0) < 0 && errno == EINTR) {
  }
  process_id_ = -1;
  return status;
}

void Child::kill() {
  ::kill(process_id_, SIGKILL);
  wait();
}

std::string Child::finish() {
  std::string last, next;
  while (!(next = line_.hear()).empty()) last = std::move(next);
  const int status = wait();
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) return "exit " + std::to_string(WEXITSTATUS(status)) + ": " + last;
  return last;
}

std::string in_child(std::function<std::string()> body, std::optional<Identity> identity) {
  Child child([&body](const Line&) { return body(); }, identity);
  return child.finish();
}

bool eventually(const std::function<bool()>& done) {
  for (int i = 0; i < 3000; ++i) {
    if (done()) return true;
    ::usleep(10'000);
  }
  return false;
}

}  // namespace openlsa::test
