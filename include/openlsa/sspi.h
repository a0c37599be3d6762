/* OpenLSA: the Security Support Provider Interface (Windows header sspi.h).
 *
 * Names and layouts are those of Windows on x64, where "unsigned long" is 32 bits; here such a field is a ULONG.
 * A program links libsecur32.so.1, which exports every function below under its Windows name.
 *
 * This file holds the types that every other security header needs; the parts in sspi/ follow by subject. */
#ifndef OPENLSA_SSPI_H
#define OPENLSA_SSPI_H

#include "ntdef.h"
#include "windef.h"
#include "winerror.h"

/* Windows' marker macro: ntsecapi.h and the rest test it to see that SSPI types are known. */
#ifndef __SSPI_H__
#define __SSPI_H__
#endif

/* There is one calling convention here, and pointers have one size. */
#ifndef SEC_ENTRY
#define SEC_ENTRY
#endif
#ifndef SEC_FAR
#define SEC_FAR
#endif

EXTERN_C_START

typedef WCHAR SEC_WCHAR;
typedef CHAR SEC_CHAR;

#ifdef UNICODE
typedef SEC_WCHAR* SECURITY_PSTR;
typedef const SEC_WCHAR* SECURITY_PCSTR;
#else
typedef SEC_CHAR* SECURITY_PSTR;
typedef const SEC_CHAR* SECURITY_PCSTR;
#endif

#ifndef __SECHANDLE_DEFINED__
#define __SECHANDLE_DEFINED__
typedef struct _SecHandle {
  ULONG_PTR dwLower;
  ULONG_PTR dwUpper;
} SecHandle, *PSecHandle;
#endif

typedef SecHandle CredHandle;
typedef PSecHandle PCredHandle;
typedef SecHandle CtxtHandle;
typedef PSecHandle PCtxtHandle;

/* The invalid handle is all ones, so that a handle of zeros stays free for a package's own use. */
#define SecInvalidateHandle(x) \
  ((void)(((PSecHandle)(x))->dwLower = ((PSecHandle)(x))->dwUpper = ((ULONG_PTR)((INT_PTR)-1))))
#define SecIsValidHandle(x)                                       \
  ((((PSecHandle)(x))->dwLower != ((ULONG_PTR)((INT_PTR)-1))) && \
   (((PSecHandle)(x))->dwUpper != ((ULONG_PTR)((INT_PTR)-1))))
#define SEC_DELETED_HANDLE ((ULONG_PTR)(-2))

/* Times are FILETIME counts: 100 ns since 1601-01-01 UTC, or local time where a package says so. */
typedef LARGE_INTEGER _SECURITY_INTEGER, SECURITY_INTEGER, *PSECURITY_INTEGER;
typedef SECURITY_INTEGER TimeStamp;
typedef SECURITY_INTEGER* PTimeStamp;

typedef UNICODE_STRING SECURITY_STRING, *PSECURITY_STRING;

typedef struct _SecPkgInfoW {
  ULONG fCapabilities; /* SECPKG_FLAG_... */
  USHORT wVersion;     /* SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION */
  USHORT wRPCID;       /* the id for RPC, SECPKG_ID_NONE if it has none */
  ULONG cbMaxToken;
  SEC_WCHAR* Name;
  SEC_WCHAR* Comment;
} SecPkgInfoW, *PSecPkgInfoW;

typedef struct _SecPkgInfoA {
  ULONG fCapabilities;
  USHORT wVersion;
  USHORT wRPCID;
  ULONG cbMaxToken;
  SEC_CHAR* Name;
  SEC_CHAR* Comment;
} SecPkgInfoA, *PSecPkgInfoA;

#ifdef UNICODE
#define SecPkgInfo SecPkgInfoW
#define PSecPkgInfo PSecPkgInfoW
#else
#define SecPkgInfo SecPkgInfoA
#define PSecPkgInfo PSecPkgInfoA
#endif

typedef struct _SecBuffer {
  ULONG cbBuffer;
  ULONG BufferType; /* SECBUFFER_... */
  void* pvBuffer;
} SecBuffer, *PSecBuffer;

typedef struct _SecBufferDesc {
  ULONG ulVersion; /* SECBUFFER_VERSION */
  ULONG cBuffers;
  PSecBuffer pBuffers;
} SecBufferDesc, *PSecBufferDesc;

/* Called back for the key of Principal (KeyVer 0 asks for the newest). */
typedef void(SEC_ENTRY* SEC_GET_KEY_FN)(void* Arg, void* Principal, ULONG KeyVer, void** Key, SECURITY_STATUS* Status);

EXTERN_C_END

#include "sspi/names.h"
#include "sspi/constants.h"
#include "sspi/attributes.h"
#include "sspi/buffers.h"
#include "sspi/credentials.h"
#include "sspi/contexts.h"
#include "sspi/channel_bindings.h"
#include "sspi/identity.h"
#include "sspi/packed_credentials.h"
#include "sspi/functions.h"
#include "sspi/identity_functions.h"
#include "sspi/credential_providers.h"
#include "sspi/function_table.h"
#include "sspi/packages.h"

#endif
