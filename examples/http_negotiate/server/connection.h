/* One client, from its connection to the end of it. */
#ifndef HTTP_NEGOTIATE_SERVER_CONNECTION_H
#define HTTP_NEGOTIATE_SERVER_CONNECTION_H

#include "common/network.h"
#include "server/schemes.h"

/* Answers every request; returns when the connection is to be closed. */
void serve_connection(network_socket connection, struct schemes *schemes);

#endif
