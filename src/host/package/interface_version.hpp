// How many slots of SECPKG_FUNCTION_TABLE count for an interface version. The documentation names the slots and the
// system that brought each ("Minimum supported client" of its page), not the count per version; this is our own map:
//
//   version  slots  last slot                      came with
//   1        27     AddCredentials (25),           Windows 2000, XP: the table of SECPKG_INTERFACE_VERSION ends with
//                   SetExtendedInformation (26)    the extended information
//   2        28     SetContextAttributes (27)      Windows XP, Server 2003
//   3        29     SetCredentialsAttributes (28)  Server 2003
//   4        30     ChangeAccountPassword (29)     Vista
//   5        32     QueryMetaData, ExchangeMetaData (30, 31)   Windows 7
//   6        35     GetCredUIContext, UpdateCredentials, ValidateTargetInfo (32-34)   Windows 7
//   7        36     PostLogonUser (35)             Windows 8
//   8        38     the Remote Credential Guard slots (36, 37)  Windows 10
//   9        39     GetTbalSupplementalCreds (38)  Windows 10
//   10       43     LogonUserEx3, the surrogates, ExtractTargetInfo (39-42)  newest
//
// A slot beyond the count is never read. Within it NULL means: not implemented.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace openlsa::host {

inline constexpr std::size_t newest_slot_count = 43;

// Nothing for a value that is no interface version: exactly one of SECPKG_INTERFACE_VERSION (0x10000) ... _10.
constexpr std::optional<std::size_t> slots_of_interface_version(std::uint32_t version) {
  constexpr std::size_t counts[] = {27, 28, 29, 30, 32, 35, 36, 38, 39, newest_slot_count};
  for (std::size_t i = 0; i < std::size(counts); ++i)
    if (version == std::uint32_t{0x10000} << i) return counts[i];
  return std::nullopt;
}

}  // namespace openlsa::host
