#include "authority/names/translator.hpp"

#include <charconv>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

Translation translation_of(const KnownSid& known) {
  return {known.use, known.sid, std::u16string(known.name), std::u16string(known.domain.name), known.domain.sid};
}

Translation numbered(const KnownDomain& domain, NameUse use, std::uint32_t number) {
  const std::string digits = std::to_string(number);
  return {use, domain.sid.with_rid(number), std::u16string(digits.begin(), digits.end()), std::u16string(domain.name),
          domain.sid};
}

std::optional<std::uint32_t> number_of(std::u16string_view name) {
  const std::string digits = nt::to_utf8(name).value_or("");
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  // One name for each number: "007" is not the name of uid 7.
  return whole && std::to_string(number) == digits ? std::optional(number) : std::nullopt;
}

// root and SYSTEM are one account here.
const KnownSid* well_known_named(std::u16string_view name) {
  if (nt::equal_names(name, u"root")) name = u"SYSTEM";
  for (const KnownSid& known : known_sids())
    if (known.use != NameUse::alias && nt::equal_names(known.name, name)) return &known;
  return nullptr;
}

const KnownSid* built_in_named(std::u16string_view name) {
  for (const KnownSid& known : known_sids())
    if (known.use == NameUse::alias && nt::equal_names(known.name, name)) return &known;
  return nullptr;
}

}  // namespace

Translator::Translator(const AccountStore& accounts)
    : accounts_(accounts), domain_name_(nt::to_utf16(accounts.domain_name()).value_or(u"")) {}

Translation Translator::translation_of(const Account& account) const {
  return {NameUse::user, account.sid, nt::to_utf16(account.name).value_or(u""), domain_name_, accounts_.domain_sid()};
}

Translation Translator::translation_of(const LocalGroup& group) const {
  return {NameUse::alias, group.sid, nt::to_utf16(group.name).value_or(u""), domain_name_, accounts_.domain_sid()};
}

std::optional<Translation> Translator::by_name(std::u16string_view name) const {
  const std::size_t separator = name.find(u'\\');
  if (separator != std::u16string_view::npos) return qualified(name.substr(0, separator), name.substr(separator + 1));
  if (std::optional<Translation> found = isolated(name)) return found;
  const std::size_t at = name.rfind(u'@');  // the last: a domain's name has none
  if (at == std::u16string_view::npos || at == 0) return std::nullopt;
  return qualified(name.substr(at + 1), name.substr(0, at));
}

std::optional<Translation> Translator::isolated(std::u16string_view name) const {
  if (name.empty()) return std::nullopt;
  if (const KnownSid* known = well_known_named(name)) return authority::translation_of(*known);
  if (std::optional<Translation> found = domain(name)) return found;
  if (const KnownSid* known = built_in_named(name)) return authority::translation_of(*known);
  return account(name);
}

std::optional<Translation> Translator::qualified(std::u16string_view domain_name, std::u16string_view name) const {
  if (name.empty()) return domain(domain_name);
  if (domain_name == u"." || nt::equal_names(domain_name, domain_name_)) return account(name);
  if (nt::equal_names(domain_name, unix_users_domain().name)) {
    const auto uid = number_of(name);
    // A uid with an account, and uid 0, have their own SIDs.
    return uid && accounts_.sid_of_uid(*uid).domain() == nt::well_known::unix_users
               ? std::optional(numbered(unix_users_domain(), NameUse::user, *uid))
               : std::nullopt;
  }
  if (nt::equal_names(domain_name, unix_groups_domain().name)) {
    const auto gid = number_of(name);
    return gid && accounts_.sid_of_gid(*gid).domain() == nt::well_known::unix_groups
               ? std::optional(numbered(unix_groups_domain(), NameUse::alias, *gid))
               : std::nullopt;
  }
  for (const KnownSid& known : known_sids())
    if (!known.domain.name.empty() && nt::equal_names(known.domain.name, domain_name) &&
        nt::equal_names(known.name, name))
      return authority::translation_of(known);
  return std::nullopt;
}

std::optional<Translation> Translator::domain(std::u16string_view name) const {
  if (nt::equal_names(name, domain_name_))
    return Translation{NameUse::domain, accounts_.domain_sid(), u"", domain_name_, accounts_.domain_sid()};
  for (const KnownDomain& known : known_domains())
    if (!known.name.empty() && nt::equal_names(known.name, name))
      return Translation{NameUse::domain, known.sid, u"", std::u16string(known.name), known.sid};
  return std::nullopt;
}

std::optional<Translation> Translator::account(std::u16string_view name) const {
  if (name.find(u'\\') != std::u16string_view::npos) return std::nullopt;  // "A\B\name" is no name
  if (const std::optional<Account> found = accounts_.find_by_name(name)) return translation_of(*found);
  const std::optional<std::string> utf8 = nt::to_utf8(name);
  const std::optional<LocalGroup> group = utf8 ? accounts_.find_group(*utf8) : std::nullopt;
  return group ? std::optional(translation_of(*group)) : std::nullopt;
}

std::optional<Translation> Translator::by_sid(const nt::Sid& sid) const {
  if (const std::optional<Account> found = accounts_.find_by_sid(sid)) return translation_of(*found);
  if (const std::optional<LocalGroup> found = accounts_.find_group(sid)) return translation_of(*found);
  for (const KnownSid& known : known_sids())
    if (known.sid == sid) return authority::translation_of(known);
  if (sid == accounts_.domain_sid())
    return Translation{NameUse::domain, sid, u"", domain_name_, accounts_.domain_sid()};
  for (const KnownDomain& known : known_domains())
    if (known.sid == sid && !known.name.empty())
      return Translation{NameUse::domain, sid, u"", std::u16string(known.name), known.sid};
  if (sid.count() != 2) return std::nullopt;
  // A gid with a group has the group's SID.
  if (sid.domain() == nt::well_known::unix_groups && accounts_.sid_of_gid(sid.rid()) == sid)
    return numbered(unix_groups_domain(), NameUse::alias, sid.rid());
  if (sid.domain() == nt::well_known::unix_users && accounts_.sid_of_uid(sid.rid()) == sid)
    return numbered(unix_users_domain(), NameUse::user, sid.rid());
  return std::nullopt;
}

std::string Translator::text_of(const nt::Sid& sid) const {
  const std::optional<Translation> found = by_sid(sid);
  if (!found) return sid.to_string();
  std::u16string text = found->domain_name;
  if (!text.empty() && !found->name.empty()) text += u'\\';
  return nt::to_utf8_lossy(text + found->name);
}

std::int32_t ReferencedDomains::index_of(const Translation& translation) {
  for (std::size_t i = 0; i < domains_.size(); ++i)
    if (domains_[i].sid == translation.domain_sid && domains_[i].name == translation.domain_name)
      return static_cast<std::int32_t>(i);
  domains_.push_back({translation.domain_name, translation.domain_sid});
  return static_cast<std::int32_t>(domains_.size() - 1);
}

}  // namespace openlsa::authority
