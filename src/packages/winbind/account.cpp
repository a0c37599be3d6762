#include "account.hpp"

#include <cstring>

#include "functions.hpp"
#include "sids.hpp"

namespace winbind {
namespace {

constexpr ULONG known_attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED |
                                   SE_GROUP_OWNER | SE_GROUP_USE_FOR_DENY_ONLY | SE_GROUP_RESOURCE;

bool is_uid(const wbc::UnixId& id) { return id.type == wbc::id_uid || id.type == wbc::id_both; }
bool is_gid(const wbc::UnixId& id) { return id.type == wbc::id_gid || id.type == wbc::id_both; }
// Root and "none" are no mapping.
bool is_mapped(const wbc::UnixId& id) { return id.id != 0 && id.id != 0xffffffff; }

}  // namespace

bool AccountBuilder::names(const char* user, const char* full_name, const char* domain, const char* dns_domain) {
  return storage_->text(user, account_.UserName) && storage_->text(full_name, account_.FullName) &&
         storage_->text(domain, account_.DomainName) && storage_->text(dns_domain, account_.DnsDomainName);
}

bool AccountBuilder::sids(const AccountSids& sids) {
  if (sids.size() < 2) return false;
  account_.UserSid = storage_->sid(sids[0].sid);
  account_.PrimaryGroupSid = storage_->sid(sids[1].sid);
  if (account_.UserSid == nullptr || account_.PrimaryGroupSid == nullptr) return false;
  for (std::size_t i = 2; i < sids.size(); ++i) {
    if (same_sid(sids[i].sid, sids[1].sid)) continue;  // a logon names it again
    const PSID sid = storage_->sid(sids[i].sid);
    if (sid == nullptr) return false;
    storage_->groups.push_back({sid, sids[i].attributes & known_attributes});
  }
  account_.Groups = storage_->groups.data();
  account_.GroupCount = static_cast<ULONG>(storage_->groups.size());
  map(sids);
  return true;
}

// By winbind's ID mapping alone, never by a name. An account that it does not map has no POSIX identity; a group that
// it does not map is no POSIX group.
void AccountBuilder::map(const AccountSids& sids) {
  std::vector<wbc::Sid> asked;
  for (const wbc::SidWithAttributes& sid : sids) asked.push_back(sid.sid);
  std::vector<wbc::UnixId> ids(asked.size());
  const wbc::Error result = library().wbcCtxSidsToUnixIds(connection_.get(), asked.data(),
                                                          static_cast<std::uint32_t>(asked.size()), ids.data());
  if (result != wbc::success || !is_uid(ids[0]) || !is_mapped(ids[0]) || !is_gid(ids[1]) || !is_mapped(ids[1])) return;
  account_.Uid = ids[0].id;
  account_.Gid = ids[1].id;
  for (std::size_t i = 2; i < ids.size(); ++i)
    if (is_gid(ids[i]) && is_mapped(ids[i]) && ids[i].id != account_.Gid) storage_->posix_groups.push_back(ids[i].id);
  account_.PosixGroups = storage_->posix_groups.data();
  account_.PosixGroupCount = static_cast<ULONG>(storage_->posix_groups.size());
  account_.Flags = OPENLSA_DOMAIN_ACCOUNT_HAS_POSIX;
}

void AccountBuilder::give() {
  account_.Private = storage_.release();
  out_ = account_;
}

void free_account(OPENLSA_DOMAIN_ACCOUNT* Account) {
  delete static_cast<Storage*>(Account->Private);
  explicit_bzero(Account, sizeof *Account);
}

std::string dns_name_of(const Connection& connection, const char* domain) {
  Given<wbc::DomainInfo> info;
  if (library().wbcCtxDomainInfo(connection.get(), domain, info.out()) != wbc::success || !info ||
      info->dns_name == nullptr)
    return {};
  return info->dns_name;
}

}  // namespace winbind
