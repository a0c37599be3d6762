/* _nss_openlsa_initgroups_dyn: the supplementary groups of a user, for initgroups(3) and getgrouplist(3). */
#include <errno.h>
#include <grp.h>
#include <stdlib.h>

#include "nss_client.h"

enum nss_status _nss_openlsa_initgroups_dyn(const char* user, gid_t group, long int* start, long int* size,
                                            gid_t** groups, long int limit, int* errnop);

#define GIDS_OF_A_PAGE 1024

/* Where the answer goes: glibc's list, which it gave as malloc(3) made it. */
struct list {
  long int* start;
  long int* size;
  gid_t** groups;
  long int limit; /* <= 0: none */
};

static int is_listed(const struct list* list, gid_t gid) {
  for (long int i = 0; i < *list->start; ++i)
    if ((*list->groups)[i] == gid) return 1;
  return 0;
}

static int grow(const struct list* list) {
  long int wanted = *list->size < 16 ? 32 : 2 * *list->size;
  gid_t* larger;
  if (list->limit > 0 && wanted > list->limit) wanted = list->limit;
  larger = realloc(*list->groups, (size_t)wanted * sizeof *larger);
  if (larger == NULL) return 0;
  *list->groups = larger;
  *list->size = wanted;
  return 1;
}

/* At the limit the rest is left out, as glibc's own modules do it. */
static int append(const struct list* list, const uint32_t* gids, uint32_t count, gid_t primary) {
  for (uint32_t i = 0; i < count; ++i) {
    if (gids[i] == primary || gids[i] == (gid_t)-1 || is_listed(list, gids[i])) continue;
    if (list->limit > 0 && *list->start >= list->limit) return 1;
    if (*list->start >= *list->size && !grow(list)) return 0;
    (*list->groups)[(*list->start)++] = gids[i];
  }
  return 1;
}

/* The authority answers only when `group` is the primary group of its account of that name: a user of /etc/passwd who
 * merely has the name of an account does not get the account's groups. */
enum nss_status _nss_openlsa_initgroups_dyn(const char* user, gid_t group, long int* start, long int* size,
                                            gid_t** groups, long int limit, int* errnop) {
  const struct list list = {start, size, groups, limit};
  uint32_t gids[GIDS_OF_A_PAGE];
  struct openlsa_nss_reply reply = {0};
  struct nss_call call;
  enum nss_status status = NSS_STATUS_NOTFOUND;
  if (nss_start(&call, OPENLSA_NSS_GROUPS_OF, user)) {
    call.request.id = group;
    do {
      const uint64_t before = reply.next;
      call.request.cursor = reply.next;
      status = nss_ask(&call, &reply, gids, sizeof gids);
      if (status != NSS_STATUS_SUCCESS) break;
      if (reply.size != (uint64_t)reply.count * sizeof *gids || (reply.next != 0 && reply.next <= before)) {
        status = NSS_STATUS_UNAVAIL;
      } else if (!append(&list, gids, reply.count, group)) {
        *errnop = ENOMEM;
        nss_end(&call);
        return NSS_STATUS_TRYAGAIN;
      }
    } while (status == NSS_STATUS_SUCCESS && reply.next != 0);
  }
  nss_end(&call);
  return nss_answer(status, errnop);
}
