/* A bare SSP, as a third party builds one: InitSecurityInterface and nothing of the LSA. Two packages: "Bare", and
 * "BareGss", whose messages are as GSS_Wrap makes them.
 *
 *   initiator  "B1" and the target name          ->  acceptor  "B2" and the name of the package
 *
 * The key is a sum of the target's name. Signatures are 8 bytes over key, direction and data: no cryptography. Handles
 * are small numbers, equal to those of other providers on purpose.
 *
 * Built with BARE_FORMS: 1 the W table, 2 the A table, 3 both; BARE_NAME: the name of the first package; BARE_BROKEN:
 * 1 no table, 2 a table that lists nothing, 3 a version without its last slots and most others NULL. */
#include <openlsa/sspi.h>
#include <openlsa/winerror.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#ifndef BARE_FORMS
#define BARE_FORMS 3
#endif
#ifndef BARE_NAME
#define BARE_NAME "Bare"
#endif
#ifndef BARE_BROKEN
#define BARE_BROKEN 0
#endif
#if BARE_BROKEN == 3 /* most functions stay out of its table */
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#define MAX_OBJECTS 256
#define TRAILER 8u

/* For tests, which find them with dlsym. */
EXPORT int bare_credentials = 0;
EXPORT int bare_contexts = 0;
EXPORT int bare_blocks = 0;
EXPORT void (*bare_in_sign)(void) = 0;
EXPORT void (*bare_in_init)(void) = 0; /* of the W table */
EXPORT int bare_renews = 0;            /* an initiator's second leg gives another handle */

static struct {
  int used;
  int gss;
} credentials[MAX_OBJECTS];
static struct {
  int used;
  int gss;
  int initiator;
  unsigned key;
  char target[64];
} contexts[MAX_OBJECTS];

static void *allocate(size_t size) {
  __atomic_add_fetch(&bare_blocks, 1, __ATOMIC_SEQ_CST);
  return calloc(1, size);
}

static SECURITY_STATUS SEC_ENTRY free_buffer(void *block) {
  if (block == NULL) return SEC_E_OK;
  __atomic_sub_fetch(&bare_blocks, 1, __ATOMIC_SEQ_CST);
  free(block);
  return SEC_E_OK;
}

#if BARE_FORMS & 1
static SEC_WCHAR *widen(const char *text, SEC_WCHAR *to) {
  size_t i = 0;
  do to[i] = (SEC_WCHAR)(unsigned char)text[i];
  while (text[i++] != 0);
  return to;
}

static void narrow(const SEC_WCHAR *text, char *to, size_t size) {
  size_t i = 0;
  for (; text != NULL && text[i] != 0 && i + 1 < size; ++i) to[i] = (char)text[i];
  to[i] = 0;
}
#endif

static int same_name(const char *a, const char *b) {
  for (; *a && (*a | 0x20) == (*b | 0x20); ++a, ++b) {
  }
  return *a == *b;
}

/* 0 or 1 by the name; -1: neither. */
static int package_of(const char *name) {
  return same_name(name, BARE_NAME) ? 0 : same_name(name, BARE_NAME "Gss") ? 1 : -1;
}

static SECURITY_STATUS acquire(const char *package, ULONG use, PCredHandle handle, PTimeStamp expiry) {
  const int gss = package_of(package);
  if (gss < 0) return SEC_E_SECPKG_NOT_FOUND;
  if ((use & SECPKG_CRED_BOTH) == 0) return SEC_E_UNKNOWN_CREDENTIALS;
  if ((use & 0x40000000) != 0) return SEC_E_OK; /* and no handle */
  for (int i = 0; i < MAX_OBJECTS; ++i)
    if (!__atomic_exchange_n(&credentials[i].used, 1, __ATOMIC_SEQ_CST)) {
      credentials[i].gss = gss;
      handle->dwLower = (ULONG_PTR)i;
      handle->dwUpper = 0;
      expiry->QuadPart = 0x7fffffffffffffff;
      __atomic_add_fetch(&bare_credentials, 1, __ATOMIC_SEQ_CST);
      return SEC_E_OK;
    }
  return SEC_E_INSUFFICIENT_MEMORY;
}

static SECURITY_STATUS SEC_ENTRY free_credentials(PCredHandle handle) {
  if (handle->dwLower >= MAX_OBJECTS || !__atomic_exchange_n(&credentials[handle->dwLower].used, 0, __ATOMIC_SEQ_CST))
    return SEC_E_INVALID_HANDLE;
  __atomic_sub_fetch(&bare_credentials, 1, __ATOMIC_SEQ_CST);
  return SEC_E_OK;
}

