#include <openlsa/ntsecpkg.h>

#include <cstring>

#include "client/c_edge.hpp"
#include "client/identity/output_block.hpp"
#include "client/identity/target_information.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

constexpr ULONG max_credential_types = CRED_TYPE_MAXIMUM_EX;

bool read_structure(const CREDENTIAL_TARGET_INFORMATIONW& given, TargetInformation& information) {
  const PCWSTR names[] = {given.TargetName,    given.NetbiosServerName, given.DnsServerName, given.NetbiosDomainName,
                          given.DnsDomainName, given.DnsTreeName,       given.PackageName};
  for (std::size_t i = 0; i < std::size(names); ++i)
    if (!copy_text(names[i], information.names[i])) return false;
  if (given.CredTypeCount > max_credential_types || (given.CredTypeCount != 0 && given.CredTypes == nullptr))
    return false;
  information.flags = given.Flags;
  information.credential_types.resize(given.CredTypeCount);
  if (given.CredTypeCount != 0)
    std::memcpy(information.credential_types.data(), given.CredTypes, given.CredTypeCount * sizeof(ULONG));
  return true;
}

nt::Status marshal(const CREDENTIAL_TARGET_INFORMATIONW* given, PUSHORT* buffer, ULONG* size) {
  TargetInformation information;
  if (given == nullptr || buffer == nullptr || size == nullptr || !read_structure(*given, information))
    return STATUS_INVALID_PARAMETER;
  const auto text = write_target_information(information);
  if (!text) return STATUS_NAME_TOO_LONG;
  OutputBlock block;
  if (!block.make(seam::OptionalText(*text))) return STATUS_NO_MEMORY;
  block.hand_to(buffer);
  *size = static_cast<ULONG>(text->size() * sizeof(char16_t));
  return STATUS_SUCCESS;
}

}  // namespace

NTSTATUS CredMarshalTargetInfo(PCREDENTIAL_TARGET_INFORMATIONW InTargetInfo, PUSHORT* Buffer, PULONG BufferSize) {
  return at_edge([&] { return marshal(InTargetInfo, Buffer, BufferSize); });
}
