/* What libnss_openlsa.so.2 and lsad say to each other on <run directory>/nss (SOCK_SEQPACKET): one request, one reply,
 * again and again on one connection if need be. Both ends are of one machine and one installation: the layout is fixed
 * and in the machine's byte order. In C, for the module is (nss/nss_client.c). */
#ifndef OPENLSA_WIRE_NSS_PROTOCOL_H
#define OPENLSA_WIRE_NSS_PROTOCOL_H

#include <stdint.h>

#define OPENLSA_NSS_VERSION 1
#define OPENLSA_NSS_SOCKET_NAME "nss"
#define OPENLSA_NSS_NAME_BYTES 256
#define OPENLSA_NSS_PAGE_BYTES 32768 /* of strings or numbers in one reply */

enum openlsa_nss_kind {
  OPENLSA_NSS_USER_NAMED = 1,  /* name */
  OPENLSA_NSS_USER_OF = 2,     /* id: uid */
  OPENLSA_NSS_NEXT_USER = 3,   /* cursor */
  OPENLSA_NSS_GROUP_NAMED = 4, /* name; cursor */
  OPENLSA_NSS_GROUP_OF = 5,    /* id: gid; cursor */
  OPENLSA_NSS_NEXT_GROUP = 6,  /* cursor */
  OPENLSA_NSS_GROUPS_OF = 7    /* name, id: the user's primary gid; cursor */
};

enum openlsa_nss_status {
  OPENLSA_NSS_FOUND = 1,
  OPENLSA_NSS_ABSENT = 2 /* there is none; or the enumeration is at its end, or switched off */
};

/* All of it is sent, always. */
struct openlsa_nss_request {
  uint32_t version; /* OPENLSA_NSS_VERSION */
  uint32_t kind;
  uint32_t id;
  uint32_t name_size; /* bytes at name, without a zero; 0 where the kind has no name */
  uint64_t cursor;    /* 0: from the beginning; otherwise what the reply before said */
  uint32_t room;      /* bytes that the asker has for the reply's strings or numbers */
  uint32_t zero;
  char name[OPENLSA_NSS_NAME_BYTES];
};

/* The cursor of a group's members, or of a user's groups, is 1 + the number of those that came before.
 *
 * `size` bytes follow: of a user name, home, shell, gecos; of a group on its first page its name, then members, as many
 * as there is room for; each string with its zero. GROUPS_OF: uint32_t gids. */
struct openlsa_nss_reply {
  uint32_t version;
  uint32_t status;
  uint32_t uid;
  uint32_t gid;
  uint64_t next; /* cursor of the next page, or of the next entry; 0: this was the last */
  uint32_t size;
  uint32_t count;      /* members or gids on this page */
  uint32_t total;      /* members or gids, of all pages */
  uint32_t total_size; /* bytes of all pages: whoever has less room need not go on */
};

#endif
