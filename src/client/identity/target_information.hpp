// CREDENTIAL_TARGET_INFORMATION as text at the end of a target name. Windows does not document its text; this one is
// this library's, and both ways are here. The last 12 bytes say how long it is (CRED_MARSHALED_TI_SIZE_SIZE).
#pragma once

#include <array>

#include "seam/values.hpp"

namespace openlsa::client {

struct TargetInformation {
  // TargetName, NetbiosServerName, DnsServerName, NetbiosDomainName, DnsDomainName, DnsTreeName, PackageName.
  std::array<seam::OptionalText, 7> names;
  std::uint32_t flags = 0;
  std::vector<std::uint32_t> credential_types;
};

// Nothing when the text would be longer than a UNICODE_STRING.
std::optional<std::u16string> write_target_information(const TargetInformation& information);
// `text` ends with target information, which `size_bytes` of it are; nothing when it does not.
std::optional<TargetInformation> read_target_information(std::u16string_view text, std::uint32_t& size_bytes);

}  // namespace openlsa::client
