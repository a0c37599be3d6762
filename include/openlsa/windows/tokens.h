/* Tokens of processes and threads, impersonation. */
#ifndef OPENLSA_WINDOWS_TOKENS_H
#define OPENLSA_WINDOWS_TOKENS_H

#include "../winnt.h"

EXTERN_C_START

BOOL WINAPI OpenProcessToken(HANDLE process, DWORD desired_access, PHANDLE token) OPENLSA_SYMBOL(OpenProcessToken);
BOOL WINAPI OpenThreadToken(HANDLE thread, DWORD desired_access, BOOL open_as_self,
                            PHANDLE token) OPENLSA_SYMBOL(OpenThreadToken);
BOOL WINAPI GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS information_class, LPVOID information,
                                DWORD length_bytes, PDWORD return_length_bytes) OPENLSA_SYMBOL(GetTokenInformation);
BOOL WINAPI DuplicateToken(HANDLE existing, SECURITY_IMPERSONATION_LEVEL level,
                           PHANDLE duplicate) OPENLSA_SYMBOL(DuplicateToken);
BOOL WINAPI DuplicateTokenEx(HANDLE existing, DWORD desired_access, LPSECURITY_ATTRIBUTES attributes,
                             SECURITY_IMPERSONATION_LEVEL level, TOKEN_TYPE type,
                             PHANDLE duplicate) OPENLSA_SYMBOL(DuplicateTokenEx);
/* A NULL thread is the calling one; a NULL token ends impersonation. */
BOOL WINAPI SetThreadToken(PHANDLE thread, HANDLE token) OPENLSA_SYMBOL(SetThreadToken);
BOOL WINAPI ImpersonateLoggedOnUser(HANDLE token) OPENLSA_SYMBOL(ImpersonateLoggedOnUser);
BOOL WINAPI RevertToSelf(VOID) OPENLSA_SYMBOL(RevertToSelf);

EXTERN_C_END

#endif
