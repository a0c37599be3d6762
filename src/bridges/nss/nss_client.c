#define _GNU_SOURCE /* struct ucred */
#include "nss_client.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* A fixed place below /run, where only root makes directories: never from the environment or a file that the asking
 * program could choose. */
#define RUN_DIRECTORY "/run/openlsa"
#define SOCKET_PATH RUN_DIRECTORY "/" OPENLSA_NSS_SOCKET_NAME

static int milliseconds_left(const struct nss_call* call) {
  struct timespec now;
  long left;
  clock_gettime(CLOCK_MONOTONIC, &now);
  left = (call->deadline.tv_sec - now.tv_sec) * 1000 + (call->deadline.tv_nsec - now.tv_nsec) / 1000000;
  return left < 0 ? 0 : (int)left;
}

/* Root, or whom root gave the run directory to (lsad as another user). Never this very process: the authority's own
 * thread would wait for itself. */
static int peer_is_authority(int socket) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  struct stat directory;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || size != sizeof peer) return 0;
  if (peer.pid == getpid()) return 0;
  if (peer.uid == 0) return 1;
  return lstat(RUN_DIRECTORY, &directory) == 0 && S_ISDIR(directory.st_mode) &&
         (directory.st_mode & (S_IWGRP | S_IWOTH)) == 0 && directory.st_uid == peer.uid;
}

static int connect_in_time(const struct nss_call* call, int socket) {
  static const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = SOCKET_PATH};
  const struct timespec pause = {.tv_nsec = 1000000};
  while (connect(socket, (const struct sockaddr*)&address, sizeof address) != 0) {
    /* EAGAIN: its queue is full, and poll(2) cannot wait for room in it. */
    if (errno != EAGAIN && errno != EINTR) return 0;
    if (milliseconds_left(call) == 0) return 0;
    if (errno == EAGAIN) nanosleep(&pause, NULL);
  }
  return 1;
}

static int wait_for(const struct nss_call* call, short events) {
  for (;;) {
    struct pollfd one = {.fd = call->socket, .events = events};
    const int left = milliseconds_left(call);
    const int ready = poll(&one, 1, left);
    if (ready > 0) return (one.revents & events) != 0;
    if (ready == 0 || errno != EINTR) return 0;
  }
}

static int open_connection(struct nss_call* call) {
  if (call->socket >= 0) return 1;
  call->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  return call->socket >= 0 && connect_in_time(call, call->socket) && peer_is_authority(call->socket);
}

static int send_request(const struct nss_call* call) {
  for (;;) {
    const ssize_t sent = send(call->socket, &call->request, sizeof call->request, MSG_NOSIGNAL);
    if (sent == (ssize_t)sizeof call->request) return 1;
    if (sent >= 0 || (errno != EAGAIN && errno != EINTR)) return 0;
    if (!wait_for(call, POLLOUT)) return 0;
  }
}

static ssize_t receive_reply(const struct nss_call* call, struct openlsa_nss_reply* reply, void* data, size_t room) {
  struct iovec parts[2] = {{reply, sizeof *reply}, {data, room}};
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  for (;;) {
    ssize_t got;
    if (!wait_for(call, POLLIN)) return -1;
    got = recvmsg(call->socket, &message, MSG_CMSG_CLOEXEC);
    if (got >= 0) return (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ? -1 : got;
    if (errno != EAGAIN && errno != EINTR) return -1;
  }
}

int nss_start(struct nss_call* call, enum openlsa_nss_kind kind, const char* name) {
  const size_t size = name == NULL ? 0 : strnlen(name, OPENLSA_NSS_NAME_BYTES + 1);
  memset(call, 0, sizeof *call);
  call->socket = -1;
  /* A thread that is cancelled in here would leave a descriptor behind. */
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &call->cancel_state);
  clock_gettime(CLOCK_MONOTONIC, &call->deadline);
  call->deadline.tv_nsec += OPENLSA_NSS_BUDGET_MILLISECONDS * 1000000L;
  if (call->deadline.tv_nsec >= 1000000000L) {
    call->deadline.tv_nsec -= 1000000000L;
    ++call->deadline.tv_sec;
  }
  call->request.version = OPENLSA_NSS_VERSION;
  call->request.kind = kind;
  if (name == NULL) return 1;
  if (size == 0 || size > OPENLSA_NSS_NAME_BYTES) return 0;
  memcpy(call->request.name, name, size);
  call->request.name_size = (uint32_t)size;
  return 1;
}

void nss_end(struct nss_call* call) {
  if (call->socket >= 0) close(call->socket);
  pthread_setcancelstate(call->cancel_state, NULL);
}

enum nss_status nss_ask(struct nss_call* call, struct openlsa_nss_reply* reply, void* data, size_t room) {
  ssize_t got;
  if (room > OPENLSA_NSS_PAGE_BYTES) room = OPENLSA_NSS_PAGE_BYTES;
  call->request.room = (uint32_t)room;
  if (!open_connection(call) || !send_request(call)) return NSS_STATUS_UNAVAIL;
  got = receive_reply(call, reply, data, room);
  if (got < (ssize_t)sizeof *reply || reply->version != OPENLSA_NSS_VERSION) return NSS_STATUS_UNAVAIL;
  if (reply->size != (size_t)got - sizeof *reply) return NSS_STATUS_UNAVAIL;
  if (reply->status == OPENLSA_NSS_ABSENT) return NSS_STATUS_NOTFOUND;
  return reply->status == OPENLSA_NSS_FOUND ? NSS_STATUS_SUCCESS : NSS_STATUS_UNAVAIL;
}

enum nss_status nss_answer(enum nss_status status, int* errnop) {
  /* Also for an authority that is down: a program that sees another error than this one may wait for ever. */
  if (status == NSS_STATUS_UNAVAIL || status == NSS_STATUS_NOTFOUND) *errnop = ENOENT;
  return status;
}

enum nss_status nss_too_small(int* errnop) {
  *errnop = ERANGE;
  return NSS_STATUS_TRYAGAIN;
}

char* nss_next_string(char** at, const char* end) {
  char* const text = *at;
  char* const zero = text < end ? memchr(text, 0, (size_t)(end - text)) : NULL;
  if (zero == NULL) return NULL;
  *at = zero + 1;
  return text;
}
