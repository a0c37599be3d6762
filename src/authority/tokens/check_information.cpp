#include "authority/tokens/check_information.hpp"

#include "authority/tokens/check_claims.hpp"
#include "authority/tokens/group_list.hpp"
#include "authority/tokens/privileges.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t last_information_type = 3;  // LsaTokenInformationV3
constexpr std::size_t max_groups = 1024;
constexpr std::size_t max_privileges = 64;
constexpr std::size_t max_dacl_bytes = 0xffff;  // ACL.AclSize is 16 bits
constexpr std::size_t acl_header_bytes = 8;

// One ACL whose own size says what there is ([MS-DTYP] 2.4.5).
bool is_acl(const base::Bytes& bytes) {
  if (bytes.size() < acl_header_bytes || bytes.size() > max_dacl_bytes) return false;
  const std::size_t size = bytes[2] | std::size_t{bytes[3]} << 8;
  return size >= acl_header_bytes && size <= bytes.size();
}

}  // namespace

nt::Status check_groups(const std::vector<nt::SidAndAttributes>& groups) {
  if (groups.size() > max_groups) return STATUS_INVALID_PARAMETER;
  for (const nt::SidAndAttributes& group : groups)
    if (group.sid.count() == 0) return STATUS_INVALID_SID;
  return STATUS_SUCCESS;
}

nt::Status check_information(const nt::TokenInformation& information) {
  if (information.type > last_information_type) return STATUS_INVALID_PARAMETER;
  if (cannot_be_user(information.user.sid)) return STATUS_INVALID_SID;
  if (const nt::Status status = check_groups(information.groups); status != STATUS_SUCCESS) return status;
  if (information.privileges.size() > max_privileges) return STATUS_INVALID_PARAMETER;
  for (const nt::Privilege& privilege : information.privileges)
    if (!is_known_privilege(privilege.luid)) return STATUS_NO_SUCH_PRIVILEGE;
  if (information.owner && information.owner->count() == 0) return STATUS_INVALID_SID;
  if (!information.default_dacl.empty() && !is_acl(information.default_dacl)) return STATUS_INVALID_PARAMETER;
  return check_claims(information);
}

}  // namespace openlsa::authority
