/* The C edge between libsecur32 and liblsa-embedded.so: the same messages as on a socket, by a function call. */
#ifndef OPENLSA_WIRE_EMBEDDED_ABI_H
#define OPENLSA_WIRE_EMBEDDED_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called once with the reply; `descriptors` become the receiver's. */
typedef void (*openlsa_embedded_reply)(void* context, const uint8_t* bytes, size_t size_bytes, const int* descriptors,
                                       size_t count);
/* The library's answer to an up-call of a package (seam::ClientCalls) for the channel `endpoint`. 0, or -1. */
typedef int (*openlsa_embedded_upcall)(uint64_t endpoint, uint16_t method, const uint8_t* request, size_t size_bytes,
                                       openlsa_embedded_reply reply, void* context);

/* Starts the authority of this process from `configuration_directory`/lsa.toml. 0; -1 with the reason on stderr.
   Further calls do nothing and return what the first returned. */
int openlsa_embedded_start(const char* configuration_directory, openlsa_embedded_upcall upcall);

/* Endpoint 0 is the authority, any other the channel of that id. `descriptors` become the callee's.
   0 with `reply` called once; -1 when the message is malformed or there is no such endpoint. */
int openlsa_embedded_call(uint64_t endpoint, uint16_t method, const uint8_t* request, size_t size_bytes,
                          const int* descriptors, size_t count, openlsa_embedded_reply reply, void* context);

void openlsa_embedded_close_channel(uint64_t endpoint);
/* 0 when the channel is no more: its package was removed, or it was closed. */
int openlsa_embedded_has_channel(uint64_t endpoint);

typedef int (*openlsa_embedded_start_fn)(const char*, openlsa_embedded_upcall);
typedef int (*openlsa_embedded_call_fn)(uint64_t, uint16_t, const uint8_t*, size_t, const int*, size_t,
                                        openlsa_embedded_reply, void*);
typedef void (*openlsa_embedded_close_channel_fn)(uint64_t);
typedef int (*openlsa_embedded_has_channel_fn)(uint64_t);

#ifdef __cplusplus
}
#endif

#endif
