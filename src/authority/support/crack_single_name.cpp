// CrackSingleName: names of accounts from one DS_NAME_FORMAT into another, by the accounts database. An account has one
// name here: it is its SAM name, the first part of its user principal name, and its display name.
#include "authority/authority.hpp"
#include "authority/support/account_names.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// DS_NAME_FORMAT ([MS-DRSR] 4.1.4.1.3), and DS_STRING_SID_NAME, which can be requested (4.1.4.1.2).
enum Format : std::uint32_t {
  unknown = 0,
  fqdn_1779 = 1,
  nt4_account = 2,
  display = 3,
  unique_id = 6,
  canonical = 7,
  user_principal = 8,
  canonical_ex = 9,
  service_principal = 10,
  sid_or_sid_history = 11,
  string_sid = 0xffff'fff4,
};
// DS_NAME_ERROR ([MS-DRSR] 4.1.4.1.4)
enum NameError : std::uint32_t { no_error = 0, not_found = 2, no_mapping = 4 };

bool can_be_offered(std::uint32_t format) {
  return format <= display || (format >= unique_id && format <= sid_or_sid_history);
}
// "This value is not valid for the formatDesired parameter": unknown, and the SID under its own number.
bool can_be_requested(std::uint32_t format) {
  return format == string_sid || (can_be_offered(format) && format != unknown && format != sid_or_sid_history);
}

// What a name stands for: an account, or the domain alone ("DOMAIN\").
struct Named {
  std::u16string account;  // empty: the domain
  nt::Sid sid;
};

class Names {
 public:
  explicit Names(const AccountStore& accounts)
      : accounts_(accounts), domain_(nt::to_utf16(accounts.domain_name()).value_or(u"")) {}

  const std::u16string& domain() const { return domain_; }

  std::optional<Named> find(std::u16string_view name, std::uint32_t format) const {
    switch (format) {
      case nt4_account:
        return by_account_name(name);
      case user_principal:
        return name.find(u'@') == name.npos ? std::nullopt : named(find_account(accounts_, name));
      case display:
        return name.find(u'\\') == name.npos ? named(accounts_.find_by_name(name)) : std::nullopt;
      case sid_or_sid_history:
        return by_sid(name);
      case unknown:
        if (auto found = by_sid(name)) return found;
        if (auto found = by_account_name(name)) return found;
        return named(find_account(accounts_, name));
      default:
        return std::nullopt;  // no account here has a name of this format
    }
  }

  std::optional<std::u16string> say(const Named& found, std::uint32_t format) const {
    if (format == string_sid) return nt::to_utf16(found.sid.to_string());
    if (format == nt4_account) return domain_ + u'\\' + found.account;
    if (found.account.empty()) return std::nullopt;
    if (format == user_principal) return found.account + u'@' + domain_;
    if (format == display) return found.account;
    return std::nullopt;
  }

 private:
  static std::optional<Named> named(const std::optional<Account>& account) {
    if (!account) return std::nullopt;
    return Named{nt::to_utf16(account->name).value_or(u""), account->sid};
  }
  std::optional<Named> by_account_name(std::u16string_view name) const {
    const std::size_t separator = name.find(u'\\');
    if (separator == name.npos) return std::nullopt;
    if (separator + 1 != name.size()) return named(accounts_.find_by_name(name));
    if (!nt::equal_names(name.substr(0, separator), domain_)) return std::nullopt;
    return Named{{}, accounts_.domain_sid()};
  }
  std::optional<Named> by_sid(std::u16string_view name) const {
    const std::optional<std::string> text = nt::to_utf8(name);
    const std::optional<nt::Sid> sid = text ? nt::Sid::parse(*text) : std::nullopt;
    if (!sid) return std::nullopt;
    if (*sid == accounts_.domain_sid()) return Named{{}, *sid};
    return named(accounts_.find_by_sid(*sid));
  }

  const AccountStore& accounts_;
  const std::u16string domain_;
};

// "If the function fails, it returns STATUS_UNSUCCESSFUL; see the value returned in the SubStatus parameter."
seam::CrackSingleNameReply failed(nt::Status status, std::uint32_t error = no_error) {
  seam::CrackSingleNameReply reply;
  reply.status = status;
  reply.sub_status = error;
  return reply;
}

}  // namespace

seam::CrackSingleNameReply HostSupport::crack_single_name(seam::CrackSingleNameRequest request) {
  const auto caller = check(request.caller, "CrackSingleName");
  if (!caller) return failed(caller.error());
  if (!can_be_offered(request.format_offered) || !can_be_requested(request.format_requested) || request.name.empty())
    return failed(STATUS_INVALID_PARAMETER);
  const Names names(authority_.accounts());
  const std::optional<Named> found = names.find(request.prefix.value_or(u"") + request.name, request.format_offered);
  if (!found) return failed(STATUS_UNSUCCESSFUL, not_found);
  std::optional<std::u16string> name = names.say(*found, request.format_requested);
  if (!name) return failed(STATUS_UNSUCCESSFUL, no_mapping);
  seam::CrackSingleNameReply reply;
  reply.name = *std::move(name);
  reply.domain = names.domain();
  return reply;
}

}  // namespace openlsa::authority
