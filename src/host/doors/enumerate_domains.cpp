#include "host/doors/domain_account.hpp"
#include "host/doors/domain_door.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::EnumerateDomainsReply DomainDoor::enumerate_domains(seam::EnumerateDomainsRequest) {
  seam::EnumerateDomainsReply reply;
  OPENLSA_DOMAIN_NAME* domains = nullptr;
  ULONG count = 0;
  CurrentCall call(runtime_, file_, nullptr);
  reply.status =
      call.enter("EnumerateDomains", STATUS_INTERNAL_ERROR, [&] { return table_.EnumerateDomains(&domains, &count); });
  if (!nt::succeeded(reply.status)) return reply;
  auto copied = copy_domain_names(domains, count);
  call.enter("FreeDomains", STATUS_INTERNAL_ERROR, [&] {
    table_.FreeDomains(domains, count);
    return STATUS_SUCCESS;
  });
  if (reply.status != STATUS_SUCCESS)
    reply.status = refuse("EnumerateDomains", "a status that is neither STATUS_SUCCESS nor an error");
  else if (!copied)
    reply.status = refuse("EnumerateDomains", copied.error().what);
  else
    reply.domains = std::move(*copied);
  return reply;
}

}  // namespace openlsa::host
