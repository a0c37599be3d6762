#include "client/policy/this_system.hpp"

#include <unistd.h>

#include <string>

#include "client/policy/arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {

nt::Status check_system_name(const LSA_UNICODE_STRING* name) {
  if (name == nullptr) return STATUS_SUCCESS;
  seam::Text text;
  if (const nt::Status status = copy_string(name, text); status != STATUS_SUCCESS) return status;
  std::u16string_view asked = text;
  if (asked.starts_with(u"\\\\")) asked.remove_prefix(2);
  if (asked.empty() || asked == u"." || nt::equal_names(asked, u"localhost")) return STATUS_SUCCESS;
  char own[256] = {};
  if (::gethostname(own, sizeof own - 1) != 0) return RPC_NT_SERVER_UNAVAILABLE;
  const std::u16string host = nt::to_utf16(own).value_or(u"");
  const std::u16string_view short_name = std::u16string_view(host).substr(0, host.find(u'.'));
  const bool ours = !host.empty() && (nt::equal_names(asked, host) || nt::equal_names(asked, short_name));
  return ours ? STATUS_SUCCESS : RPC_NT_SERVER_UNAVAILABLE;
}

}  // namespace openlsa::client
