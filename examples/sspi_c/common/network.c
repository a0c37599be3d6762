#include "common/network.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <winsock2.h>
typedef SOCKET raw_socket;
typedef int socket_length;
#define close_raw closesocket
#define SHUT_SENDING SD_SEND
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
typedef int raw_socket;
typedef socklen_t socket_length;
#define close_raw close
#define SHUT_SENDING SHUT_WR
#endif

#include <errno.h>

#include "common/report.h"

#define SILENCE_SECONDS 30

/* Without SIGPIPE: a peer that is gone is a failed send. */
#ifdef MSG_NOSIGNAL
#define SEND_FLAGS MSG_NOSIGNAL
#else
#define SEND_FLAGS 0
#endif

#ifdef _WIN32
static int last_error(void) { return WSAGetLastError(); }
static int interrupted(void) { return 0; }
static void limit_silence(raw_socket connection) {
  const DWORD milliseconds = SILENCE_SECONDS * 1000;
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, (const char *)&milliseconds, sizeof milliseconds);
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, (const char *)&milliseconds, sizeof milliseconds);
}
int network_start(void) {
  WSADATA data;
  const int error = WSAStartup(MAKEWORD(2, 2), &data);
  if (error != 0) report("Windows Sockets did not start: error %d.", error);
  return error == 0;
}
void network_stop(void) { WSACleanup(); }
#else
static int last_error(void) { return errno; }
static int interrupted(void) { return errno == EINTR; }
static void limit_silence(raw_socket connection) {
  const struct timeval limit = {SILENCE_SECONDS, 0};
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}
int network_start(void) { return 1; }
void network_stop(void) {}
#endif

static struct sockaddr_in loopback(unsigned short port) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/* A SOCKET of Windows is unsigned; as this type INVALID_SOCKET is -1 too. */
static network_socket wrap(raw_socket made) { return (network_socket)made; }

network_socket network_listen(unsigned short *port) {
  struct sockaddr_in address = loopback(*port);
  socket_length size = sizeof address;
  const network_socket listener = wrap(socket(AF_INET, SOCK_STREAM, 0));
  if (listener != NO_SOCKET && bind((raw_socket)listener, (struct sockaddr *)&address, size) == 0 &&
      listen((raw_socket)listener, 16) == 0 &&
      getsockname((raw_socket)listener, (struct sockaddr *)&address, &size) == 0) {
    *port = ntohs(address.sin_port);
    return listener;
  }
  report("cannot listen on port %u of 127.0.0.1: error %d of the sockets.", *port, last_error());
  network_close(listener);
  return NO_SOCKET;
}

network_socket network_accept(network_socket listener) {
  network_socket connection;
  do connection = wrap(accept((raw_socket)listener, NULL, NULL));
  while (connection == NO_SOCKET && interrupted());
  if (connection == NO_SOCKET)
    report("cannot accept a connection: error %d of the sockets.", last_error());
  else
    limit_silence((raw_socket)connection);
  return connection;
}

network_socket network_connect(unsigned short port) {
  struct sockaddr_in address = loopback(port);
  const network_socket connection = wrap(socket(AF_INET, SOCK_STREAM, 0));
  if (connection != NO_SOCKET &&
      connect((raw_socket)connection, (struct sockaddr *)&address, sizeof address) == 0) {
    limit_silence((raw_socket)connection);
    return connection;
  }
  report("cannot connect to port %u of 127.0.0.1: error %d of the sockets. Is the server running?", port, last_error());
  network_close(connection);
  return NO_SOCKET;
}

void network_close(network_socket connection) {
  if (connection != NO_SOCKET) close_raw((raw_socket)connection);
}

int network_send(network_socket connection, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size != 0) {
    const long long sent = send((raw_socket)connection, at, size, SEND_FLAGS);
    if (sent < 0 && interrupted()) continue;
    if (sent <= 0) {
      report("the peer takes nothing any more: error %d of the sockets.", last_error());
      return 0;
    }
    at += sent;
    size -= (size_t)sent;
  }
  return 1;
}

long long network_receive_some(network_socket connection, void *bytes, size_t size) {
  long long got;
  do got = recv((raw_socket)connection, bytes, size, 0);
  while (got < 0 && interrupted());
  if (got < 0) report("the peer sends nothing: error %d of the sockets.", last_error());
  return got < 0 ? -1 : got;
}

int network_receive(network_socket connection, void *bytes, size_t size) {
  char *at = bytes;
  while (size != 0) {
    const long long got = network_receive_some(connection, at, size);
    if (got == 0) report("the peer has ended the connection.");
    if (got <= 0) return 0;
    at += got;
    size -= (size_t)got;
  }
  return 1;
}

void network_finish(network_socket connection) {
  char dropped[4096];
  size_t most = 256; /* times that buffer */
  shutdown((raw_socket)connection, SHUT_SENDING);
  while (most-- != 0 && recv((raw_socket)connection, dropped, sizeof dropped, 0) > 0) continue;
}
