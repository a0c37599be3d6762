/* The reference for NTLM over WinPR's SSPI (libwinpr2), both sides in this process: credentials acquired once, and the
 * acceptor has the key of the account at hand, so that no file of accounts is read. */
#include <stdlib.h>
#include <string.h>
#include <winpr/ntlm.h>
#include <winpr/sspi.h>
#include <winpr/wlog.h>

#include "served.h"

enum { longest_token = 4096, longest_signature = 64 };

static char package[] = "NTLM", target[] = "http/localhost";
static char user[] = "user", domain[] = "BENCH", password[] = "Passw0rd for measuring";
static PSecurityFunctionTableA table;
static CredHandle client, server;
static SecPkgContext_AuthNtlmHash key;

struct conversation {
  CtxtHandle initiator, acceptor;
};
static struct conversation kept;

static const char *prepare(void) {
  SEC_WINNT_AUTH_IDENTITY identity;
  TimeStamp expiry;
  SECURITY_STATUS status;
  WLog_SetLogLevel(WLog_GetRoot(), WLOG_OFF); /* it would log to standard output */
  table = InitSecurityInterfaceExA(0);
  memset(&identity, 0, sizeof identity);
  if (sspi_SetAuthIdentity(&identity, user, domain, password) < 0) return "sspi_SetAuthIdentity";
  key.Version = 1;
  if (!NTOWFv1A(password, (UINT32)strlen(password), key.NtlmHash)) return "NTOWFv1A";
  status = table->AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_OUTBOUND, NULL, &identity, NULL, NULL, &client,
                                            &expiry);
  if (status == SEC_E_OK)
    status =
        table->AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_INBOUND, NULL, NULL, NULL, NULL, &server, &expiry);
  return status == SEC_E_OK ? NULL : failed("AcquireCredentialsHandle", (unsigned long)status);
}

struct token {
  BYTE bytes[longest_token];
  SecBuffer buffer;
  SecBufferDesc description;
};
static void make_room(struct token *token) {
  token->buffer.cbBuffer = sizeof token->bytes;
  token->buffer.BufferType = SECBUFFER_TOKEN;
  token->buffer.pvBuffer = token->bytes;
  token->description.ulVersion = SECBUFFER_VERSION;
  token->description.cBuffers = 1;
  token->description.pBuffers = &token->buffer;
}

static SECURITY_STATUS initialize(struct conversation *one, PSecBufferDesc in, PSecBufferDesc out) {
  ULONG attributes = 0;
  TimeStamp expiry;
  return table->InitializeSecurityContextA(&client, in != NULL ? &one->initiator : NULL, target,
                                           ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY, 0, SECURITY_NATIVE_DREP, in, 0,
                                           &one->initiator, out, &attributes, &expiry);
}

static SECURITY_STATUS accept_leg(struct conversation *one, int first, PSecBufferDesc in, PSecBufferDesc out) {
  ULONG attributes = 0;
  TimeStamp expiry;
  return table->AcceptSecurityContext(&server, first ? NULL : &one->acceptor, in,
                                      ASC_REQ_CONFIDENTIALITY | ASC_REQ_INTEGRITY, SECURITY_NATIVE_DREP,
                                      &one->acceptor, out, &attributes, &expiry);
}

/* WinPR's acceptor stops before it judges, and is given the key then. */
static const char *converse(struct conversation *one) {
  static struct token negotiate, challenge, authenticate, nothing;
  SECURITY_STATUS status;
  make_room(&negotiate);
  make_room(&challenge);
  make_room(&authenticate);
  make_room(&nothing);
  status = initialize(one, NULL, &negotiate.description);
  if (status != SEC_I_CONTINUE_NEEDED) return failed("InitializeSecurityContext", (unsigned long)status);
  status = accept_leg(one, 1, &negotiate.description, &challenge.description);
  if (status != SEC_I_CONTINUE_NEEDED) return failed("AcceptSecurityContext", (unsigned long)status);
  status = initialize(one, &challenge.description, &authenticate.description);
  if (status != SEC_E_OK && status != SEC_I_CONTINUE_NEEDED && status != SEC_I_COMPLETE_NEEDED)
    return failed("InitializeSecurityContext, second leg", (unsigned long)status);
  status = accept_leg(one, 0, &authenticate.description, &nothing.description);
  if (status != SEC_I_COMPLETE_NEEDED) return failed("AcceptSecurityContext, second leg", (unsigned long)status);
  status = table->SetContextAttributesA(&one->acceptor, SECPKG_ATTR_AUTH_NTLM_HASH, &key, sizeof key);
  if (status != SEC_E_OK) return failed("SetContextAttributes", (unsigned long)status);
  status = table->CompleteAuthToken(&one->acceptor, &nothing.description);
  return status == SEC_E_OK ? NULL : failed("CompleteAuthToken", (unsigned long)status);
}

static void end(struct conversation *one) {
  table->DeleteSecurityContext(&one->initiator);
  table->DeleteSecurityContext(&one->acceptor);
}

static const char *handshake(void) {
  struct conversation one;
  const char *error = converse(&one);
  if (error == NULL) end(&one);
  return error;
}

static const char *protect(unsigned char *message, unsigned size, int sealed) {
  static int there;
  static ULONG sequence;
  unsigned char signature[longest_signature];
  SecBuffer parts[2] = {{16, SECBUFFER_TOKEN, signature}, {size, SECBUFFER_DATA, message}};
  SecBufferDesc description = {SECBUFFER_VERSION, 2, parts};
  SECURITY_STATUS status;
  if (!there) {
    const char *error = converse(&kept);
    if (error != NULL) return error;
    there = 1;
  }
  status = sealed ? table->EncryptMessage(&kept.initiator, 0, &description, sequence++)
                  : table->MakeSignature(&kept.initiator, 0, &description, sequence++);
  return status == SEC_E_OK ? NULL : failed(sealed ? "EncryptMessage" : "MakeSignature", (unsigned long)status);
}
static const char *seal(unsigned char *message, unsigned size) { return protect(message, size, 1); }
static const char *sign(unsigned char *message, unsigned size) { return protect(message, size, 0); }

int main(void) {
  const struct operations operations = {prepare, handshake, seal, sign};
  return serve(&operations);
}
