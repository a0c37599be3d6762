// OPENLSA_DOMAIN_ACCOUNT and OPENLSA_DOMAIN_NAME as values. The pointers are the door's own memory: a wild one ends the
// host like any other of its bugs; what it can say with valid ones is bounded and checked here.
#pragma once

#include "host/marshal/strings.hpp"
#include "seam/door_calls.hpp"

#include <openlsa/openlsa_domain.h>

namespace openlsa::host {

marshal::Copied<seam::DomainAccount> copy_domain_account(const OPENLSA_DOMAIN_ACCOUNT& account);
// The account, and what the domain says of this logon.
marshal::Copied<seam::LogOnDomainAccountReply> copy_domain_logon(const OPENLSA_DOMAIN_ACCOUNT& account);
marshal::Copied<std::vector<seam::DomainName>> copy_domain_names(const OPENLSA_DOMAIN_NAME* domains, ULONG count);

// What a request says can be said in a counted string: view_of() cuts no text of it.
bool fits_counted_string(const seam::Text& text);
// UTF-16 that a counted string holds: a password.
bool fits_counted_string(const base::Secret& text);

}  // namespace openlsa::host
