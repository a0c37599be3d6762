#include "client/policy/lookup_names.hpp"

#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"

namespace openlsa::client {
namespace {

constexpr ULONG max_names = 1000;  // [MS-LSAT] 3.1.4.5: range(0, 1000)
constexpr ULONG max_sids = 20480;  // "This value must be less than or equal to 20480."

}  // namespace

nt::Status lookup_names(LSA_HANDLE policy, const LSA_UNICODE_STRING* names, ULONG count, LayOutSids lay_out,
                        PLSA_REFERENCED_DOMAIN_LIST* domains, void** sids) {
  if (domains == nullptr || sids == nullptr) return STATUS_INVALID_PARAMETER;
  seam::LookupNamesRequest request;
  if (const nt::Status status = copy_strings(names, count, max_names, request.names); status != STATUS_SUCCESS)
    return status;
  const auto [client, value] = find_lsa_handle(policy);
  if (!client) return STATUS_INVALID_HANDLE;
  request.policy = value;
  const seam::LookupNamesReply reply =
      client->call(&seam::AuthorityCalls::lookup_names, std::move(request), handle_lost);
  if (!has_lists(reply.status)) return reply.status;
  ResultBlock domain_list, sid_list;
  if (!lay_out_domains(reply.domains, domain_list) || !lay_out(reply, count, sid_list)) return STATUS_INTERNAL_ERROR;
  return hand_out_both(domain_list, domains, sid_list, sids, reply.status);
}

nt::Status lookup_sids(LSA_HANDLE policy, PSID* sids, ULONG count, PLSA_REFERENCED_DOMAIN_LIST* domains,
                       PLSA_TRANSLATED_NAME* names) {
  if (domains == nullptr || names == nullptr || sids == nullptr || count == 0 || count > max_sids)
    return STATUS_INVALID_PARAMETER;
  seam::LookupSidsRequest request;
  for (ULONG i = 0; i < count; ++i)
    if (const nt::Status status = copy_sid(sids[i], request.sids.emplace_back()); status != STATUS_SUCCESS)
      return status;
  const auto [client, value] = find_lsa_handle(policy);
  if (!client) return STATUS_INVALID_HANDLE;
  request.policy = value;
  const seam::LookupSidsReply reply = client->call(&seam::AuthorityCalls::lookup_sids, std::move(request), handle_lost);
  if (!has_lists(reply.status)) return reply.status;
  ResultBlock domain_list, name_list;
  if (!lay_out_domains(reply.domains, domain_list) || !lay_out_names(reply, count, name_list))
    return STATUS_INTERNAL_ERROR;
  void* list = nullptr;
  const nt::Status status = hand_out_both(domain_list, domains, name_list, &list, reply.status);
  if (list != nullptr) *names = static_cast<PLSA_TRANSLATED_NAME>(list);
  return status;
}

}  // namespace openlsa::client
