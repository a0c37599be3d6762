#include "client/negotiate/candidates.hpp"

#include <openlsa/sspi.h>

#include <algorithm>

#include "client/negotiate/neg_token.hpp"
#include "client/negotiate/object_identifier.hpp"
#include "nt/utf.hpp"

namespace openlsa::client::negotiate {
namespace {

constexpr std::u16string_view kerberos = u"Kerberos", ntlm = u"NTLM";

// What SPNEGO puts around a token: its lists, tags and lengths, and mechListMIC.
constexpr std::uint32_t framing_bytes = 512;

// security.h, RPC_C_AUTHN_GSS_NEGOTIATE.
constexpr std::uint16_t negotiate_rpc_id = 9;

std::vector<base::Bytes> identifiers_of(const seam::PackageInfo& package) {
  if (nt::equal_names(package.name, kerberos))
    return {base::to_bytes(old_kerberos_identifier), base::to_bytes(kerberos_identifier)};
  if (nt::equal_names(package.name, ntlm)) return {base::to_bytes(ntlm_identifier)};
  // What names SPNEGO or a built-in package is no third party's, whether that package is here or not.
  const auto own = identifier_of_package(package.extended.gss_oid);
  const base::ByteView reserved[] = {spnego_identifier, old_kerberos_identifier, kerberos_identifier, ntlm_identifier};
  if (!own || std::any_of(std::begin(reserved), std::end(reserved),
                          [&](base::ByteView known) { return base::equal(known, *own); }))
    return {};
  return {base::to_bytes(*own)};
}

int rank(const Candidate& candidate) {
  return nt::equal_names(candidate.package.name, kerberos) ? 0 : candidate.is_ntlm() ? 2 : 1;
}

bool shares_identifier(const Candidate& a, const Candidate& b) {
  return std::any_of(a.identifiers.begin(), a.identifiers.end(), [&](const base::Bytes& one) {
    return std::find(b.identifiers.begin(), b.identifiers.end(), one) != b.identifiers.end();
  });
}

}  // namespace

bool Candidate::is_ntlm() const { return nt::equal_names(package.name, ntlm); }

std::vector<Candidate> candidates_among(const std::vector<seam::PackageInfo>& packages) {
  std::vector<Candidate> found;
  for (const seam::PackageInfo& package : packages) {
    if ((package.capabilities & SECPKG_FLAG_NEGOTIABLE) == 0 || !package.supports_sspi) continue;
    Candidate candidate{package, identifiers_of(package)};
    if (!candidate.identifiers.empty()) found.push_back(std::move(candidate));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
  std::vector<Candidate> candidates;
  for (Candidate& candidate : found) {
    const bool taken = std::any_of(candidates.begin(), candidates.end(),
                                   [&](const Candidate& other) { return shares_identifier(candidate, other); });
    if (!taken && candidates.size() < max_mechanisms / 2) candidates.push_back(std::move(candidate));
  }
  return candidates;
}

std::optional<seam::PackageInfo> package_info(const std::vector<seam::PackageInfo>& packages) {
  const std::vector<Candidate> candidates = candidates_among(packages);
  if (candidates.empty()) return std::nullopt;
  constexpr std::uint32_t of_mechanisms = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_IMPERSONATION |
                                          SECPKG_FLAG_MUTUAL_AUTH | SECPKG_FLAG_DELEGATION;
  seam::PackageInfo info;
  info.capabilities = SECPKG_FLAG_CONNECTION | SECPKG_FLAG_MULTI_REQUIRED | SECPKG_FLAG_EXTENDED_ERROR |
                      SECPKG_FLAG_ACCEPT_WIN32_NAME | SECPKG_FLAG_NEGOTIABLE | SECPKG_FLAG_GSS_COMPATIBLE;
  for (const Candidate& candidate : candidates) {
    info.capabilities |= candidate.package.capabilities & of_mechanisms;
    info.max_token = std::max(info.max_token, candidate.package.max_token);
  }
  info.max_token += std::min(framing_bytes, UINT32_MAX - info.max_token);
  info.rpc_id = negotiate_rpc_id;
  info.name = package_name;
  info.comment = u"Chooses one of the negotiable packages (SPNEGO)";
  info.supports_sspi = true;
  return info;
}

}  // namespace openlsa::client::negotiate
