// SpSetExtendedInformation and SpGetExtendedInformation, when a package is loaded. Who allocates is not documented: the
// structure is freed when it is a block of the LSA heap and stays the package's otherwise. What it points to (the path
// of WowClientDll) stays the package's in any case.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "base/log.hpp"
#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/package/loader.hpp"
#include "host/runtime.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {
namespace {

// What is longer is a count that was never set. The authority has the same limits.
constexpr std::size_t max_thunks = 256;
constexpr std::size_t max_oid_bytes = 256;
constexpr std::size_t max_extra_oids = 64;
constexpr std::size_t max_path_units = 1024;

using Information = SECPKG_EXTENDED_INFORMATION;

// One class that the package answered.
class Answer {
 public:
  Answer(const Information& information, SECPKG_EXTENDED_INFORMATION_CLASS wanted)
      : information_(information),
        wanted_(wanted),
        reach_(lsa_heap::readable_bytes(&information) != 0 ? marshal::Reach::heap_only : marshal::Reach::anywhere) {}

  // The member of `Info` for the class, when it lies in its block with `behind_bytes` behind its beginning.
  template <class Member>
  const Member* member(std::size_t size_bytes = sizeof(Member)) const {
    const std::size_t head = offsetof(Information, Info);
    if (!marshal::reachable(&information_, head + size_bytes, reach_) || information_.Class != wanted_) return nullptr;
    return reinterpret_cast<const Member*>(reinterpret_cast<const std::uint8_t*>(&information_) + head);
  }

 private:
  const Information& information_;
  const SECPKG_EXTENDED_INFORMATION_CLASS wanted_;
  const marshal::Reach reach_;
};

bool take_gss_info(const Answer& answer, seam::PackageInfo& info) {
  constexpr std::size_t head = offsetof(SECPKG_GSS_INFO, EncodedId);
  const auto* gss = answer.member<SECPKG_GSS_INFO>(head);
  if (gss == nullptr || gss->EncodedIdLength == 0 || gss->EncodedIdLength > max_oid_bytes) return false;
  if (answer.member<SECPKG_GSS_INFO>(head + gss->EncodedIdLength) == nullptr) return false;
  info.extended.gss_oid = base::to_bytes(base::as_bytes(&gss->EncodedId[0], gss->EncodedIdLength));
  return true;
}

bool take_context_thunks(const Answer& answer, seam::PackageInfo& info) {
  constexpr std::size_t head = offsetof(SECPKG_CONTEXT_THUNKS, Levels);
  const auto* thunks = answer.member<SECPKG_CONTEXT_THUNKS>(head);
  if (thunks == nullptr || thunks->InfoLevelCount > max_thunks) return false;
  if (answer.member<SECPKG_CONTEXT_THUNKS>(head + thunks->InfoLevelCount * sizeof(ULONG)) == nullptr) return false;
  const ULONG* const levels = &thunks->Levels[0];
  info.context_thunks.assign(levels, levels + thunks->InfoLevelCount);
  return true;
}

bool take_mutual_auth_level(const Answer& answer, seam::PackageInfo& info) {
  const auto* level = answer.member<SECPKG_MUTUAL_AUTH_LEVEL>();
  if (level == nullptr) return false;
  info.extended.mutual_auth_level = level->MutualAuthLevel;
  return true;
}

bool take_wow_client_dll(const Answer& answer, seam::PackageInfo& info) {
  const auto* dll = answer.member<SECPKG_WOW_CLIENT_DLL>();
  if (dll == nullptr || dll->WowClientDllPath.Length > max_path_units * sizeof(WCHAR)) return false;
  auto path = marshal::copy_text_member(dll->WowClientDllPath, marshal::Reach::anywhere);
  if (!path) return false;
  info.extended.wow_client_dll = std::move(*path);
  return true;
}

bool take_extra_oids(const Answer& answer, seam::PackageInfo& info) {
  constexpr std::size_t head = offsetof(SECPKG_EXTRA_OIDS, Oids);
  const auto* extra = answer.member<SECPKG_EXTRA_OIDS>(head);
  if (extra == nullptr || extra->OidCount > max_extra_oids) return false;
  if (answer.member<SECPKG_EXTRA_OIDS>(head + extra->OidCount * sizeof(SECPKG_SERIALIZED_OID)) == nullptr) return false;
  const SECPKG_SERIALIZED_OID* const oids = &extra->Oids[0];
  for (std::size_t i = 0; i < extra->OidCount; ++i) {
    if (oids[i].OidLength > SECPKG_MAX_OID_LENGTH) return false;
    info.extended.extra_oids.push_back(
        {oids[i].OidAttributes, base::to_bytes(base::as_bytes(&oids[i].OidValue[0], oids[i].OidLength))});
  }
  return true;
}

bool take_nego2_info(const Answer& answer, seam::PackageInfo& info) {
  const auto* nego2 = answer.member<SECPKG_NEGO2_INFO>();
  if (nego2 == nullptr) return false;
  seam::Nego2Info& value = info.extended.nego2.emplace();
  static_assert(sizeof nego2->AuthScheme == sizeof value.auth_scheme);
  std::memcpy(value.auth_scheme.data(), &nego2->AuthScheme[0], value.auth_scheme.size());
  value.package_flags = nego2->PackageFlags;
  return true;
}

struct Class {
  SECPKG_EXTENDED_INFORMATION_CLASS number;
  const char* name;
  bool (*take)(const Answer&, seam::PackageInfo&);
};
constexpr Class classes[] = {
    {SecpkgGssInfo, "GssInfo", take_gss_info},
    {SecpkgContextThunks, "ContextThunks", take_context_thunks},
    {SecpkgMutualAuthLevel, "MutualAuthLevel", take_mutual_auth_level},
    {SecpkgWowClientDll, "WowClientDll", take_wow_client_dll},
    {SecpkgExtraOids, "ExtraOids", take_extra_oids},
    {SecpkgNego2Info, "Nego2Info", take_nego2_info},
};

}  // namespace

