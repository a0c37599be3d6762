/* A TCP connection on the loopback address. Sockets are what Windows and Linux differ in: network.c has it all. Every
   function reports its own failure. */
#ifndef SSPI_C_NETWORK_H
#define SSPI_C_NETWORK_H

#include <stddef.h>

/* A SOCKET of Windows, or a descriptor. */
typedef long long network_socket;
#define NO_SOCKET ((network_socket)-1)

/* Both return 1 when it is done and 0 when not. */
int network_start(void);
void network_stop(void);

/* Port 0: any; *port is then the one that it got. NO_SOCKET on failure. */
network_socket network_listen(unsigned short *port);
network_socket network_accept(network_socket listener);
network_socket network_connect(unsigned short port);
void network_close(network_socket connection);

/* Whole, or 0. A peer that is silent for half a minute counts as gone. */
int network_send(network_socket connection, const void *bytes, size_t size);
int network_receive(network_socket connection, void *bytes, size_t size);
/* What has come, one byte at least: how many they are, 0 when the peer has ended the connection, -1 on failure. */
long long network_receive_some(network_socket connection, void *bytes, size_t size);

/* Ends the sending half, and drops what the peer still sends, up to a limit: then closing does not take from it what was
   sent last. */
void network_finish(network_socket connection);

#endif
