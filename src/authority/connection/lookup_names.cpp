// LsaLookupNames, LsaLookupNames2
#include "authority/connection/connection.hpp"
#include "authority/domain/domains.hpp"
#include "authority/names/translator.hpp"
#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_names = 1000;  // [MS-LSAT] 3.1.4.5: range(0, 1000)

}  // namespace

seam::LookupNamesReply Connection::lookup_names(seam::LookupNamesRequest request) {
  seam::LookupNamesReply reply;
  Client* const client = living();
  reply.status = client == nullptr ? STATUS_ACCESS_DENIED : client->check_policy(request.policy, policy_lookup_names);
  if (reply.status == STATUS_SUCCESS && (request.names.empty() || request.names.size() > max_names))
    reply.status = STATUS_INVALID_PARAMETER;
  if (reply.status != STATUS_SUCCESS) return reply;
  const Translator translator(authority_.accounts());
  DoorQuestions questions{authority_.domains().door().deadline()};
  ReferencedDomains domains;
  std::size_t mapped = 0;
  for (const seam::Text& name : request.names) {
    seam::TranslatedSid& sid = reply.sids.emplace_back();
    std::optional<Translation> found = translator.by_name(name);
    if (!found) found = authority_.domains().translate(name, &questions);
    sid.use = static_cast<std::uint32_t>(found ? found->use : NameUse::unknown);
    if (!found) continue;
    ++mapped;
    sid.sid = found->sid;
    sid.domain = domains.index_of(*found);
  }
  reply.domains = domains.take();
  if (mapped < request.names.size()) reply.status = mapped == 0 ? STATUS_NONE_MAPPED : STATUS_SOME_NOT_MAPPED;
  return reply;
}

}  // namespace openlsa::authority
