#include "server/impersonation.h"

#include <stdio.h>

#include "common/status.h"
#include "common/text.h"

#define LONGEST_NAME 512

/* The name that the system has for the thread's present user: DOMAIN\name. */
static void own_name(char *name, size_t size) {
  TCHAR text[LONGEST_NAME];
  ULONG characters = LONGEST_NAME;
  if (GetUserNameEx(NameSamCompatible, text, &characters))
    text_to_locale(name, size, text);
  else
    snprintf(name, size, "somebody without a name (error %u)", (unsigned)GetLastError());
}

int name_of_client(PCtxtHandle context, char *name, size_t size) {
  SECURITY_STATUS status = ImpersonateSecurityContext(context);
  if (status != SEC_E_OK) {
    snprintf(name, size, "somebody whom this server cannot act as (%s)", status_name(status));
    return 1;
  }
  own_name(name, size);
  status = RevertSecurityContext(context);
  if (status == SEC_E_OK) return 1;
  report_status("RevertSecurityContext", status);
  return 0;
}
