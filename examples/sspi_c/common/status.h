/* Statuses of the interface. */
#ifndef SSPI_C_STATUS_H
#define SSPI_C_STATUS_H

#include "common/sspi.h"

/* The documented name. */
const char *status_name(SECURITY_STATUS status);

/* "sspi-c-client: InitializeSecurityContext failed with 0x8009030c, SEC_E_LOGON_DENIED." */
void report_status(const char *function, SECURITY_STATUS status);

#endif
