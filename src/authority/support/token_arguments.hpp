// What a package may say about a token that is made for it.
#pragma once

#include <string>

#include "authority/sessions/session.hpp"
#include "nt/status.hpp"
#include "nt/token_data.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

// STATUS_INVALID_LOGON_TYPE, STATUS_BAD_IMPERSONATION_LEVEL, STATUS_INVALID_PARAMETER.
nt::Status check_token_arguments(std::uint32_t logon_type, nt::ImpersonationLevel level, const nt::TokenSource& source);

// A name of a package's making, cut to a length that a session or a line of the audit trail can keep.
std::u16string bounded_text(const seam::OptionalText& first, const seam::OptionalText& second = {});

}  // namespace openlsa::authority
