// LookUp: an account without a proof, by its name or its SID.
#include <algorithm>

#include "account.hpp"
#include "functions.hpp"
#include "guarded.hpp"
#include "names.hpp"
#include "sids.hpp"
#include "statuses.hpp"
#include "text.hpp"

namespace winbind {
namespace {

constexpr std::uint32_t usual_attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED;

// winbindd says "not found" of a domain that it cannot ask, too: then it is not known whether there is such an account.
NTSTATUS not_found(const Connection& connection, const std::string& domain) {
  Given<wbc::DomainInfo> info;
  const char* name = domain.empty() ? nullptr : domain.c_str();
  if (name != nullptr && library().wbcCtxDomainInfo(connection.get(), name, info.out()) == wbc::success && info &&
      (info->domain_flags & wbc::domain_is_offline) != 0)
    return STATUS_NO_LOGON_SERVERS;
  Given<wbc::AuthError> error;
  Given<char> controller;
  const wbc::Error result =
      library().wbcCtxPingDc2(connection.get(), info ? name : nullptr, error.out(), controller.out());
  if (result == wbc::success) return STATUS_NONE_MAPPED;
  const NTSTATUS status = status_of(result, error.get());
  return status == STATUS_NO_LOGON_SERVERS ? status : STATUS_NONE_MAPPED;
}

NTSTATUS status_of_look_up(wbc::Error result, const Connection& connection, const std::string& domain) {
  if (result == wbc::domain_not_found || result == wbc::unknown_user) return not_found(connection, domain);
  return status_of(result, nullptr);
}

NTSTATUS find(const Connection& connection, PCUNICODE_STRING user, PCUNICODE_STRING domain, wbc::Sid& sid,
              wbc::SidType& type) {
  char separator = '\\';
  if (const wbc::Error result = separator_of(connection, separator); result != wbc::success)
    return status_of(result, nullptr);
  auto asked = asked_name(*user, *domain, separator);
  if (!asked) return STATUS_NONE_MAPPED;
  const wbc::Error result =
      library().wbcCtxLookupName(connection.get(), asked->domain.c_str(), asked->user.c_str(), &sid, &type);
  return result == wbc::success ? STATUS_SUCCESS : status_of_look_up(result, connection, asked->domain);
}

// The primary group by winbind's passwd entry, which has it as a gid; the others as a logon would have them.
NTSTATUS read_sids(const Connection& connection, const wbc::Sid& user, const std::string& domain, AccountSids& sids,
                   std::string& full_name) {
  wbc::Sid asked = user;
  Given<passwd> entry;
  wbc::Error result = library().wbcCtxGetpwsid(connection.get(), &asked, entry.out());
  if (result != wbc::success) return status_of_look_up(result, connection, domain);
  wbc::Sid primary{};
  if (entry) result = library().wbcCtxGidToSid(connection.get(), entry->pw_gid, &primary);
  if (!entry || result != wbc::success) return status_of_look_up(result, connection, domain);
  full_name = entry->pw_gecos == nullptr ? "" : entry->pw_gecos;
  std::uint32_t count = 0;
  Given<wbc::Sid> groups;
  result = library().wbcCtxLookupUserSids(connection.get(), &user, true, &count, groups.out());
  if (result != wbc::success) return status_of_look_up(result, connection, domain);
  sids = {{user, 0}, {primary, usual_attributes}};
  for (std::uint32_t i = 0; groups && i < count; ++i)
    if (const wbc::Sid& group = groups.get()[i]; !same_sid(group, user) && !same_sid(group, primary))
      sids.push_back({group, usual_attributes});
  return STATUS_SUCCESS;
}

}  // namespace

NTSTATUS look_up(PSID Sid, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, OPENLSA_DOMAIN_ACCOUNT* Account) {
  return guarded([&]() -> NTSTATUS {
    const Connection connection;
    if (!connection) return STATUS_NO_MEMORY;
    wbc::Sid user{};
    wbc::SidType type = wbc::sid_none;
    if (Sid != nullptr) {
      const auto asked = read_sid(Sid);
      if (!asked) return STATUS_NONE_MAPPED;
      user = *asked;
    } else if (const NTSTATUS status = find(connection, UserName, DomainName, user, type); status != STATUS_SUCCESS) {
      return status;
    }
    Given<char> domain, name;  // the directory's own spelling
    if (const wbc::Error result = library().wbcCtxLookupSid(connection.get(), &user, domain.out(), name.out(), &type);
        result != wbc::success)
      return status_of_look_up(result, connection, {});
    note_winbind_answers();
    if (!domain || !name || (type != wbc::sid_user && type != wbc::sid_computer)) return STATUS_NONE_MAPPED;
    AccountSids sids;
    std::string full_name;
    if (const NTSTATUS status = read_sids(connection, user, domain.get(), sids, full_name); status != STATUS_SUCCESS)
      return status;
    AccountBuilder builder(connection, *Account);
    if (!builder.names(name.get(), full_name.c_str(), domain.get(), dns_name_of(connection, domain.get()).c_str()) ||
        !builder.sids(sids))
      return STATUS_INTERNAL_ERROR;
    builder.give();
    return STATUS_SUCCESS;
  });
}

}  // namespace winbind
