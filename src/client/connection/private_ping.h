/* The empty call, for the benchmarks of this build: what one call costs with all that the library does around it. */
#ifndef OPENLSA_CLIENT_PRIVATE_PING_H
#define OPENLSA_CLIENT_PRIVATE_PING_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

int32_t openlsa_private_ping(void); /* an NTSTATUS */

#ifdef __cplusplus
}
#endif

#endif
