// Three packages that answer SpGetExtendedInformation: "Good" with blocks of the LSA heap, "Static" with memory of its
// own, "Bad" with what leaves its block or its limits. Built against the public headers only, as a third party would.
#include <cstdint>
#include <cstring>

#include "observed.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT OBSERVED test_observed;
OBSERVED test_observed;

namespace {

PLSA_SECPKG_FUNCTION_TABLE lsa;
const UCHAR oid[] = {6, 6, 0x2b, 6, 1, 4, 1, 0x2a};
WCHAR dll[] = {'d', 'l', 'l'};
ULONG thunks[8] = {SECPKG_ATTR_SIZES, SECPKG_ATTR_NAMES};
ULONG thunk_count = 2;

NTSTATUS NTAPI initialize(ULONG_PTR, PSECPKG_PARAMETERS, PLSA_SECPKG_FUNCTION_TABLE table) {
  lsa = table;
  return STATUS_SUCCESS;
}

template <char16_t first>
NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  static char16_t name[] = {first, u'-', u'p', 0};
  static char16_t none[] = {0};
  info->wVersion = 1;
  info->wRPCID = SECPKG_ID_NONE;
  info->Name = reinterpret_cast<SEC_WCHAR*>(name);
  info->Comment = reinterpret_cast<SEC_WCHAR*>(none);
  return STATUS_SUCCESS;
}

PSECPKG_EXTENDED_INFORMATION block(SECPKG_EXTENDED_INFORMATION_CLASS wanted, std::size_t size) {
  auto* information = static_cast<PSECPKG_EXTENDED_INFORMATION>(lsa->AllocateLsaHeap(static_cast<ULONG>(size)));
  std::memset(information, 0, size);
  information->Class = wanted;
  return information;
}

NTSTATUS NTAPI good(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
  auto* information = block(wanted, sizeof(SECPKG_EXTENDED_INFORMATION) + 256);
  auto& info = information->Info;
  *out = information;
  switch (wanted) {
    case SecpkgGssInfo:
      info.GssInfo.EncodedIdLength = sizeof oid;
      std::memcpy(&info.GssInfo.EncodedId[0], oid, sizeof oid);
      return STATUS_SUCCESS;
    case SecpkgContextThunks:
      info.ContextThunks.InfoLevelCount = thunk_count;
      std::memcpy(&info.ContextThunks.Levels[0], thunks, sizeof thunks);
      return STATUS_SUCCESS;
    case SecpkgMutualAuthLevel:
      info.MutualAuthLevel.MutualAuthLevel = 4;
      return STATUS_SUCCESS;
    case SecpkgWowClientDll:
      info.WowClientDll.WowClientDllPath = {sizeof dll, sizeof dll, dll};
      return STATUS_SUCCESS;
    case SecpkgExtraOids:
      info.ExtraOids.OidCount = 2;
      for (ULONG i = 0; i < 2; ++i) {
        SECPKG_SERIALIZED_OID& extra = (&info.ExtraOids.Oids[0])[i];
        extra.OidLength = i == 0 ? sizeof oid : 0;
        extra.OidAttributes = 10 + i;
        std::memcpy(extra.OidValue, oid, sizeof oid);
      }
      return STATUS_SUCCESS;
    case SecpkgNego2Info:
      std::memset(info.Nego2Info.AuthScheme, 0x5a, sizeof info.Nego2Info.AuthScheme);
      info.Nego2Info.PackageFlags = 9;
      return STATUS_SUCCESS;
    default:
      lsa->FreeLsaHeap(information);
      *out = nullptr;
      ++test_observed.Terminated;  // asked for what is no class
      return STATUS_INVALID_INFO_CLASS;
  }
}

NTSTATUS NTAPI set(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION information) {
  ++test_observed.LastKind;
  if (wanted != SecpkgContextThunks || information->Class != SecpkgContextThunks) return STATUS_NOT_SUPPORTED;
  if (information->Info.ContextThunks.InfoLevelCount > 8) return STATUS_INVALID_PARAMETER;
  thunk_count = information->Info.ContextThunks.InfoLevelCount;
  std::memcpy(thunks, information->Info.ContextThunks.Levels, thunk_count * sizeof(ULONG));
  return STATUS_SUCCESS;
}

// Only one class, in memory that nobody frees; for the others an error, or success without an answer.
NTSTATUS NTAPI in_place(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
  static SECPKG_EXTENDED_INFORMATION information{};
  if (wanted == SecpkgGssInfo) return STATUS_SUCCESS;
  if (wanted != SecpkgMutualAuthLevel) return STATUS_NOT_SUPPORTED;
  information.Class = wanted;
  information.Info.MutualAuthLevel.MutualAuthLevel = 1;
  *out = &information;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI bad(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
  auto* information = block(wanted, sizeof(SECPKG_EXTENDED_INFORMATION));
  auto& info = information->Info;
  *out = information;
  if (wanted == SecpkgGssInfo) info.GssInfo.EncodedIdLength = 200;
  if (wanted == SecpkgContextThunks) info.ContextThunks.InfoLevelCount = 100;
  if (wanted == SecpkgMutualAuthLevel) information->Class = SecpkgGssInfo;
  if (wanted == SecpkgWowClientDll) info.WowClientDll.WowClientDllPath = {3, 4, dll};  // an odd length
  if (wanted == SecpkgExtraOids) {
    info.ExtraOids.OidCount = 1;
    info.ExtraOids.Oids[0].OidLength = SECPKG_MAX_OID_LENGTH + 1;
  }
  if (wanted == SecpkgNego2Info) {
    lsa->FreeLsaHeap(information);
    *out = block(wanted, 16);  // shorter than the structure
  }
  return STATUS_SUCCESS;
}

SECPKG_FUNCTION_TABLE tables[3];

}  // namespace

EXPORT NTSTATUS NTAPI SpLsaModeInitialize(ULONG, PULONG version, PSECPKG_FUNCTION_TABLE* out, PULONG count) {
  for (auto& table : tables) table.Initialize = initialize;
  tables[0].GetInfo = get_info<u'g'>;
  tables[0].GetExtendedInformation = good;
  tables[0].SetExtendedInformation = set;
  tables[1].GetInfo = get_info<u's'>;
  tables[1].GetExtendedInformation = in_place;
  tables[2].GetInfo = get_info<u'b'>;
  tables[2].GetExtendedInformation = bad;
  *version = SECPKG_INTERFACE_VERSION_10;
  *out = tables;
  *count = 3;
  return STATUS_SUCCESS;
}
