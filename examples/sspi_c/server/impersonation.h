/* Acting as the client. */
#ifndef SSPI_C_SERVER_IMPERSONATION_H
#define SSPI_C_SERVER_IMPERSONATION_H

#include "common/sspi.h"

/* Becomes the client, asks the system who this thread is now, and reverts. Where the context or the process allows no
   impersonation, `name` says so. 0, and reported, only when the thread may still be the client: do not go on then. */
int name_of_client(PCtxtHandle context, char *name, size_t size);

#endif
