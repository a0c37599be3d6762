/* The other side of a handshake, over WinPR's SSPI: `winpr_peer init NTLM|Negotiate TARGET` or `winpr_peer accept
 * NTLM|Negotiate FILE`, where it then keeps its account. A process of its own, because libwinpr2 exports the names of our
 * library. It answers requests on standard input, each a letter, a length of four bytes (big-endian) and data; answers
 * have the same form.
 *   I user\ndomain\npassword   whom the initiator is, or the one account of the acceptor
 *   T token    one leg; answers C or D (done), with the token for us; E with the status ends it
 *   W text     EncryptMessage: the signature and the sealed text      U message  DecryptMessage: the text */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winpr/ntlm.h>
#include <winpr/sspi.h>
#include <winpr/wlog.h>

enum { longest_token = 12288, signature_bytes = 16 };

static PSecurityFunctionTableA table;
static CredHandle credential;
static CtxtHandle context;
static int has_context;
static char *argument;
static ULONG sent, received;

static void whole(int (*io)(void *, size_t), void *data, size_t size) {
  if (io(data, size) != 0) exit(3);
}
static int get(void *data, size_t size) { return fread(data, 1, size, stdin) == size ? 0 : -1; }
static int put(void *data, size_t size) { return fwrite(data, 1, size, stdout) == size ? 0 : -1; }

static void answer(char letter, const void *data, size_t size) {
  uint32_t length = htonl((uint32_t)size);
  whole(put, &letter, 1);
  whole(put, &length, sizeof length);
  whole(put, (void *)data, size);
  fflush(stdout);
}

static void fail(const char *function, SECURITY_STATUS status) {
  char text[128];
  const int size = snprintf(text, sizeof text, "%s: 0x%08x", function, (unsigned)status);
  answer('E', text, (size_t)size);
}

/* The acceptor's accounts are a file of lines "user:domain:LM key:NT key:::", with the keys in hexadecimal digits. */
static void write_accounts(const char *path, const char *user, const char *domain, char *password) {
  BYTE key[16];
  FILE *file = fopen(path, "w");
  size_t i;
  if (file == NULL || !NTOWFv1A(password, (UINT32)strlen(password), key)) exit(5);
  fprintf(file, "%s:%s::", user, domain);
  for (i = 0; i < sizeof key; ++i) fprintf(file, "%02x", key[i]);
  fprintf(file, ":::\n");
  fclose(file);
}

static void identify(int initiator, char *package, char *text) {
  SEC_WINNT_AUTH_IDENTITY identity;
  TimeStamp expiry;
  SECURITY_STATUS status;
  const char *user = strsep(&text, "\n"), *domain = strsep(&text, "\n");
  if (text == NULL) exit(4);
  if (initiator) {
    memset(&identity, 0, sizeof identity);
    if (sspi_SetAuthIdentity(&identity, user, domain, text) < 0) exit(5);
    status = table->AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_OUTBOUND, NULL, &identity, NULL, NULL, &credential,
                                              &expiry);
    free(identity.User);
    free(identity.Domain);
    free(identity.Password);
  } else {
    write_accounts(argument, user, domain, text);
    status = table->AcquireCredentialsHandleA(NULL, package, SECPKG_CRED_INBOUND, NULL, NULL, NULL, NULL, &credential,
                                              &expiry);
  }
  if (status == SEC_E_OK)
    answer('I', "", 0);
  else
    fail("AcquireCredentialsHandle", status);
}

/* The acceptor of WinPR 2 stops before it judges, and wants to be told where the accounts are. */
static SECURITY_STATUS complete(SecBufferDesc *output) {
  const SECURITY_STATUS status = table->SetContextAttributesA(&context, SECPKG_ATTR_AUTH_NTLM_SAM_FILE, argument,
                                                              (ULONG)strlen(argument) + 1);
  return status < 0 ? status : table->CompleteAuthToken(&context, output);
}

static void step(int initiator, BYTE *data, ULONG size) {
  static BYTE room[longest_token];
  SecBuffer in = {size, SECBUFFER_TOKEN, data}, out = {sizeof room, SECBUFFER_TOKEN, room};
  SecBufferDesc input = {SECBUFFER_VERSION, 1, &in}, output = {SECBUFFER_VERSION, 1, &out};
  CtxtHandle *old = has_context ? &context : NULL;
  ULONG attributes = 0;
  TimeStamp expiry;
  SECURITY_STATUS status;
  if (initiator)
    status = table->InitializeSecurityContextA(
        &credential, old, argument, ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_MUTUAL_AUTH, 0,
        SECURITY_NATIVE_DREP, size != 0 ? &input : NULL, 0, &context, &output, &attributes, &expiry);
  else
    status = table->AcceptSecurityContext(&credential, old, &input, ASC_REQ_CONFIDENTIALITY | ASC_REQ_INTEGRITY,
                                          SECURITY_NATIVE_DREP, &context, &output, &attributes, &expiry);
  if (status >= 0) has_context = 1;
  if (status == SEC_I_COMPLETE_NEEDED || status == SEC_I_COMPLETE_AND_CONTINUE) {
    const SECURITY_STATUS completed = complete(&output);
    if (completed < 0) {
      fail("CompleteAuthToken", completed);
      return;
    }
    status = status == SEC_I_COMPLETE_NEEDED ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
  }
  if (status < 0)
    fail(initiator ? "InitializeSecurityContext" : "AcceptSecurityContext", status);
  else
    answer(status == SEC_E_OK ? 'D' : 'C', room, out.cbBuffer);
}

/* `message` begins with room for the signature, or with the signature. */
static void protect(char letter, BYTE *message, ULONG size) {
  SecBuffer parts[2] = {{signature_bytes, SECBUFFER_TOKEN, message},
                        {size - signature_bytes, SECBUFFER_DATA, message + signature_bytes}};
  SecBufferDesc description = {SECBUFFER_VERSION, 2, parts};
  SECURITY_STATUS status;
  if (letter == 'W') {
    status = table->EncryptMessage(&context, 0, &description, sent++);
    if (status == SEC_E_OK)
      answer('W', message, size);
    else
      fail("EncryptMessage", status);
    return;
  }
  status = table->DecryptMessage(&context, &description, received++, NULL);
  if (status == SEC_E_OK)
    answer('U', message + signature_bytes, size - signature_bytes);
  else
    fail("DecryptMessage", status);
}

int main(int argc, char **argv) {
  char letter;
  if (argc != 4) return 2;
  const int initiator = strcmp(argv[1], "init") == 0;
  argument = argv[3];
  WLog_SetLogLevel(WLog_GetRoot(), WLOG_OFF); /* it would log to standard output */
  table = InitSecurityInterfaceExA(0);
  while (get(&letter, 1) == 0) {
    uint32_t length;
    whole(get, &length, sizeof length);
    length = ntohl(length);
    const ULONG before = letter == 'W' ? signature_bytes : 0;
    BYTE *data = calloc(1, before + length + 1);
    if (data == NULL) return 3;
    whole(get, data + before, length);
    if (letter == 'I')
      identify(initiator, argv[2], (char *)data);
    else if (letter == 'T')
      step(initiator, data, length);
    else if ((letter == 'W' || letter == 'U') && before + length >= signature_bytes)
      protect(letter, data, before + length);
    else
      return 4;
    free(data);
  }
  if (has_context) table->DeleteSecurityContext(&context);
  table->FreeCredentialsHandle(&credential);
  return 0;
}
