/* The passwd database: _nss_openlsa_getpwnam_r, getpwuid_r, setpwent, getpwent_r, endpwent. */
#include <errno.h>
#include <pwd.h>
#include <stdatomic.h>

#include "nss_client.h"

/* Where getpwent goes on. One for the process, as the function has it (getpwent(3)); glibc lets one thread at a time in
 * here, and whoever calls us directly loses an entry at worst. */
static _Atomic uint64_t next_user;

enum nss_status _nss_openlsa_getpwnam_r(const char* name, struct passwd* result, char* buffer, size_t size,
                                        int* errnop);
enum nss_status _nss_openlsa_getpwuid_r(uid_t uid, struct passwd* result, char* buffer, size_t size, int* errnop);
enum nss_status _nss_openlsa_setpwent(int stay_open);
enum nss_status _nss_openlsa_endpwent(void);
enum nss_status _nss_openlsa_getpwent_r(struct passwd* result, char* buffer, size_t size, int* errnop);

/* uid 0 is root, whom the system's own files name; nobody else may become it through us. */
static enum nss_status take_user(const struct openlsa_nss_reply* reply, struct passwd* result, char* buffer) {
  char* at = buffer;
  const char* const end = buffer + reply->size;
  if (reply->uid == 0 || reply->uid == (uid_t)-1 || reply->gid == (gid_t)-1) return NSS_STATUS_UNAVAIL;
  result->pw_name = nss_next_string(&at, end);
  result->pw_dir = nss_next_string(&at, end);
  result->pw_shell = nss_next_string(&at, end);
  result->pw_gecos = nss_next_string(&at, end);
  if (result->pw_gecos == NULL || at != end || result->pw_name[0] == '\0') return NSS_STATUS_UNAVAIL;
  result->pw_uid = reply->uid;
  result->pw_gid = reply->gid;
  return NSS_STATUS_SUCCESS;
}

/* Asks, and turns the reply into `result`; the caller's buffer holds the strings, and "*" for the password: no password
 * of this kind opens the account. */
static enum nss_status find_user(struct nss_call* call, struct openlsa_nss_reply* reply, struct passwd* result,
                                 char* buffer, size_t size, int* errnop) {
  enum nss_status status;
  if (size < 2) return nss_too_small(errnop);
  status = nss_ask(call, reply, buffer + 2, size - 2);
  if (status == NSS_STATUS_SUCCESS && reply->total_size > size - 2) return nss_too_small(errnop);
  if (status == NSS_STATUS_SUCCESS) status = take_user(reply, result, buffer + 2);
  if (status != NSS_STATUS_SUCCESS) return nss_answer(status, errnop);
  buffer[0] = '*';
  buffer[1] = '\0';
  result->pw_passwd = buffer;
  return status;
}

enum nss_status _nss_openlsa_getpwnam_r(const char* name, struct passwd* result, char* buffer, size_t size,
                                        int* errnop) {
  struct nss_call call;
  struct openlsa_nss_reply reply;
  const enum nss_status status = nss_start(&call, OPENLSA_NSS_USER_NAMED, name)
                                     ? find_user(&call, &reply, result, buffer, size, errnop)
                                     : nss_answer(NSS_STATUS_NOTFOUND, errnop);
  nss_end(&call);
  return status;
}

enum nss_status _nss_openlsa_getpwuid_r(uid_t uid, struct passwd* result, char* buffer, size_t size, int* errnop) {
  struct nss_call call;
  struct openlsa_nss_reply reply;
  enum nss_status status;
  nss_start(&call, OPENLSA_NSS_USER_OF, NULL);
  call.request.id = uid;
  status = find_user(&call, &reply, result, buffer, size, errnop);
  nss_end(&call);
  return status;
}

enum nss_status _nss_openlsa_setpwent(int stay_open) {
  (void)stay_open;
  atomic_store(&next_user, 0);
  return NSS_STATUS_SUCCESS;
}

enum nss_status _nss_openlsa_endpwent(void) { return _nss_openlsa_setpwent(0); }

enum nss_status _nss_openlsa_getpwent_r(struct passwd* result, char* buffer, size_t size, int* errnop) {
  struct nss_call call;
  struct openlsa_nss_reply reply;
  enum nss_status status;
  nss_start(&call, OPENLSA_NSS_NEXT_USER, NULL);
  call.request.cursor = atomic_load(&next_user);
  status = find_user(&call, &reply, result, buffer, size, errnop);
  if (status == NSS_STATUS_SUCCESS) atomic_store(&next_user, reply.next);
  nss_end(&call);
  return status;
}
