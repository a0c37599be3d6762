// QueryContextAttributes and SetContextAttributes of LSA mode. LIFESPAN and NATIVE_NAMES are context thunks; what
// SetContextAttributes set, it answers. Strings lie in client memory.
#include <cstring>

#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

SEC_WCHAR* client_text(const Rule& rule, const char* output, std::string_view text) {
  std::u16string wide = widen(text);
  wide.push_back(0);
  return static_cast<SEC_WCHAR*>(
      give(rule, output, "client", {reinterpret_cast<const char*>(wide.data()), wide.size() * 2}).block);
}

NTSTATUS answer(const Rule& rule, const Context& context, ULONG attribute, PVOID buffer) {
  switch (attribute) {
    case SECPKG_ATTR_NATIVE_NAMES: {
      SecPkgContext_NativeNamesW names{};
      names.sClientName = client_text(rule, "sClientName", "client of " + context.user);
      names.sServerName = client_text(rule, "sServerName", "server");
      std::memcpy(buffer, &names, sizeof names);
      return SEC_E_OK;
    }
    case SECPKG_ATTR_LIFESPAN: {
      SecPkgContext_Lifespan span{};
      span.tsStart.QuadPart = 11;
      span.tsExpiry.QuadPart = context.closed ? 12 : 22;
      std::memcpy(buffer, &span, sizeof span);
      return SEC_E_OK;
    }
    case SECPKG_ATTR_SIZES: {
      const SecPkgContext_Sizes sizes{16384, 16, 1, 16};
      std::memcpy(buffer, &sizes, sizeof sizes);
      return SEC_E_OK;
    }
    default:
      break;
  }
  const auto set = context.attributes.find(attribute);
  if (set == context.attributes.end()) return SEC_E_UNSUPPORTED_FUNCTION;
  std::memcpy(buffer, set->second.data(), set->second.size());
  return SEC_E_OK;
}

template <unsigned package>
struct AttributeSlots {
  static NTSTATUS NTAPI query(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
    const auto context = contexts().find(handle);
    Words arguments;
    arguments.number("known", context != nullptr).flags("attribute", attribute);
    return lsa_entry(package, "QueryContextAttributes", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      const std::lock_guard lock(context->mutex);
      return answer(rule, *context, attribute, buffer);
    });
  }

  static NTSTATUS NTAPI set(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer, ULONG size) {
    const auto context = contexts().find(handle);
    Words arguments;
    arguments.number("known", context != nullptr).flags("attribute", attribute).number("size", size);
    arguments.secret("buffer", buffer, size);
    return lsa_entry(package, "SetContextAttributes", arguments, [&](const Rule&) -> NTSTATUS {
      if (context == nullptr) return SEC_E_INVALID_HANDLE;
      const std::lock_guard lock(context->mutex);
      context->attributes[attribute] = bytes_text(buffer, size);
      return SEC_E_OK;
    });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.QueryContextAttributes = query;
    table.SetContextAttributes = set;
  }
};

}  // namespace

void add_attribute_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<AttributeSlots>(table, package); }

}  // namespace scripted