static SecBuffer *buffer_of(PSecBufferDesc buffers, ULONG type) {
  for (ULONG i = 0; buffers != NULL && i < buffers->cBuffers; ++i)
    if ((buffers->pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == type) return &buffers->pBuffers[i];
  return NULL;
}

static SECURITY_STATUS give(PSecBufferDesc output, int allocates, const char *text) {
  SecBuffer *token = buffer_of(output, SECBUFFER_TOKEN);
  const ULONG size = (ULONG)strlen(text);
  if (token == NULL) return SEC_E_INVALID_TOKEN;
  if (allocates) token->pvBuffer = size != 0 ? allocate(size) : NULL;
  else if (token->cbBuffer < size) return SEC_E_BUFFER_TOO_SMALL;
  if (size != 0) memcpy(token->pvBuffer, text, size);
  token->cbBuffer = size;
  return SEC_E_OK;
}

static int new_context(int gss, int initiator, const char *target) {
  for (int i = 0; i < MAX_OBJECTS; ++i)
    if (!__atomic_exchange_n(&contexts[i].used, 1, __ATOMIC_SEQ_CST)) {
      contexts[i].gss = gss;
      contexts[i].initiator = initiator;
      contexts[i].key = 17;
      strncpy(contexts[i].target, target, sizeof contexts[i].target - 1);
      for (; *target; ++target) contexts[i].key = contexts[i].key * 31 + (unsigned char)*target;
      __atomic_add_fetch(&bare_contexts, 1, __ATOMIC_SEQ_CST);
      return i;
    }
  return -1;
}

static SECURITY_STATUS SEC_ENTRY delete_context(PCtxtHandle handle) {
  if (handle->dwLower >= MAX_OBJECTS || !__atomic_exchange_n(&contexts[handle->dwLower].used, 0, __ATOMIC_SEQ_CST))
    return SEC_E_INVALID_HANDLE;
  memset(contexts[handle->dwLower].target, 0, sizeof contexts[0].target);
  __atomic_sub_fetch(&bare_contexts, 1, __ATOMIC_SEQ_CST);
  return SEC_E_OK;
}

static SECURITY_STATUS initialize(PCredHandle credential, PCtxtHandle context, const char *target, ULONG requirements,
                                  PSecBufferDesc input, PCtxtHandle fresh, PSecBufferDesc output, ULONG *attributes,
                                  PTimeStamp expiry) {
  const int allocates = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  char token[80] = "B1";
  *attributes = ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY | (requirements & ISC_REQ_ALLOCATE_MEMORY);
  expiry->QuadPart = 0x7fffffffffffffff;
  if (context == NULL) {
    snprintf(token, sizeof token, "B1%.63s", target);
    const SECURITY_STATUS given = give(output, allocates, token);
    if (given != SEC_E_OK) return given;
    const int made = new_context(credentials[credential->dwLower].gss, 1, target);
    fresh->dwLower = (ULONG_PTR)made;
    fresh->dwUpper = 0;
    return SEC_I_CONTINUE_NEEDED;
  }
  const SecBuffer *got = buffer_of(input, SECBUFFER_TOKEN);
  if (got == NULL || got->cbBuffer < 2 || memcmp(got->pvBuffer, "B2", 2) != 0) return SEC_E_INVALID_TOKEN;
  if (bare_renews) {
    fresh->dwLower = (ULONG_PTR)new_context(contexts[context->dwLower].gss, 1, contexts[context->dwLower].target);
    fresh->dwUpper = 0;
  }
  return give(output, allocates, "");
}

static SECURITY_STATUS SEC_ENTRY accept(PCredHandle credential, PCtxtHandle context, PSecBufferDesc input,
                                        ULONG requirements, ULONG representation, PCtxtHandle fresh,
                                        PSecBufferDesc output, ULONG *attributes, PTimeStamp expiry) {
  char target[64] = "";
  const SecBuffer *got = buffer_of(input, SECBUFFER_TOKEN);
  (void)representation;
  if (context != NULL) return SEC_E_OUT_OF_SEQUENCE;
  if (got == NULL || got->cbBuffer < 2 || got->cbBuffer > 65 || memcmp(got->pvBuffer, "B1", 2) != 0)
    return SEC_E_INVALID_TOKEN;
  memcpy(target, (const char *)got->pvBuffer + 2, got->cbBuffer - 2);
  const SECURITY_STATUS given = give(output, (requirements & ASC_REQ_ALLOCATE_MEMORY) != 0, "B2" BARE_NAME);
  if (given != SEC_E_OK) return given;
  *attributes = ASC_RET_INTEGRITY | ASC_RET_CONFIDENTIALITY | (requirements & ASC_REQ_ALLOCATE_MEMORY);
  expiry->QuadPart = 0x7fffffffffffffff;
  fresh->dwLower = (ULONG_PTR)new_context(credentials[credential->dwLower].gss, 0, target);
  fresh->dwUpper = 0;
  return SEC_E_OK;
}

static void sum(PCtxtHandle handle, int sending, const void *data, ULONG size, unsigned char *out) {
  unsigned long long value = 0xcbf29ce484222325ull ^ contexts[handle->dwLower].key;
  value = (value ^ (unsigned)(contexts[handle->dwLower].initiator == sending)) * 0x100000001b3ull;
  for (ULONG i = 0; i < size; ++i) value = (value ^ ((const unsigned char *)data)[i]) * 0x100000001b3ull;
  memcpy(out, &value, TRAILER);
}

static void mask(PCtxtHandle handle, void *data, ULONG size) {
  for (ULONG i = 0; i < size; ++i)
    ((unsigned char *)data)[i] ^= (unsigned char)(contexts[handle->dwLower].key >> (8 * (i % 4)));
}

static SECURITY_STATUS SEC_ENTRY sign(PCtxtHandle handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  SecBuffer *token = buffer_of(message, SECBUFFER_TOKEN), *data = buffer_of(message, SECBUFFER_DATA);
  (void)quality, (void)number;
  if (bare_in_sign) bare_in_sign();
  if (token == NULL || data == NULL) return SEC_E_INVALID_TOKEN;
  if (token->cbBuffer < TRAILER) return SEC_E_BUFFER_TOO_SMALL;
  sum(handle, 1, data->pvBuffer, data->cbBuffer, token->pvBuffer);
  token->cbBuffer = TRAILER;
  return SEC_E_OK;
}

static SECURITY_STATUS SEC_ENTRY verify(PCtxtHandle handle, PSecBufferDesc message, ULONG number, ULONG *quality) {
  SecBuffer *token = buffer_of(message, SECBUFFER_TOKEN), *data = buffer_of(message, SECBUFFER_DATA);
  unsigned char expected[TRAILER];
  (void)number;
  if (token == NULL || data == NULL || token->cbBuffer != TRAILER) return SEC_E_INVALID_TOKEN;
  sum(handle, 0, data->pvBuffer, data->cbBuffer, expected);
  *quality = 0;
  return memcmp(expected, token->pvBuffer, TRAILER) == 0 ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
}

static SECURITY_STATUS SEC_ENTRY encrypt(PCtxtHandle handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  SecBuffer *data = buffer_of(message, SECBUFFER_DATA), *padding = buffer_of(message, SECBUFFER_PADDING);
  const SECURITY_STATUS status = sign(handle, quality, message, number);
  if (padding != NULL) padding->cbBuffer = 0;
  if (status == SEC_E_OK && quality != SECQOP_WRAP_NO_ENCRYPT) mask(handle, data->pvBuffer, data->cbBuffer);
  return status;
}

/* SECBUFFER_STREAM and an empty SECBUFFER_DATA: what was wrapped without sealing. */
static SECURITY_STATUS SEC_ENTRY decrypt(PCtxtHandle handle, PSecBufferDesc message, ULONG number, ULONG *quality) {
  SecBuffer *stream = buffer_of(message, SECBUFFER_STREAM), *data = buffer_of(message, SECBUFFER_DATA);
  unsigned char expected[TRAILER];
  if (stream == NULL) {
    if (data == NULL) return SEC_E_INVALID_TOKEN;
    mask(handle, data->pvBuffer, data->cbBuffer);
    return verify(handle, message, number, quality);
  }
  if (data == NULL || !contexts[handle->dwLower].gss || stream->cbBuffer < TRAILER) return SEC_E_INVALID_TOKEN;
  data->pvBuffer = (char *)stream->pvBuffer + TRAILER;
  data->cbBuffer = stream->cbBuffer - TRAILER;
  sum(handle, 0, data->pvBuffer, data->cbBuffer, expected);
  *quality = SECQOP_WRAP_NO_ENCRYPT;
  return memcmp(expected, stream->pvBuffer, TRAILER) == 0 ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
}

/* The key and the side, in a block of ours. */
static SECURITY_STATUS SEC_ENTRY export_context(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void **token) {
  const ULONG size = sizeof contexts[0];
  packed->pvBuffer = allocate(size);
  packed->cbBuffer = size;
  memcpy(packed->pvBuffer, &contexts[handle->dwLower], size);
  if (token != NULL) *token = NULL;
  return (flags & SECPKG_CONTEXT_EXPORT_DELETE_OLD) != 0 ? delete_context(handle) : SEC_E_OK;
}

static SECURITY_STATUS import_context(PSecBuffer packed, PCtxtHandle handle) {
  if (packed->cbBuffer != sizeof contexts[0]) return SEC_E_INVALID_TOKEN;
  const int made = new_context(0, 0, "");
  memcpy(&contexts[made], packed->pvBuffer, sizeof contexts[0]);
  handle->dwLower = (ULONG_PTR)made;
  handle->dwUpper = 0;
  return SEC_E_OK;
}

static SECURITY_STATUS sizes(PSecPkgContext_Sizes out) {
  out->cbMaxToken = 512;
  out->cbMaxSignature = out->cbSecurityTrailer = TRAILER;
  out->cbBlockSize = 1;
  return SEC_E_OK;
}

#define CAPABILITIES (SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY)

#if BARE_FORMS & 1
static SECURITY_STATUS SEC_ENTRY enumerate_w(ULONG *count, PSecPkgInfoW *list) {
  SecPkgInfoW *block = allocate(2 * sizeof *block + 4 * 64);
  SEC_WCHAR *text = (SEC_WCHAR *)(block + 2);
  for (int i = 0; i < 2; ++i) {
    block[i].fCapabilities = CAPABILITIES | (i == 1 ? SECPKG_FLAG_GSS_COMPATIBLE : 0);
    block[i].wVersion = 1;
    block[i].wRPCID = SECPKG_ID_NONE;
    block[i].cbMaxToken = 512;
    block[i].Name = widen(i == 0 ? BARE_NAME : BARE_NAME "Gss", text + 64 * i);
    block[i].Comment = widen("a bare SSP", text + 64 * i + 32);
  }
  *count = BARE_BROKEN == 2 ? 0 : 2;
  *list = block;
  return SEC_E_OK;
}

static SECURITY_STATUS SEC_ENTRY acquire_w(SEC_WCHAR *principal, SEC_WCHAR *package, ULONG use, void *logon_id,
                                           void *identity, SEC_GET_KEY_FN get_key, void *argument, PCredHandle handle,
                                           PTimeStamp expiry) {
  char name[64];
  (void)principal, (void)logon_id, (void)identity, (void)get_key, (void)argument;
  narrow(package, name, sizeof name);
  return acquire(name, use, handle, expiry);
}

static SECURITY_STATUS SEC_ENTRY initialize_w(PCredHandle credential, PCtxtHandle context, SEC_WCHAR *target,
                                              ULONG requirements, ULONG reserved1, ULONG representation,
                                              PSecBufferDesc input, ULONG reserved2, PCtxtHandle fresh,
                                              PSecBufferDesc output, ULONG *attributes, PTimeStamp expiry) {
  char name[64];
  (void)reserved1, (void)reserved2, (void)representation;
  narrow(target, name, sizeof name);
  return initialize(credential, context, name, requirements, input, fresh, output, attributes, expiry);
}

static SECURITY_STATUS SEC_ENTRY query_w(PCtxtHandle handle, ULONG attribute, void *buffer) {
  if (attribute == SECPKG_ATTR_SIZES) return sizes(buffer);
  if (attribute != SECPKG_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
  ((SecPkgContext_NamesW *)buffer)->sUserName = widen(contexts[handle->dwLower].target, allocate(128));
  return SEC_E_OK;
}

static SECURITY_STATUS SEC_ENTRY import_w(SEC_WCHAR *package, PSecBuffer packed, void *token, PCtxtHandle handle) {
  (void)package, (void)token;
  return import_context(packed, handle);
}

EXPORT PSecurityFunctionTableW SEC_ENTRY InitSecurityInterfaceW(void) {
  if (bare_in_init) bare_in_init();
#if BARE_BROKEN == 3
  /* All that version 1 has, and nothing behind it. */
  static struct {
    ULONG version;
    void *slots[26];
  } oldest = {SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION, {[0] = (void *)enumerate_w, [2] = (void *)acquire_w, [15] = (void *)free_buffer}};
  return (PSecurityFunctionTableW)&oldest;
#else
  static SecurityFunctionTableW table = {
      .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5,
      .EnumerateSecurityPackagesW = enumerate_w,
      .AcquireCredentialsHandleW = acquire_w,
      .FreeCredentialsHandle = free_credentials,
      .InitializeSecurityContextW = initialize_w,
      .AcceptSecurityContext = accept,
      .DeleteSecurityContext = delete_context,
      .QueryContextAttributesW = query_w,
      .MakeSignature = sign,
      .VerifySignature = verify,
      .FreeContextBuffer = free_buffer,
      .ExportSecurityContext = export_context,
      .ImportSecurityContextW = import_w,
      .EncryptMessage = encrypt,
      .DecryptMessage = decrypt,
  };
  return BARE_BROKEN == 1 ? NULL : &table;
#endif
}
#endif

#if BARE_FORMS & 2
static SECURITY_STATUS SEC_ENTRY enumerate_a(ULONG *count, PSecPkgInfoA *list) {
  static char names[2][32] = {BARE_NAME, BARE_NAME "Gss"}, comment[] = "a bare SSP";
  SecPkgInfoA *block = allocate(2 * sizeof *block);
  for (int i = 0; i < 2; ++i) {
    const SecPkgInfoA info = {CAPABILITIES | (i == 1 ? SECPKG_FLAG_GSS_COMPATIBLE : 0), 1, SECPKG_ID_NONE, 512, names[i],
                              comment};
    block[i] = info;
  }
  *count = 2;
  *list = block;
  return SEC_E_OK;
}

static SECURITY_STATUS SEC_ENTRY acquire_a(SEC_CHAR *principal, SEC_CHAR *package, ULONG use, void *logon_id,
                                           void *identity, SEC_GET_KEY_FN get_key, void *argument, PCredHandle handle,
                                           PTimeStamp expiry) {
  (void)principal, (void)logon_id, (void)identity, (void)get_key, (void)argument;
  return acquire(package, use, handle, expiry);
}

static SECURITY_STATUS SEC_ENTRY initialize_a(PCredHandle credential, PCtxtHandle context, SEC_CHAR *target,
                                              ULONG requirements, ULONG reserved1, ULONG representation,
                                              PSecBufferDesc input, ULONG reserved2, PCtxtHandle fresh,
                                              PSecBufferDesc output, ULONG *attributes, PTimeStamp expiry) {
  (void)reserved1, (void)reserved2, (void)representation;
  return initialize(credential, context, target != NULL ? target : "", requirements, input, fresh, output, attributes,
                    expiry);
}

static SECURITY_STATUS SEC_ENTRY query_a(PCtxtHandle handle, ULONG attribute, void *buffer) {
  if (attribute == SECPKG_ATTR_SIZES) return sizes(buffer);
  if (attribute != SECPKG_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
  ((SecPkgContext_NamesA *)buffer)->sUserName = strcpy(allocate(64), contexts[handle->dwLower].target);
  return SEC_E_OK;
}

static SECURITY_STATUS SEC_ENTRY import_a(SEC_CHAR *package, PSecBuffer packed, void *token, PCtxtHandle handle) {
  (void)package, (void)token;
  return import_context(packed, handle);
}

EXPORT PSecurityFunctionTableA SEC_ENTRY InitSecurityInterfaceA(void) {
  static SecurityFunctionTableA table = {
      .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5,
      .EnumerateSecurityPackagesA = enumerate_a,
      .AcquireCredentialsHandleA = acquire_a,
      .FreeCredentialsHandle = free_credentials,
      .InitializeSecurityContextA = initialize_a,
      .AcceptSecurityContext = accept,
      .DeleteSecurityContext = delete_context,
      .QueryContextAttributesA = query_a,
      .MakeSignature = sign,
      .VerifySignature = verify,
      .FreeContextBuffer = free_buffer,
      .ExportSecurityContext = export_context,
      .ImportSecurityContextA = import_a,
      .EncryptMessage = encrypt,
      .DecryptMessage = decrypt,
  };
  return &table;
}
#endif
