// One request of libnss_openlsa.so.2, and its reply (wire/nss/nss_protocol.h).
#pragma once

#include <optional>

#include "base/bytes.hpp"
#include "service/nss/nss_source.hpp"

namespace openlsa::service {

// Nothing: the request breaks the protocol, and its connection is to be closed.
std::optional<base::Bytes> answer_nss(base::ByteView request, NssSource& source, bool enumerate);

}  // namespace openlsa::service
