// The functions of OPENLSA_DOMAIN_INTERFACE, one file each.
#pragma once

#include <openlsa/openlsa_domain.h>

namespace winbind {

NTSTATUS log_on(const OPENLSA_DOMAIN_ATTEMPT* Attempt, OPENLSA_DOMAIN_ACCOUNT* Account);
NTSTATUS look_up(PSID Sid, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, OPENLSA_DOMAIN_ACCOUNT* Account);
void free_account(OPENLSA_DOMAIN_ACCOUNT* Account);
NTSTATUS enumerate_domains(OPENLSA_DOMAIN_NAME** Domains, ULONG* Count);
void free_domains(OPENLSA_DOMAIN_NAME* Domains, ULONG Count);
NTSTATUS change_password(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                         PCUNICODE_STRING NewPassword);

}  // namespace winbind