// What the administrator set goes to the package first: what it then says is what holds.
void Loader::set_context_thunks(LoadedPackage& package) {
  const auto set = std::find_if(
      request_.context_thunks.begin(), request_.context_thunks.end(),
      [&](const seam::ContextThunks& thunks) { return nt::equal_names(thunks.package_name, package.info.name); });
  if (set == request_.context_thunks.end()) return;
  constexpr std::size_t head = offsetof(Information, Info.ContextThunks.Levels);
  std::vector<std::uint64_t> storage((std::max(head + set->levels.size() * sizeof(ULONG), sizeof(Information)) + 7) /
                                     8);
  auto* information = reinterpret_cast<PSECPKG_EXTENDED_INFORMATION>(storage.data());
  information->Class = SecpkgContextThunks;
  information->Info.ContextThunks.InfoLevelCount = static_cast<ULONG>(set->levels.size());
  if (!set->levels.empty())
    std::memcpy(reinterpret_cast<std::uint8_t*>(storage.data()) + head, set->levels.data(),
                set->levels.size() * sizeof(ULONG));
  nt::Status status = STATUS_NOT_SUPPORTED;
  if (auto* entry = package.table.SetExtendedInformation) {
    CurrentCall call(runtime_, package, nullptr);
    status = call.enter("SpSetExtendedInformation", SEC_E_INTERNAL_ERROR,
                        [&] { return entry(SecpkgContextThunks, information); });
  }
  if (!nt::succeeded(status))
    base::log(base::LogLevel::warning,
              fmt::format("security package {} did not take its context thunks from the drop-in "
                          "(SpSetExtendedInformation: {:#010x}); it keeps its own",
                          package.display_name(), static_cast<std::uint32_t>(status)));
}

void Loader::read_extended_information(LoadedPackage& package) {
  auto* entry = package.table.GetExtendedInformation;
  if (entry == nullptr) return;
  for (const Class& wanted : classes) {
    PSECPKG_EXTENDED_INFORMATION information = nullptr;
    CurrentCall call(runtime_, package, nullptr);
    const nt::Status status = call.enter("SpGetExtendedInformation", SEC_E_INTERNAL_ERROR,
                                         [&] { return entry(wanted.number, &information); });
    if (!nt::succeeded(status) || information == nullptr) continue;  // it says nothing of this class
    seam::PackageInfo taken = package.info;
    if (wanted.take(Answer(*information, wanted.number), taken))
      package.info = std::move(taken);
    else
      base::log(base::LogLevel::warning,
                fmt::format("security package {} gave extended information of class {} that leaves its block or its "
                            "limits; it has none",
                            package.display_name(), wanted.name));
    lsa_heap::free_if_block(information);
  }
}

}  // namespace openlsa::host
