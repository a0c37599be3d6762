#include "authority/credentials/credential_set.hpp"

#include <algorithm>

#include "authority/credentials/credential_limits.hpp"
#include "authority/credentials/credential_match.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t flags_kept = 0x4;  // CRED_FLAGS_USERNAME_TARGET; PROMPT_NOW "is ignored on input"
constexpr std::size_t max_types = 64;

std::size_t size_of(const seam::OptionalText& text) { return text ? text->size() * sizeof(char16_t) : 0; }

std::size_t size_of(const seam::Credential& credential) {
  std::size_t size = credential.target_name.size() * sizeof(char16_t) + credential.blob.size();
  for (const seam::OptionalText* text : {&credential.comment, &credential.target_alias, &credential.user_name})
    size += size_of(*text);
  for (const seam::CredentialAttribute& attribute : credential.attributes)
    size += attribute.keyword.size() * sizeof(char16_t) + attribute.value.size();
  return size;
}

// "If CredTypeCount is zero: certificate, then password." An extended type cannot be mixed with others.
std::vector<std::uint32_t> wanted_types(const seam::CredentialTarget& target) {
  if (target.types.empty()) return {credential_type::domain_certificate, credential_type::domain_password};
  std::vector<std::uint32_t> types;
  for (const std::uint32_t type : target.types)
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
  const bool extended = std::find(types.begin(), types.end(), credential_type::domain_extended) != types.end();
  if (extended && types.size() != 1) types.clear();
  return types;
}

bool is_for_domains(std::uint32_t type) {
  return type == credential_type::domain_password || type == credential_type::domain_certificate ||
         type == credential_type::domain_extended;
}

}  // namespace

const CredentialSet::Entry* CredentialSet::find(std::u16string_view target_name, std::uint32_t type) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.credential.type == type && nt::equal_names(entry.credential.target_name, target_name);
  });
  return found == entries_.end() ? nullptr : &*found;
}

nt::Status CredentialSet::write(seam::PackageId writer, seam::Credential credential, const SecretBox& box) {
  Entry fresh;
  fresh.writer = writer;
  fresh.size_bytes = size_of(credential);
  if (!credential.blob.empty()) fresh.blob = box.seal(credential.blob.reveal());
  credential.blob.clear();
  credential.flags &= flags_kept;
  credential.last_written = nt::now();
  fresh.credential = std::move(credential);

  auto* old = const_cast<Entry*>(find(fresh.credential.target_name, fresh.credential.type));
  const std::size_t others = size_bytes_ - (old == nullptr ? 0 : old->size_bytes);
  if (fresh.size_bytes > max_bytes - others || (old == nullptr && entries_.size() >= max_credentials))
    return STATUS_QUOTA_EXCEEDED;
  size_bytes_ = others + fresh.size_bytes;
  if (old == nullptr)
    entries_.push_back(std::move(fresh));
  else
    *old = std::move(fresh);
  return STATUS_SUCCESS;
}

bool CredentialSet::give(const Entry& entry, const SecretBox& box, const MayRead& may_read, seam::Credential& out) {
  const seam::Credential& kept = entry.credential;
  out = {kept.flags, kept.type,    kept.target_name, kept.comment,      kept.last_written,
         {},         kept.persist, kept.attributes,  kept.target_alias, kept.user_name};
  if (entry.blob.bytes.empty() || !may_read(entry.writer)) return true;
  std::optional<base::Secret> opened = box.open(entry.blob);
  if (opened) out.blob = *std::move(opened);
  return opened.has_value();
}

seam::ReadCredentialReply CredentialSet::read(std::u16string_view target_name, std::uint32_t type, const SecretBox& box,
                                              const MayRead& may_read) const {
  seam::ReadCredentialReply reply;
  const Entry* found = find(target_name, type);
  if (found == nullptr)
    reply.status = STATUS_NOT_FOUND;
  else if (!give(*found, box, may_read, reply.credential))
    reply.status = STATUS_INTERNAL_ERROR;
  return reply;
}

seam::ReadDomainCredentialsReply CredentialSet::read_domain(const seam::CredentialTarget& target, const SecretBox& box,
                                                            const MayRead& may_read) const {
  seam::ReadDomainCredentialsReply reply;
  const std::vector<std::uint32_t> types = wanted_types(target);
  if (!names_a_server(target) || target.types.size() > max_types || types.empty()) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  for (const std::uint32_t type : types) {
    const Entry* best = nullptr;
    std::optional<CredentialRank> best_rank;
    for (const Entry& entry : entries_) {
      if (entry.credential.type != type || !is_for_domains(type)) continue;
      const std::optional<CredentialRank> rank = match(entry.credential, target);
      if (!rank || (best_rank && *best_rank <= *rank)) continue;
      best = &entry;
      best_rank = rank;
    }
    if (best != nullptr && !give(*best, box, may_read, reply.credentials.emplace_back())) {
      reply = {};
      reply.status = STATUS_INTERNAL_ERROR;
      return reply;
    }
  }
  if (reply.credentials.empty()) reply.status = STATUS_NOT_FOUND;
  return reply;
}

}  // namespace openlsa::authority
