// The lists that the lookup functions return: one block for the domains, one for what was looked up.
#pragma once

#include "client/policy/result_block.hpp"
#include "seam/policy_calls.hpp"

namespace openlsa::client {

// False: the authority answered what the structures cannot say.
bool lay_out_domains(const std::vector<seam::ReferencedDomain>& domains, ResultBlock& block);
bool lay_out_sids(const seam::LookupNamesReply& reply, std::size_t count, ResultBlock& block);  // LSA_TRANSLATED_SID2
bool lay_out_rids(const seam::LookupNamesReply& reply, std::size_t count, ResultBlock& block);  // LSA_TRANSLATED_SID
bool lay_out_names(const seam::LookupSidsReply& reply, std::size_t count, ResultBlock& block);  // LSA_TRANSLATED_NAME

// "This memory must be freed even when the function fails with STATUS_NONE_MAPPED or STATUS_SOME_NOT_MAPPED."
constexpr bool has_lists(nt::Status status) { return nt::succeeded(status) || status == STATUS_NONE_MAPPED; }

// Both or neither; `status` when both were written.
nt::Status hand_out_both(const ResultBlock& domains, PLSA_REFERENCED_DOMAIN_LIST* domains_out, const ResultBlock& list,
                         void** list_out, nt::Status status);

}  // namespace openlsa::client
