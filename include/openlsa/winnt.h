/* Types and constants of winnt.h that security packages use. Values of access rights, RIDs and privileges are those of
   [MS-DTYP] 2.4 and [MS-LSAD] 3.1.1.2.1. */
#ifndef OPENLSA_WINNT_H
#define OPENLSA_WINNT_H

#include "ntdef.h"
#include "winnt/identity.h"
#include "winnt/privileges.h"
#include "winnt/rids.h"
#include "winnt/access.h"
#include "winnt/aces.h"
#include "winnt/claims.h"
#include "winnt/token.h"

/* LoadLibrary entry points: part of the source of every package (DllMain). */
#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

#define LANG_NEUTRAL 0x00
#define SUBLANG_NEUTRAL 0x00
#define MAKELANGID(primary, sub) ((WORD)((WORD)(sub) << 10 | (WORD)(primary)))

#endif
