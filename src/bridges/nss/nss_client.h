/* One question to the authority, for the functions of this module. Nothing is kept between two calls: a connection
 * lives for one call, so that fork, threads, closefrom and changes of identity have nothing to go wrong with. */
#ifndef OPENLSA_NSS_CLIENT_H
#define OPENLSA_NSS_CLIENT_H

#include <nss.h>
#include <stddef.h>
#include <time.h>

#include "wire/nss/nss_protocol.h"

#define OPENLSA_NSS_BUDGET_MILLISECONDS 50 /* for a whole call of the program, however many pages it takes */

struct nss_call {
  int socket; /* -1: not connected */
  int cancel_state;
  struct timespec deadline;
  struct openlsa_nss_request request; /* version and name are set, the rest is the caller's to fill in */
};

/* Name may be NULL. False: no account can have this name (NSS_STATUS_NOTFOUND). Every start has its end. */
int nss_start(struct nss_call* call, enum openlsa_nss_kind kind, const char* name);
void nss_end(struct nss_call* call);

/* Sends the request and receives a reply with at most `room` bytes behind its header. NSS_STATUS_SUCCESS: the reply is
 * whole and says OPENLSA_NSS_FOUND. NSS_STATUS_UNAVAIL: nobody we trust has answered in time. */
enum nss_status nss_ask(struct nss_call* call, struct openlsa_nss_reply* reply, void* data, size_t room);

/* The answer of an NSS function, with the errno that glibc's manual asks for ("NSS Modules Interface"). */
enum nss_status nss_answer(enum nss_status status, int* errnop);
/* The caller's buffer is too small: it comes again with a larger one. */
enum nss_status nss_too_small(int* errnop);

/* Takes the next string of a reply: it ends before `end`, or there is none. */
char* nss_next_string(char** at, const char* end);

#endif
