// SpLsaModeInitialize, and the entry points of the start and the end: InitializePackage, Initialize, GetInfo, Shutdown.
#include <cstring>

#include "entry.hpp"

namespace scripted {

const char* const package_names[package_count] = {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"};
PLSA_SECPKG_FUNCTION_TABLE lsa;
ULONG_PTR package_ids[package_count];

namespace {

constexpr const char16_t* wide_names[package_count] = {u"Scripted", u"Scripted2", u"ScriptedEx", u"ScriptedOld"};
constexpr ULONG capabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION |
                               SECPKG_FLAG_DATAGRAM | SECPKG_FLAG_STREAM | SECPKG_FLAG_LOGON |
                               SECPKG_FLAG_IMPERSONATION | SECPKG_FLAG_MULTI_REQUIRED;

SEC_WCHAR* text(const char16_t* literal) { return reinterpret_cast<SEC_WCHAR*>(const_cast<char16_t*>(literal)); }

template <unsigned package>
struct StartSlots {
  static NTSTATUS NTAPI initialize_package(ULONG id, PLSA_DISPATCH_TABLE table, PLSA_STRING database,
                                           PLSA_STRING confidentiality, PLSA_STRING* name) {
    Words arguments;
    arguments.number("id", id).number("table", table != nullptr);
    arguments.number("database", database != nullptr).number("confidentiality", confidentiality != nullptr);
    if (lsa == nullptr) lsa = reinterpret_cast<PLSA_SECPKG_FUNCTION_TABLE>(table);  // it is the head of that one
    return lsa_entry(package, "InitializePackage", arguments, [&](const Rule& rule) -> NTSTATUS {
      const std::string own = rule.word("name", package_names[package]);
      const Given buffer = give(rule, "Name", "lsa", own);
      LSA_STRING string{static_cast<USHORT>(buffer.size), static_cast<USHORT>(buffer.size),
                        static_cast<char*>(buffer.block)};
      *name = static_cast<PLSA_STRING>(
          give(rule, "AuthenticationPackageName", "lsa", bytes_text(&string, sizeof string)).block);
      return STATUS_SUCCESS;
    });
  }

  static NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
    lsa = table;
    package_ids[package] = id;
    Words arguments;
    arguments.number("id", id).flags("version", parameters->Version).flags("state", parameters->MachineState);
    arguments.number("setup", parameters->SetupMode).sid("domain-sid", parameters->DomainSid);
    arguments.string("domain", &parameters->DomainName).string("dns-domain", &parameters->DnsDomainName);
    return lsa_entry(package, "Initialize", arguments, [](const Rule&) -> NTSTATUS { return STATUS_SUCCESS; });
  }

  static NTSTATUS NTAPI shut_down() {
    return lsa_entry(package, "Shutdown", {}, [](const Rule&) -> NTSTATUS { return STATUS_SUCCESS; });
  }

  static NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
    return lsa_entry(package, "GetInfo", {}, [&](const Rule& rule) -> NTSTATUS {
      info->fCapabilities = static_cast<ULONG>(rule.number("capabilities", capabilities));
      info->wVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION;
      info->wRPCID = static_cast<USHORT>(rule.number("rpc-id", SECPKG_ID_NONE));
      info->cbMaxToken = static_cast<ULONG>(rule.number("max-token", 16384));
      info->Name = text(wide_names[package]);
      info->Comment = text(u"does what its script says");
      if (rule.has("name")) {
        static std::u16string told;
        told = widen(rule.word("name"));
        info->Name = text(told.c_str());
      }
      return STATUS_SUCCESS;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.InitializePackage = initialize_package;
    table.Initialize = initialize;
    table.Shutdown = shut_down;
    table.GetInfo = get_info;
  }
};

SECPKG_FUNCTION_TABLE tables[package_count];

// `omit=SLOT,...`: slots that the package says it does not have.
void omit(SECPKG_FUNCTION_TABLE& table, const Rule& rule) {
  for (const std::string& name : split(rule.word("omit"), ',')) {
    const auto slot = static_cast<std::size_t>(parse_number(name));
    if ((slot + 1) * sizeof(void*) <= sizeof table)
      std::memset(reinterpret_cast<char*>(&table) + slot * sizeof(void*), 0, sizeof(void*));
  }
}

}  // namespace

void add_start_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<StartSlots>(table, package); }

}  // namespace scripted

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG LsaVersion,
                                                                                     PULONG PackageVersion,
                                                                                     PSECPKG_FUNCTION_TABLE* ppTables,
                                                                                     PULONG pcTables) {
  using namespace scripted;
  return lsa_entry(0, "SpLsaModeInitialize", Words().flags("version", LsaVersion), [&](const Rule& rule) -> NTSTATUS {
    for (unsigned i = 0; i < package_count; ++i) {
      SECPKG_FUNCTION_TABLE& table = tables[i];
      for (auto* add :
           {add_start_slots, add_logon_slots, add_call_package_slots, add_session_slots, add_credential_slots,
            add_stored_credential_slots, add_context_slots, add_attribute_slots, add_information_slots,
            add_password_slots, add_metadata_slots, add_target_slots, add_guard_slots})
        add(table, i);
      omit(table, rule);
    }
    *PackageVersion = static_cast<ULONG>(rule.number("version", SECPKG_INTERFACE_VERSION_10));
    *ppTables = tables;
    *pcTables = static_cast<ULONG>(rule.number("count", package_count));
    return STATUS_SUCCESS;
  });
}
