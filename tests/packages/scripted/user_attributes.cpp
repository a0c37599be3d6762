// QueryContextAttributes of user mode. Strings and structures lie on the heap of the DLL functions.
#include <cstring>

#include "entry.hpp"
#include "protection.hpp"
#include "user_mode.hpp"

namespace scripted {
namespace {

SEC_WCHAR* heap_text(const Rule& rule, const char* output, std::string_view text) {
  std::u16string wide = widen(text);
  wide.push_back(0);
  return static_cast<SEC_WCHAR*>(
      give(rule, output, "dll", {reinterpret_cast<const char*>(wide.data()), wide.size() * 2}).block);
}

// One block: the structure, then its strings.
std::string package_info(unsigned package, std::uintptr_t base) {
  const std::u16string name = widen(package_names[package]) + u'\0', comment = u"from user mode" + std::u16string(1, 0);
  SecPkgInfoW info{
      SECPKG_FLAG_PRIVACY, SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION, SECPKG_ID_NONE, 16384, nullptr, nullptr};
  info.Name = reinterpret_cast<SEC_WCHAR*>(base + sizeof info);
  info.Comment = reinterpret_cast<SEC_WCHAR*>(base + sizeof info + name.size() * 2);
  return bytes_text(&info, sizeof info) + bytes_text(name.data(), name.size() * 2) +
         bytes_text(comment.data(), comment.size() * 2);
}

NTSTATUS answer(const Rule& rule, unsigned package, const UserContext& context, ULONG attribute, PVOID buffer) {
  switch (attribute) {
    case SECPKG_ATTR_SIZES:
      *static_cast<PSecPkgContext_Sizes>(buffer) = {16384, signature_bytes, 1, signature_bytes};
      return SEC_E_OK;
    case SECPKG_ATTR_STREAM_SIZES:
      if (!context.stream) return SEC_E_UNSUPPORTED_FUNCTION;
      *static_cast<PSecPkgContext_StreamSizes>(buffer) = {4, signature_bytes, 16384, 4, 1};
      return SEC_E_OK;
    case SECPKG_ATTR_NAMES:
      static_cast<PSecPkgContext_NamesW>(buffer)->sUserName = heap_text(rule, "sUserName", context.user);
      return SEC_E_OK;
    case SECPKG_ATTR_FLAGS:
      static_cast<PSecPkgContext_Flags>(buffer)->Flags = context.initiator ? 1 : 2;
      return SEC_E_OK;
    case SECPKG_ATTR_SESSION_KEY: {
      const Given given = give(rule, "SessionKey", "dll", context.key);
      *static_cast<PSecPkgContext_SessionKey>(buffer) = {given.size, static_cast<UCHAR*>(given.block)};
      return SEC_E_OK;
    }
    case SECPKG_ATTR_PACKAGE_INFO:
      static_cast<PSecPkgContext_PackageInfoW>(buffer)->PackageInfo = static_cast<PSecPkgInfoW>(
          give(rule, "PackageInfo", "dll", package_info(package, 0).size(), [&](std::uintptr_t base) {
            return package_info(package, base);
          }).block);
      return SEC_E_OK;
    default:
      return SEC_E_UNSUPPORTED_FUNCTION;
  }
}

template <unsigned package>
struct UserAttributeSlots {
  static NTSTATUS NTAPI query(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
    return user_entry(package, "QueryContextAttributes", Words().number("handle", handle).flags("attribute", attribute),
                      [&](const Rule& rule) -> NTSTATUS {
                        const auto context = user_context(handle);
                        if (context == nullptr) return SEC_E_INVALID_HANDLE;
                        return answer(rule, package, *context, attribute, buffer);
                      });
  }
  static void fill(SECPKG_USER_FUNCTION_TABLE& table) { table.QueryContextAttributes = query; }
};

}  // namespace

void add_user_attribute_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  fill<UserAttributeSlots>(table, package);
}

}  // namespace scripted
