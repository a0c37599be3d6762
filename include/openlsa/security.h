/* OpenLSA: gathers the Security Support Provider Interface (Windows header security.h).
 *
 * On Windows a program defines SECURITY_WIN32 before this header, or SECURITY_KERNEL in a driver. There is one form
 * here, so a program that defines nothing gets it; portable sources define SECURITY_WIN32. */
#ifndef OPENLSA_SECURITY_H
#define OPENLSA_SECURITY_H

#if defined(SECURITY_KERNEL) || defined(SECURITY_MAC)
#error "OpenLSA offers the user-mode form of SSPI only: define SECURITY_WIN32, not SECURITY_KERNEL or SECURITY_MAC."
#endif
#ifndef SECURITY_WIN32
#define SECURITY_WIN32
#endif

#include "windef.h"

/* Names of packages. Another header of ours may have defined the Kerberos ones. */
#define NTLMSP_NAME_A "NTLM"
#define NTLMSP_NAME TEXT("NTLM")

#ifndef MICROSOFT_KERBEROS_NAME_A
#define MICROSOFT_KERBEROS_NAME_A "Kerberos"
#define MICROSOFT_KERBEROS_NAME_W OPENLSA_WIDE("Kerberos")
#endif
#ifndef MICROSOFT_KERBEROS_NAME
#ifdef UNICODE
#define MICROSOFT_KERBEROS_NAME MICROSOFT_KERBEROS_NAME_W
#else
#define MICROSOFT_KERBEROS_NAME MICROSOFT_KERBEROS_NAME_A
#endif
#endif

#define NEGOSSP_NAME_W OPENLSA_WIDE("Negotiate")
#define NEGOSSP_NAME_A "Negotiate"
#ifdef UNICODE
#define NEGOSSP_NAME NEGOSSP_NAME_W
#else
#define NEGOSSP_NAME NEGOSSP_NAME_A
#endif

#include "sspi.h"

#include "secext.h"

#endif
