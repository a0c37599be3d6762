#include "client/identity/output_block.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// Without :port. An IPv6 address has colons of its own, and stands in brackets before a port.
std::u16string_view without_port(std::u16string_view host) {
  if (host.starts_with(u'[')) {
    const std::size_t end = host.find(u']');
    return end == host.npos ? host.substr(0, 0) : host.substr(1, end - 1);
  }
  const std::size_t colon = host.find(u':');
  return colon == host.rfind(u':') ? host.substr(0, colon) : host;
}

// Of <service class>/<host>[:<port>][/<service name>][@<realm>] (the page Name Formats for Unique SPNs), or of a target
// that is a host alone. Empty when there is none: user@realm names an account.
std::u16string_view host_of(std::u16string_view target) {
  const std::size_t class_end = target.find(u'/');
  if (class_end == target.npos) return target.contains(u'@') ? target.substr(0, 0) : without_port(target);
  target.remove_prefix(class_end + 1);
  return without_port(target.substr(0, target.find_first_of(u"/@")));
}

}  // namespace

SECURITY_STATUS SspiGetTargetHostName(PCWSTR pszTargetName, PWSTR* pszHostName) {
  return sspi_edge([&]() -> nt::Status {
    seam::OptionalText target;
    if (pszHostName == nullptr || !copy_text(pszTargetName, target) || !target) return SEC_E_INVALID_PARAMETER;
    const std::u16string_view host = host_of(*target);
    if (host.empty()) return SEC_E_TARGET_UNKNOWN;
    OutputBlock block;
    if (!block.make(seam::OptionalText(host))) return SEC_E_INSUFFICIENT_MEMORY;
    block.hand_to(pszHostName);
    return SEC_E_OK;
  });
}
