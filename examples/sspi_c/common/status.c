#include "common/status.h"

#include "common/report.h"

struct named_status {
  SECURITY_STATUS status;
  const char *name;
};

#define NAMED(status) \
  { status, #status }

static const struct named_status names[] = {
    NAMED(SEC_E_OK),
    NAMED(SEC_I_CONTINUE_NEEDED),
    NAMED(SEC_I_COMPLETE_NEEDED),
    NAMED(SEC_I_COMPLETE_AND_CONTINUE),
    NAMED(SEC_E_BAD_BINDINGS),
    NAMED(SEC_E_BUFFER_TOO_SMALL),
    NAMED(SEC_E_CONTEXT_EXPIRED),
    NAMED(SEC_E_INCOMPLETE_MESSAGE),
    NAMED(SEC_E_INSUFFICIENT_MEMORY),
    NAMED(SEC_E_INTERNAL_ERROR),
    NAMED(SEC_E_INVALID_HANDLE),
    NAMED(SEC_E_INVALID_TOKEN),
    NAMED(SEC_E_LOGON_DENIED),
    NAMED(SEC_E_MESSAGE_ALTERED),
    NAMED(SEC_E_NOT_OWNER),
    NAMED(SEC_E_NO_AUTHENTICATING_AUTHORITY),
    NAMED(SEC_E_NO_CREDENTIALS),
    NAMED(SEC_E_NO_IMPERSONATION),
    NAMED(SEC_E_OUT_OF_SEQUENCE),
    NAMED(SEC_E_QOP_NOT_SUPPORTED),
    NAMED(SEC_E_SECPKG_NOT_FOUND),
    NAMED(SEC_E_TARGET_UNKNOWN),
    NAMED(SEC_E_UNKNOWN_CREDENTIALS),
    NAMED(SEC_E_UNSUPPORTED_FUNCTION),
    NAMED(SEC_E_WRONG_PRINCIPAL),
};

const char *status_name(SECURITY_STATUS status) {
  size_t i;
  for (i = 0; i < sizeof names / sizeof names[0]; ++i)
    if (names[i].status == status) return names[i].name;
  return "a status without a name here";
}

void report_status(const char *function, SECURITY_STATUS status) {
  report("%s failed with 0x%08x, %s.", function, (unsigned)status, status_name(status));
}
