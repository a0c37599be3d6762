#include <openlsa/sspi.h>

#include <type_traits>

#include "client/memory/client_buffers.hpp"
#include "client/sasl/sasl_profiles.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

// One block for FreeContextBuffer: the names one after another, each with its terminator, and one more terminator.
template <class Char>
nt::Status enumerate(Char** list, ULONG* count) {
  constexpr bool ansi = std::is_same_v<Char, SEC_CHAR>;
  if (list == nullptr || count == nullptr) return SEC_E_INVALID_PARAMETER;
  std::vector<SaslProfile> profiles;
  if (const nt::Status status = list_sasl_profiles(profiles); status != SEC_E_OK) return status;
  std::size_t size = sizeof(Char);
  for (const SaslProfile& profile : profiles) size += (profile.name.size() + 1) * sizeof(Char);
  auto* const block = static_cast<Char*>(allocate_buffer(size, FreedBy::free_context_buffer));
  if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  Char* next = block;
  for (const SaslProfile& profile : profiles) {
    write_text(profile.name, ansi, next);  // ASCII alone: a unit is one of either form
    next += profile.name.size() + 1;
  }
  *list = block;
  *count = static_cast<ULONG>(profiles.size());
  return SEC_E_OK;
}

}  // namespace

SECURITY_STATUS SaslEnumerateProfilesA(SEC_CHAR** ProfileList, ULONG* ProfileCount) {
  return sspi_edge([&] { return enumerate(ProfileList, ProfileCount); });
}

SECURITY_STATUS SaslEnumerateProfilesW(SEC_WCHAR** ProfileList, ULONG* ProfileCount) {
  return sspi_edge([&] { return enumerate(ProfileList, ProfileCount); });
}
