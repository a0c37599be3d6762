// What winbind says as the statuses that openlsa_domain.h names.
#pragma once

#include <openlsa/ntstatus.h>

#include "wbclient.hpp"

namespace winbind {

// An NTSTATUS that winbindd handed on, of the domain or its own. The ways in which a domain cannot be reached are one
// status; what is no error is not believed.
NTSTATUS status_of_domain(std::uint32_t nt_status);
// Of a call that did not succeed. `error` may be null.
NTSTATUS status_of(wbc::Error result, const wbc::AuthError* error);

// For the log, once until winbindd answers again: who administers this machine can help.
void note_winbind_is_silent();
void note_winbind_answers();

}  // namespace winbind
