#include "client/policy/lookup_results.hpp"

#include <cstddef>

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {
namespace {

bool is_index(std::int32_t domain, std::size_t domains) {
  return domain == -1 || (domain >= 0 && static_cast<std::size_t>(domain) < domains);
}

}  // namespace

bool lay_out_domains(const std::vector<seam::ReferencedDomain>& domains, ResultBlock& block) {
  const std::size_t at = block.add<LSA_REFERENCED_DOMAIN_LIST>();
  block.write(at + offsetof(LSA_REFERENCED_DOMAIN_LIST, Entries), static_cast<ULONG>(domains.size()));
  if (domains.empty()) return true;
  const std::size_t entries = block.add<LSA_TRUST_INFORMATION>(domains.size());
  block.point(at + offsetof(LSA_REFERENCED_DOMAIN_LIST, Domains), entries);
  for (std::size_t i = 0; i < domains.size(); ++i) {
    const std::size_t entry = entries + i * sizeof(LSA_TRUST_INFORMATION);
    if (!block.write_text(entry + offsetof(LSA_TRUST_INFORMATION, Name), domains[i].name)) return false;
    block.write_sid(entry + offsetof(LSA_TRUST_INFORMATION, Sid), domains[i].sid);
  }
  return true;
}

bool lay_out_sids(const seam::LookupNamesReply& reply, std::size_t count, ResultBlock& block) {
  if (reply.sids.size() != count) return false;
  const std::size_t entries = block.add<LSA_TRANSLATED_SID2>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const seam::TranslatedSid& sid = reply.sids[i];
    if (!is_index(sid.domain, reply.domains.size())) return false;
    const std::size_t entry = entries + i * sizeof(LSA_TRANSLATED_SID2);
    block.write(entry + offsetof(LSA_TRANSLATED_SID2, Use), sid.use);
    block.write(entry + offsetof(LSA_TRANSLATED_SID2, DomainIndex), sid.domain);
    block.write_sid(entry + offsetof(LSA_TRANSLATED_SID2, Sid), sid.sid);
  }
  return true;
}

bool lay_out_rids(const seam::LookupNamesReply& reply, std::size_t count, ResultBlock& block) {
  if (reply.sids.size() != count) return false;
  const std::size_t entries = block.add<LSA_TRANSLATED_SID>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const seam::TranslatedSid& sid = reply.sids[i];
    if (!is_index(sid.domain, reply.domains.size())) return false;
    const std::size_t entry = entries + i * sizeof(LSA_TRANSLATED_SID);
    block.write(entry + offsetof(LSA_TRANSLATED_SID, Use), sid.use);
    block.write(entry + offsetof(LSA_TRANSLATED_SID, DomainIndex), sid.domain);
    // The account's SID is the domain's with this one more: a domain itself has none, nor has what is not known.
    const bool account = sid.domain >= 0 && sid.sid.domain() == reply.domains[static_cast<std::size_t>(sid.domain)].sid;
    block.write(entry + offsetof(LSA_TRANSLATED_SID, RelativeId), account ? sid.sid.rid() : ULONG{0});
  }
  return true;
}

bool lay_out_names(const seam::LookupSidsReply& reply, std::size_t count, ResultBlock& block) {
  if (reply.names.size() != count) return false;
  const std::size_t entries = block.add<LSA_TRANSLATED_NAME>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const seam::TranslatedName& name = reply.names[i];
    if (!is_index(name.domain, reply.domains.size())) return false;
    const std::size_t entry = entries + i * sizeof(LSA_TRANSLATED_NAME);
    block.write(entry + offsetof(LSA_TRANSLATED_NAME, Use), name.use);
    block.write(entry + offsetof(LSA_TRANSLATED_NAME, DomainIndex), name.domain);
    if (!block.write_text(entry + offsetof(LSA_TRANSLATED_NAME, Name), name.name)) return false;
  }
  return true;
}

nt::Status hand_out_both(const ResultBlock& domains, PLSA_REFERENCED_DOMAIN_LIST* domains_out, const ResultBlock& list,
                         void** list_out, nt::Status status) {
  void* made = nullptr;
  if (const nt::Status failed = list.hand_out(&made); failed != STATUS_SUCCESS) return failed;
  if (const nt::Status failed = domains.hand_out(domains_out); failed != STATUS_SUCCESS) {
    discard_buffer(made);
    return failed;
  }
  *list_out = made;
  return status;
}

}  // namespace openlsa::client
