/* The initiator's half of a handshake. */
#ifndef SSPI_C_CLIENT_HANDSHAKE_H
#define SSPI_C_CLIENT_HANDSHAKE_H

#include "common/network.h"
#include "common/sspi.h"

/* 1: *context is finished, and the caller's to delete. 0: reported, the server told, and there is no context. */
int initiate(network_socket connection, PCredHandle credentials, TCHAR *target, PCtxtHandle context);

#endif
