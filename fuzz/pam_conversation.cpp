// What a user types at a logon, and what an administrator writes for the module: a message whose strings lie in its own
// block, or none.
#include <openlsa/ntsecapi.h>

#include <string>

#include "bridges/pam/messages.hpp"
#include "bridges/pam/options.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;

namespace {

void within(const base::Secret& block, const UNICODE_STRING& string, std::string_view text) {
  const auto* const here = reinterpret_cast<const std::uint8_t*>(string.Buffer);
  fuzz::require(here >= block.reveal().data() && here + string.Length <= block.reveal().data() + block.size());
  fuzz::require(string.Length <= 2 * text.size() && string.Length % 2 == 0);
  fuzz::require((string.Length == 0) == text.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::string_view domain = fuzz::text(input.bytes(input.number<std::uint16_t>() % 300));
  const std::string_view user = fuzz::text(input.bytes(input.number<std::uint16_t>() % 300));
  const std::string_view old_password = fuzz::text(input.bytes(input.number<std::uint16_t>() % 600));
  const std::string rest(fuzz::text(input.rest()));
  if (const auto block = pam::interactive_logon_message(domain, user, old_password)) {
    const auto* const logon = reinterpret_cast<const MSV1_0_INTERACTIVE_LOGON*>(block->reveal().data());
    within(*block, logon->LogonDomainName, domain);
    within(*block, logon->UserName, user);
    within(*block, logon->Password, old_password);
  }
  if (const auto block = pam::change_password_message(domain, user, old_password, rest)) {
    const auto* const change = reinterpret_cast<const MSV1_0_CHANGEPASSWORD_REQUEST*>(block->reveal().data());
    within(*block, change->OldPassword, old_password);
    within(*block, change->NewPassword, rest);
  }
  pam::Options options;
  const char* const words[] = {rest.c_str()};
  const bool file = pam::parse_settings(rest, options).has_value();
  const bool line = pam::parse_arguments(words, options).has_value();
  fuzz::require((!file && !line) || (!options.package.empty() && options.package.size() <= 127));
  return 0;
}
