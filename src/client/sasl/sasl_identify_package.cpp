#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "client/sasl/sasl_cookie.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "nt/utf.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// What the first message of a built-in package holds: the object identifier of a GSS token (RFC 2743, section 3.1), or
// the bytes that it begins with.
struct Prefix {
  std::u16string_view package;
  bool is_oid;
  std::string_view bytes;
};
constexpr Prefix built_in[] = {
    {u"Negotiate", true, "\x2b\x06\x01\x05\x05\x02"},             // 1.3.6.1.5.5.2, RFC 4178
    {u"Kerberos", true, "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"},  // 1.2.840.113554.1.2.2, RFC 4121
    {u"Kerberos", true, "\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"},  // 1.2.840.48018.1.2.2, MS-SPNG
    {u"NTLM", false, std::string_view("NTLMSSP\0\1\0\0\0", 12)},  // MS-NLMP 2.2.1.1
};

// The object identifier of an initial GSS token, as its DER content; empty when it is none.
base::ByteView oid_of(base::ByteView token) {
  if (token.size() < 4 || token[0] != 0x60) return {};
  const std::size_t length_bytes = token[1] < 0x80 ? 1 : 1 + (token[1] & 0x7f);
  if (length_bytes > 5 || token.size() < 1 + length_bytes + 2) return {};
  const base::ByteView oid = token.subspan(1 + length_bytes);
  return oid[0] == 0x06 && oid[1] < 0x80 && oid.size() >= std::size_t{2} + oid[1] ? oid.subspan(2, oid[1])
                                                                                  : base::ByteView();
}

// A package says its identifier in DER (SECPKG_GSS_INFO), with or without tag and length.
bool has_oid(const seam::PackageInfo& package, base::ByteView oid) {
  base::ByteView own = package.extended.gss_oid;
  if (own.size() > 2 && own[0] == 0x06 && own[1] == own.size() - 2) own = own.subspan(2);
  return !own.empty() && base::equal(own, oid);
}

bool is_message_of(const seam::PackageInfo& package, base::ByteView token) {
  const base::ByteView oid = oid_of(token);
  if (!oid.empty() && has_oid(package, oid)) return true;
  return std::any_of(std::begin(built_in), std::end(built_in), [&](const Prefix& prefix) {
    if (!nt::equal_names(prefix.package, package.name)) return false;
    const base::ByteView wanted = base::as_bytes(prefix.bytes);
    return prefix.is_oid ? base::equal(oid, wanted)
                         : token.size() >= wanted.size() && base::equal(token.first(wanted.size()), wanted);
  });
}

template <class Info>
nt::Status identify(const SecBufferDesc* input, Info** block) {
  if (block == nullptr) return SEC_E_INVALID_PARAMETER;
  const base::ByteView token = token_bytes(input);
  if (token.empty()) return SEC_E_INVALID_TOKEN;
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_packages(packages); status != SEC_E_OK) return status;
  const auto found = std::find_if(packages.begin(), packages.end(),
                                  [&](const seam::PackageInfo& package) { return is_message_of(package, token); });
  if (found == packages.end()) return SEC_E_SECPKG_NOT_FOUND;
  Info* made = nullptr;
  const nt::Status status = make_package_block<Info>({&*found, 1}, made);
  if (status == SEC_E_OK) *block = made;
  return status;
}

}  // namespace

SECURITY_STATUS SaslIdentifyPackageA(PSecBufferDesc pInput, PSecPkgInfoA* PackageInfo) {
  return sspi_edge([&] { return identify(pInput, PackageInfo); });
}

SECURITY_STATUS SaslIdentifyPackageW(PSecBufferDesc pInput, PSecPkgInfoW* PackageInfo) {
  return sspi_edge([&] { return identify(pInput, PackageInfo); });
}
