// GetUserInfo, GetExtendedInformation, SetExtendedInformation.
#include <algorithm>
#include <cstring>
#include <mutex>

#include "entry.hpp"

namespace scripted {
namespace {

// What SetExtendedInformation set, by class; shared by the packages of the file.
std::mutex mutex;
std::map<int, std::string> set_information;

// 1.3.6.1.4.1.311.2.2.99, which nobody uses.
constexpr UCHAR oid[] = {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x63};

// The structure with room for a tail that goes beyond it.
std::string with_tail(const SECPKG_EXTENDED_INFORMATION& information, std::size_t offset, const void* tail,
                      std::size_t size_bytes) {
  std::string block(std::max(sizeof information, offset + size_bytes), '\0');
  std::memcpy(block.data(), &information, sizeof information);
  std::memcpy(block.data() + offset, tail, size_bytes);
  return block;
}

std::string context_thunks(const Rule& rule) {
  SECPKG_EXTENDED_INFORMATION information{};
  information.Class = SecpkgContextThunks;
  std::vector<ULONG> levels = {SECPKG_ATTR_NATIVE_NAMES, SECPKG_ATTR_LIFESPAN};
  if (rule.has("thunks")) {
    levels.clear();
    for (const std::string& level : split(rule.word("thunks"), ','))
      levels.push_back(static_cast<ULONG>(parse_number(level)));
  }
  information.Info.ContextThunks.InfoLevelCount = static_cast<ULONG>(rule.number("thunk-count", levels.size()));
  return with_tail(information, offsetof(SECPKG_EXTENDED_INFORMATION, Info.ContextThunks.Levels), levels.data(),
                   levels.size() * sizeof(ULONG));
}

// "" for a class that the package does not have.
std::string extended_information(const Rule& rule, SECPKG_EXTENDED_INFORMATION_CLASS wanted) {
  SECPKG_EXTENDED_INFORMATION information{};
  information.Class = wanted;
  switch (wanted) {
    case SecpkgContextThunks:
      return context_thunks(rule);
    case SecpkgGssInfo:
      information.Info.GssInfo.EncodedIdLength = static_cast<ULONG>(rule.number("oid-length", sizeof oid));
      return with_tail(information, offsetof(SECPKG_EXTENDED_INFORMATION, Info.GssInfo.EncodedId), oid, sizeof oid);
    case SecpkgMutualAuthLevel:
      information.Info.MutualAuthLevel.MutualAuthLevel = static_cast<ULONG>(rule.number("level", 1));
      break;
    case SecpkgExtraOids:
      information.Info.ExtraOids.OidCount = 1;
      information.Info.ExtraOids.Oids[0].OidLength = sizeof oid;
      information.Info.ExtraOids.Oids[0].OidAttributes = 1;
      std::memcpy(information.Info.ExtraOids.Oids[0].OidValue, oid, sizeof oid);
      break;
    case SecpkgNego2Info:
      std::memcpy(information.Info.Nego2Info.AuthScheme, "scripted-scheme!", 16);
      information.Info.Nego2Info.PackageFlags = 1;
      break;
    default: {
      const std::lock_guard lock(mutex);
      return set_information[wanted];
    }
  }
  return bytes_text(&information, sizeof information);
}

// One block of the client: the structure, its strings and the SID.
std::string user_data(std::string_view user, const std::vector<UCHAR>& sid, std::uintptr_t base) {
  std::string block(sizeof(SECURITY_USER_DATA), '\0');
  SECURITY_USER_DATA data{};
  const auto put = [&](SECURITY_STRING& string, std::string_view text) {
    const std::u16string wide = widen(text);
    string.Length = string.MaximumLength = static_cast<USHORT>(wide.size() * 2);
    string.Buffer = reinterpret_cast<decltype(string.Buffer)>(base + block.size());
    block.append(reinterpret_cast<const char*>(wide.data()), wide.size() * 2);
  };
  put(data.UserName, user);
  put(data.LogonDomainName, "SCRIPTED");
  put(data.LogonServer, "SCRIPTEDSERVER");
  block.resize((block.size() + 7) / 8 * 8);
  data.pSid = reinterpret_cast<PSID>(base + block.size());
  block.append(sid.begin(), sid.end());
  std::memcpy(block.data(), &data, sizeof data);
  return block;
}

NTSTATUS kept_account(unsigned package, PLUID luid, std::string& account) {
  char name[] = "account";
  LSA_STRING key{7, 7, name}, value{};
  ULONG context = 0, length = 0;
  const NTSTATUS status =
      lsa->GetCredentials(luid, static_cast<ULONG>(package_ids[package]), &context, FALSE, &key, &length, &value);
  if (!NT_SUCCESS(status)) return status;
  account = bytes_text(value.Buffer, value.Length);
  lsa->FreeLsaHeap(value.Buffer);
  return STATUS_SUCCESS;
}

template <unsigned package>
struct InformationSlots {
  // A NULL or zero LUID is the caller's own session.
  static NTSTATUS NTAPI get_user_info(PLUID luid, ULONG flags, PSecurityUserData* out) {
    return lsa_entry(
        package, "GetUserInfo", Words().luid("luid", luid).flags("flags", flags), [&](const Rule& rule) -> NTSTATUS {
          LUID wanted = luid == nullptr ? LUID{} : *luid;
          SECPKG_CLIENT_INFO client{};
          if (SecIsZeroLuid(&wanted) && NT_SUCCESS(lsa->GetClientInfo(&client))) wanted = client.LogonId;
          std::string account;
          if (!NT_SUCCESS(kept_account(package, &wanted, account))) return STATUS_NO_SUCH_LOGON_SESSION;
          std::vector<UCHAR> sid;
          if (const NTSTATUS status = find_account(account, sid); !NT_SUCCESS(status)) return status;
          *out = static_cast<PSecurityUserData>(
              give(rule, "UserData", "client", user_data(account, sid, 0).size(), [&](std::uintptr_t base) {
                return user_data(account, sid, base);
              }).block);
          return STATUS_SUCCESS;
        });
  }

