#include "nt/built_in_packages.hpp"

#include <algorithm>
#include <array>

#include "nt/utf.hpp"

namespace openlsa::nt {
namespace {

// security.h, ntsecapi.h and the pages of SecAuthN, "SSP Packages Provided by Microsoft".
constexpr std::array<std::u16string_view, 14> built_in_names{
    u"Negotiate",
    u"NTLM",
    u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0",
    u"Kerberos",
    u"WDigest",
    u"Schannel",
    u"Microsoft Unified Security Protocol Provider",
    u"Default TLS SSP",
    u"CREDSSP",
    u"TSSSP",
    u"PKU2U",
    u"NegoExtender",
    u"CloudAP",
    u"LiveSSP",
};

}  // namespace

bool is_built_in_package(std::u16string_view name) {
  return std::any_of(built_in_names.begin(), built_in_names.end(),
                     [&](std::u16string_view known) { return equal_names(known, name); });
}

}  // namespace openlsa::nt
