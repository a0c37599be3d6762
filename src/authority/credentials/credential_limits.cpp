#include "authority/credentials/credential_limits.hpp"

#include <algorithm>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// wincred.h: CRED_MAX_*. The lengths there count the terminating null.
constexpr std::size_t max_string_units = 255;
constexpr std::size_t max_user_name_units = 512;
constexpr std::size_t max_generic_target_units = 32766;
constexpr std::size_t max_domain_target_units = 336;
constexpr std::size_t max_attributes = 64;
constexpr std::size_t max_value_bytes = 256;
constexpr std::size_t max_blob_bytes = 5 * 512;

enum Persist : std::uint32_t { persist_session = 1, persist_local_machine = 2, persist_enterprise = 3 };
constexpr std::uint32_t flag_user_name_target = 0x4;

bool is_domain(std::uint32_t type) {
  return type == credential_type::domain_password || type == credential_type::domain_certificate;
}

bool fits(const seam::OptionalText& text, std::size_t max_units) { return !text || text->size() <= max_units; }

bool target_is_good(const seam::Credential& credential) {
  const seam::Text& target = credential.target_name;
  const bool generic = credential.type == credential_type::generic;
  if (target.empty() || target.size() > (generic ? max_generic_target_units : max_domain_target_units)) return false;
  // "A namespace must be specified in the target name. This function does not support target names with wildcards."
  return credential.type != credential_type::domain_extended ||
         (target.find(u':') != target.npos && target.find(u'*') == target.npos);
}

bool user_is_good(const seam::Credential& credential) {
  if (!fits(credential.user_name, max_user_name_units)) return false;
  const bool named = credential.user_name && !credential.user_name->empty();
  if (is_domain(credential.type) && !named) return false;
  // "TargetName is set to the same value as UserName. Only if Type is a domain password or certificate."
  return (credential.flags & flag_user_name_target) == 0 ||
         (is_domain(credential.type) && nt::equal_names(credential.target_name, *credential.user_name));
}

bool attributes_are_good(const std::vector<seam::CredentialAttribute>& attributes) {
  return attributes.size() <= max_attributes &&
         std::all_of(attributes.begin(), attributes.end(), [](const seam::CredentialAttribute& attribute) {
           return !attribute.keyword.empty() && attribute.keyword.size() <= max_string_units &&
                  attribute.value.size() <= max_value_bytes;
         });
}

}  // namespace

bool is_credential_type(std::uint32_t type) {
  return type == credential_type::generic || is_domain(type) || type == credential_type::generic_certificate ||
         type == credential_type::domain_extended;
}

nt::Status check_credential(const seam::Credential& credential) {
  if (!is_credential_type(credential.type) || !target_is_good(credential) || !user_is_good(credential) ||
      !fits(credential.comment, max_string_units) || !fits(credential.target_alias, max_string_units) ||
      credential.blob.size() > max_blob_bytes || !attributes_are_good(credential.attributes))
    return STATUS_INVALID_PARAMETER;
  if (credential.persist == persist_local_machine || credential.persist == persist_enterprise)
    return STATUS_NOT_SUPPORTED;
  return credential.persist == persist_session ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

}  // namespace openlsa::authority
