#include "client/bare/bare_attributes.hpp"

#include <cstring>

#include "base/secret.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/text.hpp"

namespace openlsa::client {
namespace {

// Contexts and credentials have slots of the same types.
struct QuerySlots {
  QUERY_CONTEXT_ATTRIBUTES_FN_A ansi;
  QUERY_CONTEXT_ATTRIBUTES_FN_W wide;
  QUERY_CONTEXT_ATTRIBUTES_EX_FN_A ansi_ex;
  QUERY_CONTEXT_ATTRIBUTES_EX_FN_W wide_ex;
};

void* pointer_at(const void* structure, std::size_t offset) {
  void* value;
  std::memcpy(&value, static_cast<const std::uint8_t*>(structure) + offset, sizeof value);
  return value;
}

bool has_two_forms(const AttributePointer& pointer) {
  return pointer.kind == PointerKind::text || pointer.kind == PointerKind::package;
}

template <class Info, class OtherInfo>
void* package_in_other_form(const void* given) {
  OtherInfo info;
  std::memcpy(&info, given, sizeof info);
  seam::OptionalText name, comment;
  if (!copy_text(info.Name, name) || !name || !copy_text(info.Comment, comment)) return nullptr;
  seam::PackageInfo package;
  package.capabilities = info.fCapabilities;
  package.version = info.wVersion;
  package.rpc_id = info.wRPCID;
  package.max_token = info.cbMaxToken;
  package.name = std::move(*name);
  package.comment = comment.value_or(u"");
  Info* block = nullptr;
  return make_package_block<Info>({&package, 1}, block) == SEC_E_OK ? block : nullptr;
}

// A block of ours with the same in the A or the W form; nullptr when it cannot be made.
void* in_other_form(PointerKind kind, const void* given, bool to_ansi) {
  if (kind == PointerKind::package)
    return to_ansi ? package_in_other_form<SecPkgInfoA, SecPkgInfoW>(given)
                   : package_in_other_form<SecPkgInfoW, SecPkgInfoA>(given);
  seam::OptionalText text;
  const bool read = to_ansi ? copy_text(static_cast<const SEC_WCHAR*>(given), text)
                            : copy_text(static_cast<const SEC_CHAR*>(given), text);
  return read ? allocate_text(*text, to_ansi, FreedBy::free_context_buffer) : nullptr;
}

// Makes the caller's form of what the structure points to, and gives the provider its own back: all or nothing.
nt::Status convert(const BareProvider& provider, const AttributeLayout& layout, void* structure, bool to_ansi) {
  std::array<void*, 2> made{};
  nt::Status status = SEC_E_OK;
  for (std::size_t i = 0; i < made.size(); ++i) {
    void* const given = has_two_forms(layout.pointers[i]) ? pointer_at(structure, layout.pointers[i].offset) : nullptr;
    if (given == nullptr) continue;
    made[i] = in_other_form(layout.pointers[i].kind, given, to_ansi);
    if (made[i] == nullptr) status = SEC_E_INTERNAL_ERROR;
  }
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (!has_two_forms(layout.pointers[i])) continue;
    if (void* const given = pointer_at(structure, layout.pointers[i].offset); given != nullptr) provider.free(given);
    if (status != SEC_E_OK && made[i] != nullptr) discard_buffer(made[i]);
    std::memcpy(static_cast<std::uint8_t*>(structure) + layout.pointers[i].offset, &made[i], sizeof made[i]);
  }
  return status;
}

// FreeContextBuffer takes the blocks that a known structure points to; those behind an attribute that sspi.h does not
// have, only the provider knows.
void adopt_pointers(const BareProvider& provider, const AttributeLayout& layout, const void* structure) {
  for (const AttributePointer& pointer : layout.pointers)
    if (pointer.kind != PointerKind::none) provider.adopt(pointer_at(structure, pointer.offset));
}

nt::Status ask(const BareProvider& provider, const QuerySlots& slots, SecHandle own, const AttributeQuery& query) {
  if (query.buffer == nullptr) return SEC_E_INVALID_PARAMETER;
  const bool ansi = provider.form(query.ansi);
  const bool other_form = ansi != query.ansi;
  if (other_form && query.layout == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;  // nobody knows its strings
  if (query.layout != nullptr || query.declared_bytes) {
    std::uint32_t size = 0;
    if (const nt::Status status = structure_size(query, size); status != SEC_E_OK) return status;
  }
  const bool converted = other_form && query.layout->has_two_forms();
  base::Secret copy(converted ? std::size_t{query.layout->size_bytes} : 0);
  void* const place = converted ? copy.reveal_mutable().data() : query.buffer;
  const auto ex = ansi ? slots.ansi_ex : slots.wide_ex;
  const auto plain = ansi ? slots.ansi : slots.wide;
  // Without a layout only the Ex form keeps to what the caller has room for.
  if (query.layout == nullptr && query.declared_bytes && ex == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
  const bool by_ex = query.declared_bytes && ex != nullptr;
  const ULONG room = converted ? query.layout->size_bytes : query.declared_bytes.value_or(0);
  const nt::Status status =
      by_ex ? bare_call(ex, &own, query.attribute, place, room) : bare_call(plain, &own, query.attribute, place);
  if (!nt::succeeded(status) || query.layout == nullptr) return status;
  if (converted) {
    if (const nt::Status done = convert(provider, *query.layout, place, query.ansi); done != SEC_E_OK) return done;
    std::memcpy(query.buffer, place, query.layout->size_bytes);
  }
  adopt_pointers(provider, *query.layout, query.buffer);
  return status;
}

// Strings of the other form are not looked for in what the caller sets.
template <class SlotA, class SlotW>
nt::Status set(const BareProvider& provider, const AttributeLayout* layout, bool ansi, SlotA in_ansi, SlotW in_wide,
               SecHandle own, ULONG attribute, void* buffer, ULONG size_bytes) {
  if (buffer == nullptr || size_bytes == 0) return SEC_E_INVALID_PARAMETER;
  if (layout != nullptr && size_bytes < layout->size_bytes) return SEC_E_BUFFER_TOO_SMALL;
  const bool form = provider.form(ansi);
  if (form != ansi && (layout == nullptr || layout->has_two_forms())) return SEC_E_UNSUPPORTED_FUNCTION;
  return form ? bare_call(in_ansi, &own, attribute, buffer, size_bytes)
              : bare_call(in_wide, &own, attribute, buffer, size_bytes);
}

}  // namespace

nt::Status query_bare_credential(PCredHandle handle, AttributeQuery query) {
  const auto credential = BareCredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  query.layout = credential_attribute(query.attribute);
  const BareProvider& provider = *credential->package.provider;
  return ask(provider,
             {provider.ansi().QueryCredentialsAttributesA, provider.wide().QueryCredentialsAttributesW,
              provider.ansi().QueryCredentialsAttributesExA, provider.wide().QueryCredentialsAttributesExW},
             credential->handle, query);
}

nt::Status query_bare_context(PCtxtHandle handle, AttributeQuery query) {
  const auto context = BareContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  const auto held = context->handle();
  query.layout = context_attribute(query.attribute);
  const BareProvider& provider = *context->package().provider;
  return ask(provider,
             {provider.ansi().QueryContextAttributesA, provider.wide().QueryContextAttributesW,
              provider.ansi().QueryContextAttributesExA, provider.wide().QueryContextAttributesExW},
             held->value(), query);
}

nt::Status set_bare_credential(PCredHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes) {
  const auto credential = BareCredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  const BareProvider& provider = *credential->package.provider;
  return set(provider, credential_attribute(attribute), ansi, provider.ansi().SetCredentialsAttributesA,
             provider.wide().SetCredentialsAttributesW, credential->handle, attribute, buffer, size_bytes);
}

nt::Status set_bare_context(PCtxtHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes) {
  const auto context = BareContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  const auto held = context->handle();
  const BareProvider& provider = *context->package().provider;
  return set(provider, context_attribute(attribute), ansi, provider.ansi().SetContextAttributesA,
             provider.wide().SetContextAttributesW, held->value(), attribute, buffer, size_bytes);
}

}  // namespace openlsa::client
