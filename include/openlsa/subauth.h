/* Sub-authentication packages (subauth.h): NT strings, and the structures and routines of MSV1_0 sub-authentication. */
#ifndef OPENLSA_SUBAUTH_H
#define OPENLSA_SUBAUTH_H

#include "ntdef.h"
#include "subauth/accounts.h"
#include "subauth/logon_information.h"
#include "subauth/memory.h"
#include "subauth/routines.h"

#endif
