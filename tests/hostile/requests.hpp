// Requests as libsecur32 sends them, to be spoilt: each works when it is left alone.
#pragma once

#include "hostile/raw_connection.hpp"

namespace openlsa::test {

inline constexpr std::uint16_t hello_method = 1;
inline constexpr std::uint16_t ping_method = 2;
inline constexpr std::uint16_t logon_method = 6;
inline constexpr std::uint16_t call_package_method = 7;
inline constexpr std::uint16_t open_channel_method = 11;
inline constexpr std::uint16_t import_token_method = 16;
inline constexpr std::uint16_t admin_method = 18;
inline constexpr std::uint16_t acquire_credentials_method = 1;  // on a channel

inline constexpr std::uint64_t window_base = 0x7000'0000'0000;
inline constexpr std::uint64_t window_size = 1u << 20;

// A connection that has logon rights, and what it takes to log on and to call with it.
struct Attacker {
  Attacker();
  RawConnection connection;
  std::uint32_t lsa_handle = 0;
  seam::PackageId probe = 0;

  seam::LsaLogonUserRequest logon(const std::string& script) const;
  seam::LsaCallPackageRequest call(const std::string& script) const;
};

seam::OpenChannelRequest probe_channel();
seam::AcquireCredentialsRequest probe_credentials(std::uint32_t use = 2 /* SECPKG_CRED_OUTBOUND */);
base::Secret secret_of(const std::string& text);
// A channel to the probe; null when it was refused.
std::unique_ptr<RawConnection> open_probe_channel(RawConnection& connection);

}  // namespace openlsa::test
