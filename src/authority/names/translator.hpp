// Names to SIDs and back: the well-known ones, the built-in domain, and the accounts of this machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/accounts/account_store.hpp"
#include "authority/names/known_sids.hpp"
#include "seam/policy_calls.hpp"

namespace openlsa::authority {

struct Translation {
  NameUse use = NameUse::unknown;
  nt::Sid sid;
  std::u16string name;  // empty for a domain
  std::u16string domain_name;
  nt::Sid domain_sid;
};

class Translator {
 public:
  explicit Translator(const AccountStore& accounts);

  // "name", "DOMAIN\name" or "name@DOMAIN", in the order that LsaLookupNames2 documents for isolated names.
  std::optional<Translation> by_name(std::u16string_view name) const;
  std::optional<Translation> by_sid(const nt::Sid& sid) const;
  // DOMAIN\name; the SID itself where it has no name.
  std::string text_of(const nt::Sid& sid) const;

 private:
  std::optional<Translation> isolated(std::u16string_view name) const;
  std::optional<Translation> qualified(std::u16string_view domain, std::u16string_view name) const;
  std::optional<Translation> domain(std::u16string_view name) const;
  std::optional<Translation> account(std::u16string_view name) const;
  Translation translation_of(const Account& account) const;
  Translation translation_of(const LocalGroup& group) const;

  const AccountStore& accounts_;
  const std::u16string domain_name_;
};

// LSA_REFERENCED_DOMAIN_LIST while it grows: each domain once.
class ReferencedDomains {
 public:
  std::int32_t index_of(const Translation& translation);
  std::vector<seam::ReferencedDomain> take() { return std::move(domains_); }

 private:
  std::vector<seam::ReferencedDomain> domains_;
};

}  // namespace openlsa::authority
