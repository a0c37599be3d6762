// CrackSingleName: names of accounts from one format into another.
#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "host/support/give_text.hpp"

namespace openlsa::host::support {

// There is no global catalog: PerformAtGC makes no difference. Of a failure SubStatus is the only output.
NTSTATUS crack_single_name(ULONG FormatOffered, BOOLEAN, PUNICODE_STRING NameInput, PUNICODE_STRING Prefix,
                           ULONG RequestedFormat, PUNICODE_STRING CrackedName, PUNICODE_STRING DnsDomainName,
                           PULONG SubStatus) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || CrackedName == nullptr || DnsDomainName == nullptr || SubStatus == nullptr)
    return STATUS_INVALID_PARAMETER;
  auto name = marshal::copy_text(NameInput, marshal::Reach::anywhere);
  auto prefix = marshal::copy_text(Prefix, marshal::Reach::anywhere);
  if (!name || !*name || !prefix) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().crack_single_name(
      {calling_package(*runtime), FormatOffered, std::move(**name), std::move(*prefix), RequestedFormat});
  UNICODE_STRING cracked{}, domain{};
  if (nt::succeeded(reply.status)) {
    if (!give_text(reply.name, &cracked)) return STATUS_NO_MEMORY;
    if (!give_text(reply.domain, &domain)) {
      lsa_heap::free(cracked.Buffer);
      return STATUS_NO_MEMORY;
    }
    lsa_heap::give(cracked.Buffer);
    lsa_heap::give(domain.Buffer);
    *CrackedName = cracked;
    *DnsDomainName = domain;
  }
  *SubStatus = reply.sub_status;
  return reply.status;
}

}  // namespace openlsa::host::support
