/* OpenLSA: the interface of security packages (Windows header ntsecpkg.h).
 *
 * A package is a shared object that exports SpLsaModeInitialize (LSA mode) and, when it protects messages,
 * SpUserModeInitialize (user mode); a classic authentication package exports the LsaAp functions instead. Names,
 * order of slots and layouts are those of Windows on x64. Spellings that Windows got wrong are kept.
 *
 * Include this header in at least one source file of the package: it records the sizes of the tables in an ELF note
 * (ntsecpkg/note.h), which tells the authority the stride of an array of tables. */
#ifndef OPENLSA_NTSECPKG_H
#define OPENLSA_NTSECPKG_H

/* Windows' marker macro. */
#ifndef _NTSECPKG_
#define _NTSECPKG_
#endif

#include "windef.h"
#include "winnt.h"
#include "subauth.h"
#include "sspi.h"
#include "ntsecapi.h"

#include "ntsecpkg/constants.h"
#include "ntsecpkg/token_information.h"
#include "ntsecpkg/credentials.h"
#include "ntsecpkg/information.h"
#include "ntsecpkg/notifications.h"
#include "ntsecpkg/dispatch.h"
#include "ntsecpkg/authentication_functions.h"
#include "ntsecpkg/support_types.h"
#include "ntsecpkg/support_functions.h"
#include "ntsecpkg/package_types.h"
#include "ntsecpkg/package_functions.h"
#include "ntsecpkg/user_functions.h"
#include "ntsecpkg/sam_credentials.h"
#include "ntsecpkg/call_package.h"
#include "ntsecpkg/legacy_identity.h"
#include "ntsecpkg/target_information.h"
#include "ntsecpkg/note.h"
#include "ntsecpkg/initializers.h"

#endif
