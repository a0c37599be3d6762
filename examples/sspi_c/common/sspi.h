/* The interface that all of this folder is about. The same two headers have it on Windows and on Linux (OpenLSA); with
   UNICODE every name below is the W function and TCHAR is a 16-bit character, without it the A function and char. */
#ifndef SSPI_C_SSPI_H
#define SSPI_C_SSPI_H

#ifndef SECURITY_WIN32
#define SECURITY_WIN32
#endif
#include <windows.h>
/* windows.h first: the types of security.h come from there. */
#include <security.h>

#endif
