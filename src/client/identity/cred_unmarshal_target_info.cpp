#include <openlsa/ntsecpkg.h>

#include <cstring>

#include "client/c_edge.hpp"
#include "client/identity/target_information.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// A target name is a UNICODE_STRING, with its terminator perhaps.
constexpr ULONG max_target_bytes = 0x10000;

// The structure, the types and the strings in one block.
CREDENTIAL_TARGET_INFORMATIONW* make_structure(const TargetInformation& information) {
  const std::size_t types = information.credential_types.size() * sizeof(DWORD);
  std::size_t size = sizeof(CREDENTIAL_TARGET_INFORMATIONW) + types;
  for (const seam::OptionalText& name : information.names)
    if (name) size += *text_bytes(*name, false);
  auto* const block = static_cast<std::uint8_t*>(allocate_buffer(size, FreedBy::sspi_local_free));
  if (block == nullptr) return nullptr;

  CREDENTIAL_TARGET_INFORMATIONW made{};
  made.Flags = information.flags;
  made.CredTypeCount = static_cast<DWORD>(information.credential_types.size());
  std::uint8_t* at = block + sizeof made;
  if (types != 0) {
    made.CredTypes = reinterpret_cast<DWORD*>(at);
    std::memcpy(at, information.credential_types.data(), types);
    at += types;
  }
  PWSTR* const names[] = {&made.TargetName,    &made.NetbiosServerName, &made.DnsServerName, &made.NetbiosDomainName,
                          &made.DnsDomainName, &made.DnsTreeName,       &made.PackageName};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const seam::OptionalText& name = information.names[i];
    if (!name) continue;
    *names[i] = reinterpret_cast<PWSTR>(at);
    write_text(*name, false, at);
    at += *text_bytes(*name, false);
  }
  std::memcpy(block, &made, sizeof made);
  return reinterpret_cast<CREDENTIAL_TARGET_INFORMATIONW*>(block);
}

nt::Status unmarshal(const USHORT* buffer, ULONG size, PCREDENTIAL_TARGET_INFORMATIONW* information, ULONG* actual) {
  if (buffer == nullptr || size % sizeof(char16_t) != 0 || size > max_target_bytes) return STATUS_INVALID_PARAMETER;
  std::u16string text(size / sizeof(char16_t), u'\0');
  std::memcpy(text.data(), buffer, size);
  std::uint32_t size_bytes = 0;
  const auto read = read_target_information(text, size_bytes);
  if (!read) return STATUS_INVALID_PARAMETER;
  if (information != nullptr) {
    auto* const made = make_structure(*read);
    if (made == nullptr) return STATUS_NO_MEMORY;
    *information = made;
  }
  if (actual != nullptr) *actual = size_bytes;
  return STATUS_SUCCESS;
}

}  // namespace

NTSTATUS CredUnmarshalTargetInfo(PUSHORT Buffer, ULONG BufferSize, PCREDENTIAL_TARGET_INFORMATIONW* RetTargetInfo,
                                 PULONG RetActualSize) {
  return at_edge([&] { return unmarshal(Buffer, BufferSize, RetTargetInfo, RetActualSize); });
}
