/* OpenLSA: the LSA's functions for logon programs and administration (Windows header ntsecapi.h).
 *
 * Names and layouts are those of Windows on x64. A program links libsecur32.so.1, which exports the functions under
 * their Windows names. */
#ifndef OPENLSA_NTSECAPI_H
#define OPENLSA_NTSECAPI_H

/* Windows' marker macro. */
#ifndef _NTSECAPI_
#define _NTSECAPI_
#endif

#include "windef.h"
#include "winnt.h"
#include "subauth.h"

#include "ntsecapi/types.h"
#include "ntsecapi/logon.h"
#include "ntsecapi/lookup.h"
#include "ntsecapi/policy.h"
#include "ntsecapi/trust.h"
#include "ntsecapi/forest_trust.h"
#include "ntsecapi/access_policy.h"
#include "ntsecapi/audit_policy.h"
#include "ntsecapi/audit_record.h"
#include "ntsecapi/password_change.h"
#include "ntsecapi/negotiate.h"
#include "ntsecapi/msv1_0.h"
#include "ntsecapi/msv1_0_credentials.h"
#include "ntsecapi/msv1_0_messages.h"
#include "ntsecapi/kerberos.h"
#include "ntsecapi/kerberos_logon.h"
#include "ntsecapi/kerberos_tickets.h"
#include "ntsecapi/kerberos_messages.h"
#include "ntsecapi/kerberos_caches.h"
#include "ntsecapi/pku2u.h"
#include "ntsecapi/memory_protection.h"

#endif
