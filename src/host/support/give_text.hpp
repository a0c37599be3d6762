// Results whose memory the package frees with FreeLsaHeap.
#pragma once

#include <openlsa/ntsecpkg.h>

#include "base/secret.hpp"
#include "seam/values.hpp"

namespace openlsa::host::support {

// False when there is no memory, or the text is longer than a counted string can be; nothing is given then.
bool give_text(const seam::OptionalText& text, PUNICODE_STRING out);
// The same for authorization data.
bool give_auth_data(const base::Secret& data, PUCHAR* out, PULONG size);

}  // namespace openlsa::host::support
