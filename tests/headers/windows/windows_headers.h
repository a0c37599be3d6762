/* The headers as a source for Windows includes them. The empty comments keep their order. */
#ifndef WINDOWS_HEADERS_H
#define WINDOWS_HEADERS_H

#define SECURITY_WIN32
#define ISSP_LEVEL 32
#define ISSP_MODE 1
#include <windows.h>
/* */
#include <security.h>
/* */
#include <secext.h>
#include <sspi.h>

#endif
