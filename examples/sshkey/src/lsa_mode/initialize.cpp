#include "lsa_mode/initialize.hpp"

#include <openlsa/windows.h>

#include "common/guarded.hpp"
#include "common/package_info.hpp"
#include "lsa_mode/heap_block.hpp"
#include "lsa_mode/log.hpp"
#include "store/files.hpp"

namespace sshkey {
namespace {

constexpr ULONG max_path = 4096;
constexpr std::string_view decoy_file = "decoy-key";

std::expected<std::string, NTSTATUS> state_directory_of(const OPENLSA_PACKAGE_INTERFACE& openlsa) {
  ULONG size = 0;
  NTSTATUS status = openlsa.GetStateDirectory(nullptr, &size);
  if (status != STATUS_BUFFER_TOO_SMALL || size == 0 || size > max_path) return std::unexpected(STATUS_NOT_SUPPORTED);
  std::string path(size, '\0');
  status = openlsa.GetStateDirectory(path.data(), &size);
  if (status < 0) return std::unexpected(status);
  path.resize(::strnlen(path.data(), path.size()));
  if (path.empty()) return std::unexpected(STATUS_NOT_SUPPORTED);
  return path;
}

// Kept, so that an unknown account's SID is the same after a restart.
bool read_decoy_key(const std::string& directory, Fixed32& key) {
  const auto text = read_small_file(directory + "/" + std::string(decoy_file), 2 * key.size());
  if (text && from_hex(*text, key)) return true;
  fill_random(key);
  const auto written = write_file_atomically(directory, std::string(decoy_file), to_hex(key));
  if (!written) log_line(written.error());
  return written.has_value();
}

NTSTATUS fill_setting(Package::Setting& setting, const SECPKG_PARAMETERS* parameters) {
  setting.openlsa = static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
  if (setting.openlsa == nullptr || setting.openlsa->Size < sizeof(OPENLSA_PACKAGE_INTERFACE)) {
    log_line("the authority does not offer the interface \"package\" version 1; install OpenLSA 0.1 or later");
    return STATUS_NOT_SUPPORTED;
  }
  auto directory = state_directory_of(*setting.openlsa);
  if (!directory) {
    log_line("the authority gives this package no state directory, and enrolled keys need one");
    return directory.error();
  }
  setting.state_directory = std::move(*directory);
  if (const NTSTATUS status = setting.openlsa->GetAuthorityId(setting.authority_id.data()); status < 0) return status;
  if (!read_decoy_key(setting.state_directory, setting.decoy_key)) return STATUS_UNSUCCESSFUL;
  if (parameters != nullptr) {
    setting.domain_name = text_of(parameters->DomainName);
    const auto* sid = static_cast<const std::uint8_t*>(parameters->DomainSid);
    if (sid != nullptr) setting.domain_sid.assign(sid, sid + 8 + 4 * sid[1]);
  }
  std::memcpy(setting.source.SourceName, SSHKEY_PACKAGE_NAME_A, sizeof SSHKEY_PACKAGE_NAME_A);
  return AllocateLocallyUniqueId(&setting.source.SourceIdentifier) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

}  // namespace

NTSTATUS NTAPI initialize(ULONG_PTR package_id, PSECPKG_PARAMETERS parameters,
                          PLSA_SECPKG_FUNCTION_TABLE lsa) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    Package::Setting setting;
    setting.lsa = lsa;
    setting.id = static_cast<ULONG>(package_id);
    if (const NTSTATUS status = fill_setting(setting, parameters); status < 0) return status;
    std::vector<std::string> warnings;
    auto store = KeyStore::open(setting.state_directory, warnings);
    for (const std::string& warning : warnings) log_line(warning);
    if (!store) {
      log_line(store.error());
      return STATUS_UNSUCCESSFUL;
    }
    set_package(std::make_shared<Package>(std::move(setting), std::move(*store)));
    return STATUS_SUCCESS;
  });
}

NTSTATUS NTAPI shutdown_package() noexcept {
  return guarded(STATUS_NO_MEMORY, [] {
    set_package(nullptr);
    return STATUS_SUCCESS;
  });
}

// May come before SpInitialize.
NTSTATUS NTAPI get_info(PSecPkgInfoW info) noexcept {
  *info = package_info();
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI get_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS information_class,
                                        PSECPKG_EXTENDED_INFORMATION* information) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    *information = nullptr;
    const auto package = sshkey::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    SECPKG_EXTENDED_INFORMATION answer{};
    answer.Class = information_class;
    switch (information_class) {
      case SecpkgContextThunks:
        answer.Info.ContextThunks.InfoLevelCount = 0;  // the user-mode half answers every attribute
        break;
      case SecpkgMutualAuthLevel:
        answer.Info.MutualAuthLevel.MutualAuthLevel = 1;  // always mutual
        break;
      default:
        return SEC_E_UNSUPPORTED_FUNCTION;
    }
    HeapBlock block(*package->setting.lsa, View(reinterpret_cast<const std::uint8_t*>(&answer), sizeof answer));
    *information = static_cast<PSECPKG_EXTENDED_INFORMATION>(block.hand_over());
    return SEC_E_OK;
  });
}

NTSTATUS NTAPI set_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS, PSECPKG_EXTENDED_INFORMATION) noexcept {
  return SEC_E_UNSUPPORTED_FUNCTION;  // nothing here can be set
}

}  // namespace sshkey
