/* The group database: _nss_openlsa_getgrnam_r, getgrgid_r, setgrent, getgrent_r, endgrent. A group comes in pages: its
 * name, then its members, as many as there is room for. */
#include <errno.h>
#include <grp.h>
#include <stdatomic.h>
#include <stdint.h>

#include "nss_client.h"

static _Atomic uint64_t next_group; /* as next_user in passwd.c */

enum nss_status _nss_openlsa_getgrnam_r(const char* name, struct group* result, char* buffer, size_t size, int* errnop);
enum nss_status _nss_openlsa_getgrgid_r(gid_t gid, struct group* result, char* buffer, size_t size, int* errnop);
enum nss_status _nss_openlsa_setgrent(int stay_open);
enum nss_status _nss_openlsa_endgrent(void);
enum nss_status _nss_openlsa_getgrent_r(struct group* result, char* buffer, size_t size, int* errnop);

/* The caller's buffer: "*" and its zero, the strings, the pointers to members with a NULL behind them. */
struct layout {
  char* strings;
  char** members;
};

static int lay_out(const struct openlsa_nss_reply* first, char* buffer, size_t size, struct layout* layout) {
  const uintptr_t behind = (uintptr_t)buffer + 2 + first->total_size;
  const size_t gap = -behind & (sizeof(char*) - 1);
  const uint64_t needed = (uint64_t)2 + first->total_size + gap + ((uint64_t)first->total + 1) * sizeof(char*);
  if (needed > size) return 0;
  layout->strings = buffer + 2;
  layout->members = (char**)(behind + gap);
  return 1;
}

/* The pages after the first, into the strings behind it. What changes between two pages is no group any more. */
static enum nss_status read_rest(struct nss_call* call, const struct openlsa_nss_reply* first, char* strings,
                                 size_t* members) {
  struct openlsa_nss_reply page = *first;
  size_t used = first->size;
  while (page.next != 0) {
    const uint64_t before = page.next;
    enum nss_status status;
    call->request.cursor = page.next;
    status = nss_ask(call, &page, strings + used, first->total_size - used);
    if (status != NSS_STATUS_SUCCESS) return NSS_STATUS_UNAVAIL;
    if (page.total != first->total || page.total_size != first->total_size || page.gid != first->gid)
      return NSS_STATUS_UNAVAIL;
    if (page.size == 0 || (page.next != 0 && page.next <= before)) return NSS_STATUS_UNAVAIL;
    used += page.size;
    *members += page.count;
  }
  return used == first->total_size ? NSS_STATUS_SUCCESS : NSS_STATUS_UNAVAIL;
}

static enum nss_status take_group(const struct openlsa_nss_reply* first, const struct layout* layout,
                                  struct group* result) {
  char* at = layout->strings;
  const char* const end = at + first->total_size;
  uint32_t i;
  if (first->gid == 0 || first->gid == (gid_t)-1) return NSS_STATUS_UNAVAIL;
  result->gr_name = nss_next_string(&at, end);
  if (result->gr_name == NULL || result->gr_name[0] == '\0') return NSS_STATUS_UNAVAIL;
  for (i = 0; i < first->total; ++i)
    if ((layout->members[i] = nss_next_string(&at, end)) == NULL) return NSS_STATUS_UNAVAIL;
  layout->members[i] = NULL;
  result->gr_mem = layout->members;
  result->gr_gid = first->gid;
  return at == end ? NSS_STATUS_SUCCESS : NSS_STATUS_UNAVAIL;
}

/* `next`: of the first page, where the enumeration goes on. */
static enum nss_status find_group(struct nss_call* call, struct group* result, char* buffer, size_t size,
                                  uint64_t* next, int* errnop) {
  struct openlsa_nss_reply first;
  struct layout layout;
  size_t members;
  enum nss_status status;
  if (size < 2) return nss_too_small(errnop);
  status = nss_ask(call, &first, buffer + 2, size - 2);
  /* Otherwise what is left of the strings' room would be less than nothing. */
  if (status == NSS_STATUS_SUCCESS && first.size > first.total_size) status = NSS_STATUS_UNAVAIL;
  if (status == NSS_STATUS_SUCCESS && !lay_out(&first, buffer, size, &layout)) return nss_too_small(errnop);
  if (status == NSS_STATUS_SUCCESS && next != NULL) {
    /* The members of the entry are asked for by its number: the cursor of an enumeration goes from group to group. */
    *next = first.next;
    first.next = first.count == first.total ? 0 : (uint64_t)first.count + 1;
    call->request.kind = OPENLSA_NSS_GROUP_OF;
    call->request.id = first.gid;
  }
  members = first.count;
  if (status == NSS_STATUS_SUCCESS) status = read_rest(call, &first, layout.strings, &members);
  if (status == NSS_STATUS_SUCCESS && members != first.total) status = NSS_STATUS_UNAVAIL;
  if (status == NSS_STATUS_SUCCESS) status = take_group(&first, &layout, result);
  if (status != NSS_STATUS_SUCCESS) return nss_answer(status, errnop);
  buffer[0] = '*';
  buffer[1] = '\0';
  result->gr_passwd = buffer;
  return status;
}

enum nss_status _nss_openlsa_getgrnam_r(const char* name, struct group* result, char* buffer, size_t size,
                                        int* errnop) {
  struct nss_call call;
  const enum nss_status status = nss_start(&call, OPENLSA_NSS_GROUP_NAMED, name)
                                     ? find_group(&call, result, buffer, size, NULL, errnop)
                                     : nss_answer(NSS_STATUS_NOTFOUND, errnop);
  nss_end(&call);
  return status;
}

enum nss_status _nss_openlsa_getgrgid_r(gid_t gid, struct group* result, char* buffer, size_t size, int* errnop) {
  struct nss_call call;
  enum nss_status status;
  nss_start(&call, OPENLSA_NSS_GROUP_OF, NULL);
  call.request.id = gid;
  status = find_group(&call, result, buffer, size, NULL, errnop);
  nss_end(&call);
  return status;
}

enum nss_status _nss_openlsa_setgrent(int stay_open) {
  (void)stay_open;
  atomic_store(&next_group, 0);
  return NSS_STATUS_SUCCESS;
}

enum nss_status _nss_openlsa_endgrent(void) { return _nss_openlsa_setgrent(0); }

enum nss_status _nss_openlsa_getgrent_r(struct group* result, char* buffer, size_t size, int* errnop) {
  struct nss_call call;
  uint64_t next = 0;
  enum nss_status status;
  nss_start(&call, OPENLSA_NSS_NEXT_GROUP, NULL);
  call.request.cursor = atomic_load(&next_group);
  status = find_group(&call, result, buffer, size, &next, errnop);
  if (status == NSS_STATUS_SUCCESS) atomic_store(&next_group, next);
  nss_end(&call);
  return status;
}
