#include "host/marshal/primary_credentials.hpp"

#include <cstring>
#include <set>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

// The eleven places of the structure that own memory.
std::set<const void*> blocks_of(const SECPKG_PRIMARY_CRED& credentials) {
  std::set<const void*> blocks;
  for (const UNICODE_STRING* string :
       {&credentials.DownlevelName, &credentials.DomainName, &credentials.Password, &credentials.OldPassword,
        &credentials.DnsDomainName, &credentials.Upn, &credentials.LogonServer, &credentials.Spare1,
        &credentials.Spare2, &credentials.Spare3, &credentials.Spare4})
    blocks.insert(string->Buffer);
  blocks.insert(credentials.UserSid);
  return blocks;
}

bool untouched(const SECPKG_PRIMARY_CRED& credentials) {
  static const SECPKG_PRIMARY_CRED zero{};
  return std::memcmp(&credentials, &zero, sizeof zero) == 0;
}

}  // namespace

Copied<std::optional<seam::PrimaryCredentials>> copy_primary(const SECPKG_PRIMARY_CRED& credentials, Reach reach) {
  if (untouched(credentials)) return std::nullopt;
  seam::PrimaryCredentials result;
  result.logon_id = nt::Luid::from_parts(credentials.LogonId.LowPart, credentials.LogonId.HighPart);
  result.flags = credentials.Flags;
  struct Member {
    seam::OptionalText& value;
    const UNICODE_STRING& string;
  };
  for (const Member& member :
       {Member{result.downlevel_name, credentials.DownlevelName}, Member{result.domain_name, credentials.DomainName},
        Member{result.dns_domain_name, credentials.DnsDomainName}, Member{result.upn, credentials.Upn},
        Member{result.logon_server, credentials.LogonServer}}) {
    auto copied = copy_text_member(member.string, reach);
    if (!copied) return std::unexpected(copied.error());
    member.value = std::move(*copied);
  }
  auto password = copy_secret(credentials.Password, reach);
  if (!password) return std::unexpected(password.error());
  auto old_password = copy_secret(credentials.OldPassword, reach);
  if (!old_password) return std::unexpected(old_password.error());
  auto sid = copy_sid(credentials.UserSid, reach);
  if (!sid) return std::unexpected(sid.error());
  result.password = std::move(*password);
  result.old_password = std::move(*old_password);
  result.user_sid = *sid;
  if ((credentials.Flags & PRIMARY_CRED_EX) != 0) {
    const auto& extended = reinterpret_cast<const SECPKG_PRIMARY_CRED_EX&>(credentials);
    result.package_id = extended.PackageId;
    result.previous_logon_id = nt::Luid::from_parts(extended.PrevLogonId.LowPart, extended.PrevLogonId.HighPart);
    result.flags_ex = extended.FlagsEx;
  }
  return result;
}

void free_primary_members(SECPKG_PRIMARY_CRED& credentials) {
  for (const void* block : blocks_of(credentials)) lsa_heap::free_if_block(block);
  credentials = {};
}

PrimaryView::PrimaryView(const seam::PrimaryCredentials& value) {
  structure_.LogonId.LowPart = value.logon_id.low();
  structure_.LogonId.HighPart = value.logon_id.high();
  structure_.DownlevelName = view_of(value.downlevel_name);
  structure_.DomainName = view_of(value.domain_name);
  structure_.Password = view_of(value.password);
  structure_.OldPassword = view_of(value.old_password);
  structure_.DnsDomainName = view_of(value.dns_domain_name);
  structure_.Upn = view_of(value.upn);
  structure_.LogonServer = view_of(value.logon_server);
  structure_.Flags = value.flags;
  structure_.PackageId = value.package_id;
  structure_.PrevLogonId = {value.previous_logon_id.low(), value.previous_logon_id.high()};
  structure_.FlagsEx = value.flags_ex;
  if (value.user_sid) {
    sid_ = value.user_sid->to_bytes();
    structure_.UserSid = sid_.data();
  }
}

}  // namespace openlsa::host::marshal
