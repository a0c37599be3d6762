/* Which packages there are, and credentials of one. */
#ifndef SSPI_C_PACKAGE_H
#define SSPI_C_PACKAGE_H

#include "common/sspi.h"

/* EnumerateSecurityPackages, on standard output. 0, and reported, when it failed. */
int print_packages(void);

/* How long a token of the package may be. 0, and reported, when there is no such package. */
ULONG longest_token(TCHAR *package);

/* Credentials of the session that the program runs in, or of `identity`, which may be NULL. `use` is
   SECPKG_CRED_INBOUND or SECPKG_CRED_OUTBOUND. 0, and reported, when there are none. */
int acquire_credentials(TCHAR *package, ULONG use, SEC_WINNT_AUTH_IDENTITY *identity, PCredHandle credentials);

#endif
