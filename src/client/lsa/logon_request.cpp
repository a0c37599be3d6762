#include "client/lsa/logon_request.hpp"

#include <algorithm>

namespace openlsa::client {
namespace {

// A SID says its own length in its second byte; the revision is checked before that is believed.
std::optional<nt::Sid> copy_sid(const void* sid) {
  if (sid == nullptr) return std::nullopt;
  const auto* bytes = static_cast<const std::uint8_t*>(sid);
  if (bytes[0] != 1 || bytes[1] > nt::Sid::max_sub_authorities) return std::nullopt;
  return nt::Sid::from_bytes({bytes, 8 + std::size_t{4} * bytes[1]});
}

}  // namespace

nt::Status copy_groups(const TOKEN_GROUPS* groups, std::vector<nt::SidAndAttributes>& copy) {
  copy.clear();
  if (groups == nullptr) return STATUS_SUCCESS;
  if (groups->GroupCount > max_local_groups) return STATUS_INVALID_PARAMETER;
  for (ULONG i = 0; i < groups->GroupCount; ++i) {
    auto sid = copy_sid(groups->Groups[i].Sid);
    if (!sid) return STATUS_INVALID_SID;
    copy.push_back({*sid, groups->Groups[i].Attributes});
  }
  return STATUS_SUCCESS;
}

nt::TokenSource copy_source(const TOKEN_SOURCE& source) {
  const char* end = std::find(source.SourceName, source.SourceName + TOKEN_SOURCE_LENGTH, '\0');
  return {std::string(source.SourceName, end),
          nt::Luid::from_parts(source.SourceIdentifier.LowPart, source.SourceIdentifier.HighPart)};
}

}  // namespace openlsa::client
