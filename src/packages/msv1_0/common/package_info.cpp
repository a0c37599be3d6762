#include "common/package_info.hpp"

namespace msv1_0 {
namespace {

SEC_WCHAR name[] = OPENLSA_WIDE("NTLM");
SEC_WCHAR comment[] = OPENLSA_WIDE("NTLM Security Package");

}  // namespace

SecPkgInfoW package_info() {
  SecPkgInfoW info{};
  info.fCapabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_TOKEN_ONLY | SECPKG_FLAG_DATAGRAM |
                       SECPKG_FLAG_CONNECTION | SECPKG_FLAG_MULTI_REQUIRED | SECPKG_FLAG_IMPERSONATION |
                       SECPKG_FLAG_ACCEPT_WIN32_NAME | SECPKG_FLAG_NEGOTIABLE | SECPKG_FLAG_LOGON |
                       SECPKG_FLAG_RESTRICTED_TOKENS;
  info.wVersion = 1;
  info.wRPCID = 10;  // RPC_C_AUTHN_WINNT
  info.cbMaxToken = max_token_bytes;
  info.Name = name;
  info.Comment = comment;
  return info;
}

}  // namespace msv1_0
