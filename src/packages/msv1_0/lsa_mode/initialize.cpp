// SpInitialize, SpShutdown, SpGetInfo, SpGetExtendedInformation.
#include <openlsa/windows.h>
#include <unistd.h>

#include "common/heap_block.hpp"
#include "crypto/upper_case.hpp"
#include "lsa_mode/functions.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t longest_netbios_name = 15;
// 1.3.6.1.4.1.311.2.2.10 in DER ([MS-NLMP] 1.9)
constexpr std::uint8_t ntlm_oid[] = {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a};

// The kernel's name of the machine: "box" or "box.example.org".
std::u16string host_name() {
  char name[256]{};
  if (::gethostname(name, sizeof name - 1) != 0) return u"";
  return from_ansi(name).value_or(u"");
}

void fill_names(Package::Setting& setting, const SECPKG_PARAMETERS* parameters) {
  if (parameters != nullptr) setting.domain_name = text_of(parameters->DomainName);
  setting.dns_name = host_name();
  setting.computer_name = crypto::to_upper(setting.dns_name.substr(0, setting.dns_name.find(u'.')));
  setting.computer_name.resize(std::min(setting.computer_name.size(), longest_netbios_name));
  if (setting.computer_name.empty()) setting.computer_name = setting.domain_name;
}

void take_exceptions(Package::Setting& setting) {
  const HeapBlock block(*setting.lsa, setting.policy.SendingExceptions);
  for (ULONG i = 0; i < setting.policy.SendingExceptionCount; ++i)
    setting.sending_exceptions.emplace_back(text_of(setting.policy.SendingExceptions[i]));
  setting.policy.SendingExceptions = nullptr;
  setting.policy.SendingExceptionCount = 0;
}

}  // namespace

NTSTATUS NTAPI initialize(ULONG_PTR package_id, PSECPKG_PARAMETERS parameters,
                          PLSA_SECPKG_FUNCTION_TABLE lsa) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    Package::Setting setting;
    setting.lsa = lsa;
    setting.id = static_cast<ULONG>(package_id);
    setting.accounts = static_cast<const OPENLSA_ACCOUNTS_INTERFACE*>(
        OpenLsaGetInterface(OPENLSA_ACCOUNTS_INTERFACE_NAME, OPENLSA_ACCOUNTS_INTERFACE_VERSION));
    if (setting.accounts == nullptr || setting.accounts->Size < sizeof *setting.accounts) return STATUS_NOT_SUPPORTED;
    setting.policy.Size = sizeof setting.policy;
    if (const NTSTATUS status = setting.accounts->GetNtlmPolicy(&setting.policy); status < 0) return status;
    take_exceptions(setting);
    fill_names(setting, parameters);
    std::memcpy(setting.source.SourceName, "NtLmSsp", sizeof "NtLmSsp");
    if (!AllocateLocallyUniqueId(&setting.source.SourceIdentifier)) return STATUS_INSUFFICIENT_RESOURCES;
    set_package(std::make_shared<Package>(std::move(setting)));
    return STATUS_SUCCESS;
  });
}

NTSTATUS NTAPI shutdown_package() noexcept {
  return guarded(STATUS_NO_MEMORY, [] {
    set_package(nullptr);
    return STATUS_SUCCESS;
  });
}

NTSTATUS NTAPI get_info(PSecPkgInfoW info) noexcept {
  *info = package_info();
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI get_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS information_class,
                                        PSECPKG_EXTENDED_INFORMATION* information) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    *information = nullptr;
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    SECPKG_EXTENDED_INFORMATION answer{};
    answer.Class = information_class;
    switch (information_class) {
      case SecpkgGssInfo:
        answer.Info.GssInfo.EncodedIdLength = sizeof ntlm_oid;
        break;
      case SecpkgContextThunks:  // the user-mode half answers every attribute
      case SecpkgMutualAuthLevel:
        break;
      default:
        return SEC_E_UNSUPPORTED_FUNCTION;
    }
    HeapBlock block = HeapBlock::of_size(*package->setting.lsa, sizeof answer + sizeof ntlm_oid);
    std::memcpy(block.get(), &answer, sizeof answer);
    auto* given = static_cast<PSECPKG_EXTENDED_INFORMATION>(block.get());
    if (information_class == SecpkgGssInfo) std::memcpy(given->Info.GssInfo.EncodedId, ntlm_oid, sizeof ntlm_oid);
    *information = static_cast<PSECPKG_EXTENDED_INFORMATION>(block.hand_over());
    return SEC_E_OK;
  });
}

}  // namespace msv1_0
