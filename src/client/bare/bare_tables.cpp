#include "client/bare/bare_tables.hpp"

#include <cstring>

namespace openlsa::client {
namespace {

static_assert(sizeof(SecurityFunctionTableA) == sizeof(SecurityFunctionTableW));
constexpr std::size_t slot_count = sizeof(SecurityFunctionTableW) / sizeof(void*);

// sspi.h: version 2 brought SetContextAttributes, 3 SetCredentialsAttributes, 4 ChangeAccountPassword, 5 the Ex
// queries.
std::size_t size_of_version(ULONG version) {
  switch (version) {
    case SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION:
      return offsetof(SecurityFunctionTableW, SetContextAttributesW);
    case SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_2:
      return offsetof(SecurityFunctionTableW, SetCredentialsAttributesW);
    case SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_3:
      return offsetof(SecurityFunctionTableW, ChangeAccountPasswordW);
    case SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_4:
      return offsetof(SecurityFunctionTableW, QueryContextAttributesExW);
    default:
      return sizeof(SecurityFunctionTableW);
  }
}

// A file that exports functions by their Windows names, and is not bound to itself, finds ours in its own table.
bool is_ours(const void* slot, std::size_t index, const void* our_table) {
  const void* ours;
  std::memcpy(&ours, static_cast<const std::uint8_t*>(our_table) + index * sizeof ours, sizeof ours);
  return slot == ours;
}

template <class Table>
base::OrFailure<> read_table(const base::Module& module, const Table* found, const Table* ours, Table& copy) {
  if (found == nullptr) return base::failure("it gave no function table");
  if (reinterpret_cast<std::uintptr_t>(found) % alignof(Table) != 0 || !module.holds(found, sizeof(ULONG)))
    return base::failure("its function table does not lie in the file's memory; the table must be static");
  const ULONG version = found->dwVersion;
  const std::size_t size = size_of_version(version);
  if (version == 0) return base::failure("its function table has the version 0");
  if (!module.holds(found, size)) return base::failure("its function table is shorter than its version says");
  std::memcpy(&copy, found, size);
  for (std::size_t i = 1; i < slot_count; ++i) {
    const void* slot;
    std::memcpy(&slot, reinterpret_cast<const std::uint8_t*>(&copy) + i * sizeof slot, sizeof slot);
    if (slot == nullptr) continue;
    if (!base::is_code(slot)) return base::failure("a slot of its function table names no code");
    if (is_ours(slot, i, ours))
      return base::failure(
          "its function table names functions of libsecur32; make its own functions static, or link it with "
          "-Bsymbolic");
  }
  return {};
}

// What has no A form and is missing in the W table comes from the other.
void complete(BareTables& tables) {
  SecurityFunctionTableW& wide = tables.wide;
  const SecurityFunctionTableA& ansi = tables.ansi;
  const auto take = [](auto& slot, auto other) {
    if (slot == nullptr) slot = other;
  };
  take(wide.FreeCredentialsHandle, ansi.FreeCredentialsHandle);
  take(wide.AcceptSecurityContext, ansi.AcceptSecurityContext);
  take(wide.CompleteAuthToken, ansi.CompleteAuthToken);
  take(wide.DeleteSecurityContext, ansi.DeleteSecurityContext);
  take(wide.ApplyControlToken, ansi.ApplyControlToken);
  take(wide.ImpersonateSecurityContext, ansi.ImpersonateSecurityContext);
  take(wide.RevertSecurityContext, ansi.RevertSecurityContext);
  take(wide.MakeSignature, ansi.MakeSignature);
  take(wide.VerifySignature, ansi.VerifySignature);
  take(wide.FreeContextBuffer, ansi.FreeContextBuffer);
  take(wide.ExportSecurityContext, ansi.ExportSecurityContext);
  take(wide.QuerySecurityContextToken, ansi.QuerySecurityContextToken);
  take(wide.EncryptMessage, ansi.EncryptMessage);
  take(wide.DecryptMessage, ansi.DecryptMessage);
  // Where the oldest tables had them.
  take(wide.EncryptMessage, reinterpret_cast<ENCRYPT_MESSAGE_FN>(wide.Reserved3));
  take(wide.DecryptMessage, reinterpret_cast<DECRYPT_MESSAGE_FN>(wide.Reserved4));
  take(wide.EncryptMessage, reinterpret_cast<ENCRYPT_MESSAGE_FN>(ansi.Reserved3));
  take(wide.DecryptMessage, reinterpret_cast<DECRYPT_MESSAGE_FN>(ansi.Reserved4));
}

}  // namespace

base::OrFailure<BareTables> read_bare_tables(const base::Module& module) {
  BareTables tables;
  auto* wide = module.function<std::remove_pointer_t<INIT_SECURITY_INTERFACE_W>>(SECURITY_ENTRYPOINT_ANSIW);
  auto* ansi = module.function<std::remove_pointer_t<INIT_SECURITY_INTERFACE_A>>(SECURITY_ENTRYPOINT_ANSIA);
  if (wide == nullptr && ansi == nullptr)
    return base::failure("it exports neither InitSecurityInterfaceW nor InitSecurityInterfaceA");
  tables.has_wide = wide != nullptr;
  tables.has_ansi = ansi != nullptr;
  base::OrFailure<> read;
  if (wide != nullptr) read = read_table(module, wide(), InitSecurityInterfaceW(), tables.wide);
  if (read && ansi != nullptr) read = read_table(module, ansi(), InitSecurityInterfaceA(), tables.ansi);
  if (!read) return std::unexpected(read.error());
  complete(tables);
  return tables;
}

}  // namespace openlsa::client
