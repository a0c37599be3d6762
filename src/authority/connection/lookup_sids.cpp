// LsaLookupSids, LsaLookupSids2
#include "authority/connection/connection.hpp"
#include "authority/domain/domains.hpp"
#include "authority/names/translator.hpp"
#include "authority/policy/policy_access.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_sids = 20480;  // "This value must be less than or equal to 20480."

}  // namespace

seam::LookupSidsReply Connection::lookup_sids(seam::LookupSidsRequest request) {
  seam::LookupSidsReply reply;
  Client* const client = living();
  reply.status = client == nullptr ? STATUS_ACCESS_DENIED : client->check_policy(request.policy, policy_lookup_names);
  if (reply.status == STATUS_SUCCESS && (request.sids.empty() || request.sids.size() > max_sids))
    reply.status = STATUS_INVALID_PARAMETER;
  if (reply.status != STATUS_SUCCESS) return reply;
  const Translator translator(authority_.accounts());
  DoorQuestions questions{authority_.domains().door().deadline()};
  ReferencedDomains domains;
  std::size_t mapped = 0;
  for (const nt::Sid& sid : request.sids) {
    seam::TranslatedName& name = reply.names.emplace_back();
    std::optional<Translation> found = translator.by_sid(sid);
    if (!found) found = authority_.domains().translate(sid, &questions);
    name.use = static_cast<std::uint32_t>(found ? found->use : NameUse::unknown);
    if (!found) {  // "the function returns the SID in character form"
      name.name = nt::to_utf16(sid.to_string()).value_or(u"");
      continue;
    }
    ++mapped;
    name.name = found->name;
    name.domain = domains.index_of(*found);
  }
  reply.domains = domains.take();
  if (mapped < request.sids.size()) reply.status = mapped == 0 ? STATUS_NONE_MAPPED : STATUS_SOME_NOT_MAPPED;
  return reply;
}

}  // namespace openlsa::authority
