/* The reference for NTLM over MIT's GSSAPI with gss-ntlmssp, both sides in this process, credentials acquired once.
 * NTLM_USER_FILE names the account's file. A winbindd that runs would be asked, too, and would halve the speed: where
 * /run/samba is, this process covers it with an empty directory in a mount namespace of its own, which takes root. */
#define _GNU_SOURCE
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>
#include <unistd.h>

#include "served.h"

static gss_OID_desc ntlm = {10, (void *)"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};
static gss_cred_id_t client = GSS_C_NO_CREDENTIAL, server = GSS_C_NO_CREDENTIAL;
static gss_name_t target = GSS_C_NO_NAME;

struct conversation {
  gss_ctx_id_t initiator, acceptor;
};
static struct conversation kept = {GSS_C_NO_CONTEXT, GSS_C_NO_CONTEXT};

static const char *hide_winbindd(void) {
  if (access("/run/samba", F_OK) != 0) return NULL;
  if (unshare(CLONE_NEWNS) != 0 || mount("", "/", "", MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount("tmpfs", "/run/samba", "tmpfs", 0, NULL) != 0)
    return "/run/samba is there and cannot be hidden from gss-ntlmssp, which takes root";
  return NULL;
}

static const char *prepare(void) {
  OM_uint32 minor, major;
  gss_OID_set_desc wanted = {1, &ntlm};
  gss_buffer_desc service = {14, (void *)"http@localhost"}, account = {10, (void *)"BENCH\\user"};
  gss_name_t user = GSS_C_NO_NAME;
  const char *hidden = hide_winbindd();
  if (hidden != NULL) return hidden;
  major = gss_import_name(&minor, &service, GSS_C_NT_HOSTBASED_SERVICE, &target);
  if (major == GSS_S_COMPLETE) major = gss_import_name(&minor, &account, GSS_C_NT_USER_NAME, &user);
  if (major == GSS_S_COMPLETE)
    major = gss_acquire_cred(&minor, user, GSS_C_INDEFINITE, &wanted, GSS_C_INITIATE, &client, NULL, NULL);
  if (major == GSS_S_COMPLETE)
    major =
        gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &wanted, GSS_C_ACCEPT, &server, NULL, NULL);
  return major == GSS_S_COMPLETE ? NULL : failed("gss_acquire_cred", major);
}

static OM_uint32 initialize(struct conversation *one, gss_buffer_t in, gss_buffer_t out) {
  OM_uint32 minor;
  return gss_init_sec_context(&minor, client, &one->initiator, target, &ntlm, GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG, 0,
                              GSS_C_NO_CHANNEL_BINDINGS, in, NULL, out, NULL, NULL);
}
static OM_uint32 accept_leg(struct conversation *one, gss_buffer_t in, gss_buffer_t out) {
  OM_uint32 minor;
  return gss_accept_sec_context(&minor, &one->acceptor, server, in, GSS_C_NO_CHANNEL_BINDINGS, NULL, NULL, out, NULL,
                                NULL, NULL);
}

static void end(struct conversation *one) {
  OM_uint32 minor;
  gss_delete_sec_context(&minor, &one->initiator, GSS_C_NO_BUFFER);
  gss_delete_sec_context(&minor, &one->acceptor, GSS_C_NO_BUFFER);
}

static const char *converse(struct conversation *one) {
  gss_buffer_desc negotiate = GSS_C_EMPTY_BUFFER, challenge = GSS_C_EMPTY_BUFFER, authenticate = GSS_C_EMPTY_BUFFER,
                  nothing = GSS_C_EMPTY_BUFFER;
  OM_uint32 minor, major = initialize(one, GSS_C_NO_BUFFER, &negotiate);
  if (major == GSS_S_CONTINUE_NEEDED) major = accept_leg(one, &negotiate, &challenge);
  if (major == GSS_S_CONTINUE_NEEDED) major = initialize(one, &challenge, &authenticate);
  if (!GSS_ERROR(major)) major = accept_leg(one, &authenticate, &nothing);
  gss_release_buffer(&minor, &negotiate);
  gss_release_buffer(&minor, &challenge);
  gss_release_buffer(&minor, &authenticate);
  gss_release_buffer(&minor, &nothing);
  if (major == GSS_S_COMPLETE) return NULL;
  end(one);
  return failed("a leg of the handshake", major);
}

static const char *handshake(void) {
  struct conversation one = {GSS_C_NO_CONTEXT, GSS_C_NO_CONTEXT};
  const char *error = converse(&one);
  end(&one);
  return error;
}

static const char *have_context(void) { return kept.initiator == GSS_C_NO_CONTEXT ? converse(&kept) : NULL; }

static const char *seal(unsigned char *message, unsigned size) {
  OM_uint32 minor, major;
  gss_buffer_desc in = {size, message}, out = GSS_C_EMPTY_BUFFER;
  const char *error = have_context();
  if (error != NULL) return error;
  major = gss_wrap(&minor, kept.initiator, 1, GSS_C_QOP_DEFAULT, &in, NULL, &out);
  gss_release_buffer(&minor, &out);
  return major == GSS_S_COMPLETE ? NULL : failed("gss_wrap", major);
}

static const char *sign(unsigned char *message, unsigned size) {
  OM_uint32 minor, major;
  gss_buffer_desc in = {size, message}, out = GSS_C_EMPTY_BUFFER;
  const char *error = have_context();
  if (error != NULL) return error;
  major = gss_get_mic(&minor, kept.initiator, GSS_C_QOP_DEFAULT, &in, &out);
  gss_release_buffer(&minor, &out);
  return major == GSS_S_COMPLETE ? NULL : failed("gss_get_mic", major);
}

int main(void) {
  const struct operations operations = {prepare, handshake, seal, sign};
  return serve(&operations);
}
