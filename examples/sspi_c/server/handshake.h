/* The acceptor's half of a handshake. */
#ifndef SSPI_C_SERVER_HANDSHAKE_H
#define SSPI_C_SERVER_HANDSHAKE_H

#include "common/network.h"
#include "common/sspi.h"

/* `longest` is how long a token may be. 1: *context is finished, and the caller's to delete. 0: reported, the client
   told, and there is no context. */
int accept_context(network_socket connection, PCredHandle credentials, ULONG longest, PCtxtHandle context);

#endif