  static NTSTATUS NTAPI get_extended(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
    return lsa_entry(package, "GetExtendedInformation", Words().number("class", static_cast<unsigned>(wanted)),
                     [&](const Rule& rule) -> NTSTATUS {
                       // `class=N`: the rule is meant for that class only.
                       const bool meant = !rule.has("class") || rule.number("class") == static_cast<unsigned>(wanted);
                       const Rule obeyed = meant ? rule : Rule();
                       const std::string block = extended_information(obeyed, wanted);
                       if (block.empty()) return STATUS_NOT_SUPPORTED;
                       *out =
                           static_cast<PSECPKG_EXTENDED_INFORMATION>(give(obeyed, "Information", "lsa", block).block);
                       return STATUS_SUCCESS;
                     });
  }

  static NTSTATUS NTAPI set_extended(SECPKG_EXTENDED_INFORMATION_CLASS given, PSECPKG_EXTENDED_INFORMATION info) {
    Words arguments;
    arguments.number("class", static_cast<unsigned>(given)).number("info", info != nullptr);
    if (info != nullptr) arguments.number("info-class", static_cast<unsigned>(info->Class));
    if (info != nullptr && given == SecpkgWowClientDll)
      arguments.string("path", &info->Info.WowClientDll.WowClientDllPath);
    return lsa_entry(package, "SetExtendedInformation", arguments, [&](const Rule&) -> NTSTATUS {
      if (info == nullptr) return STATUS_INVALID_PARAMETER;
      if (given == SecpkgMutualAuthLevel || given == SecpkgGssInfo) return STATUS_NOT_SUPPORTED;  // to be read only
      SECPKG_EXTENDED_INFORMATION copy = *info;
      if (given == SecpkgWowClientDll) copy.Info.WowClientDll = {};  // its string is the caller's
      const std::lock_guard lock(mutex);
      set_information[given] = bytes_text(&copy, sizeof copy);
      return STATUS_SUCCESS;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.GetUserInfo = get_user_info;
    table.GetExtendedInformation = get_extended;
    table.SetExtendedInformation = set_extended;
  }
};

}  // namespace

void add_information_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<InformationSlots>(table, package); }

}  // namespace scripted
