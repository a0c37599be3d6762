// What SpGetInfo and SECPKG_ATTR_PACKAGE_INFO say; both halves say the same.
#pragma once

#include <openlsa/ntsecpkg.h>

#include "protocol/messages.hpp"
#include "sshkey_protocol.h"

namespace sshkey {

// Two messages from the initiator and one back; no stream and no datagram mode, no delegation, and no object
// identifier, so Negotiate does not pick it.
inline constexpr ULONG package_capabilities =
    SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION | SECPKG_FLAG_MULTI_REQUIRED |
    SECPKG_FLAG_IMPERSONATION | SECPKG_FLAG_LOGON | SECPKG_FLAG_MUTUAL_AUTH | SECPKG_FLAG_READONLY_WITH_CHECKSUM;
inline constexpr std::u16string_view package_comment = u"Logon and network authentication with OpenSSH keys";

// Name and Comment are static.
inline SecPkgInfoW package_info() {
  SecPkgInfoW info{};
  info.fCapabilities = package_capabilities;
  info.wVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION;
  info.wRPCID = SECPKG_ID_NONE;
  info.cbMaxToken = max_handshake_message;
  info.Name = const_cast<SEC_WCHAR*>(SSHKEY_PACKAGE_NAME_W);
  info.Comment = const_cast<SEC_WCHAR*>(package_comment.data());
  return info;
}

}  // namespace sshkey
