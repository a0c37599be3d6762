#include "authority/credentials/credential_match.hpp"

#include <limits>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// In the order of the documentation, from the most specific one.
enum Rule {
  dfs_share,
  dns_server,
  netbios_server,
  target_as_named,
  wildcard_server,
  dns_domain,
  netbios_domain,
  session_wildcard,
  any_server,
};
constexpr std::u16string_view session_wildcard_name = u"*Session";  // CRED_SESSION_WILDCARD_NAME
constexpr std::u16string_view domain_wildcard = u"\\*";

bool is(std::u16string_view name, const seam::OptionalText& wanted) {
  return wanted && !wanted->empty() && nt::equal_names(name, *wanted);
}

// "TargetAlias can be the NetBIOS name of the host."
bool either(const seam::Credential& credential, const seam::OptionalText& wanted) {
  return is(credential.target_name, wanted) || (credential.target_alias && is(*credential.target_alias, wanted));
}

// "*.example.com" for any server whose name ends so.
bool is_wildcard_server(std::u16string_view name, const seam::OptionalText& server) {
  if (!server || name.size() < 3 || name[0] != u'*' || name[1] != u'.') return false;
  const std::u16string_view suffix = name.substr(1);
  return server->size() > suffix.size() &&
         nt::equal_names(std::u16string_view(*server).substr(server->size() - suffix.size()), suffix);
}

// "EXAMPLE\*" for any server of the domain.
bool is_wildcard_domain(std::u16string_view name, const seam::OptionalText& domain) {
  return name.size() > domain_wildcard.size() && name.ends_with(domain_wildcard) &&
         is(name.substr(0, name.size() - domain_wildcard.size()), domain);
}

bool either_wildcard_domain(const seam::Credential& credential, const seam::OptionalText& domain) {
  return is_wildcard_domain(credential.target_name, domain) ||
         (credential.target_alias && is_wildcard_domain(*credential.target_alias, domain));
}

std::optional<Rule> rule_of(const seam::Credential& credential, const seam::CredentialTarget& target) {
  const seam::Text& name = credential.target_name;
  if (name.find(u'\\') != name.npos && is(name, target.target_name)) return dfs_share;
  if (is(name, target.dns_server_name)) return dns_server;
  if (either(credential, target.netbios_server_name)) return netbios_server;
  if (is(name, target.target_name)) return target_as_named;
  if (is_wildcard_server(name, target.dns_server_name)) return wildcard_server;
  if (is_wildcard_domain(name, target.dns_domain_name)) return dns_domain;
  if (either_wildcard_domain(credential, target.netbios_domain_name)) return netbios_domain;
  if (nt::equal_names(name, session_wildcard_name)) return session_wildcard;
  if (name == u"*") return any_server;
  return std::nullopt;
}

}  // namespace

std::optional<CredentialRank> match(const seam::Credential& credential, const seam::CredentialTarget& target) {
  const std::optional<Rule> rule = rule_of(credential, target);
  if (!rule) return std::nullopt;
  const std::size_t units = *rule == wildcard_server ? credential.target_name.size() : 0;
  return CredentialRank{*rule, std::numeric_limits<std::size_t>::max() - units};
}

bool names_a_server(const seam::CredentialTarget& target) {
  for (const seam::OptionalText* name : {&target.netbios_server_name, &target.dns_server_name,
                                         &target.netbios_domain_name, &target.dns_domain_name, &target.dns_tree_name})
    if (*name && !(*name)->empty()) return true;
  return false;
}

}  // namespace openlsa::authority
