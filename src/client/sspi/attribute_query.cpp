#include "client/sspi/attribute_query.hpp"

#include <algorithm>
#include <cstring>

#include "base/secret.hpp"
#include "client/bare/bare_attributes.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/context.hpp"
#include "client/handles/credential.hpp"
#include "client/sspi/attribute_answer.hpp"

namespace openlsa::client {
namespace {

constexpr std::uint32_t max_structure_bytes = 64u << 10;  // what hosts write at most

bool wants_ansi(const AttributeQuery& query) {
  return query.ansi && query.layout != nullptr && query.layout->has_two_forms();
}

// Attributes that are answered in LSA mode although the context is mapped: the package lists them
// (SECPKG_EXTENDED_INFORMATION, ContextThunks), or their numbers say so.
bool is_thunk(const seam::PackageInfo& package, ULONG attribute) {
  if (attribute >= SECPKG_ATTR_THUNK_ALL && attribute < SECPKG_ATTR_C_ACCESS_TOKEN) return true;
  return std::any_of(package.context_thunks.begin(), package.context_thunks.end(),
                     [&](std::uint32_t thunk) { return thunk == attribute || thunk == SECPKG_ATTR_THUNK_ALL; });
}

// The half is told no size: it works on a copy with room for any structure, and the caller gets what it declared.
nt::Status query_exactly(const AttributeQuery& query, const std::function<nt::Status(void*)>& ask) {
  base::Secret structure(std::size_t{max_structure_bytes});
  std::uint8_t* const place = structure.reveal_mutable().data();
  std::memcpy(place, query.buffer, *query.declared_bytes);  // some attributes are asked with a question in them
  const nt::Status status = ask(place);
  if (nt::succeeded(status)) std::memcpy(query.buffer, place, *query.declared_bytes);
  return status;
}

}  // namespace

nt::Status structure_size(const AttributeQuery& query, std::uint32_t& size_bytes) {
  if (query.layout == nullptr) {
    if (!query.declared_bytes) return SEC_E_UNSUPPORTED_FUNCTION;
    size_bytes = *query.declared_bytes;
    return size_bytes <= max_structure_bytes ? SEC_E_OK : SEC_E_INVALID_PARAMETER;
  }
  size_bytes = query.layout->size_bytes;
  return query.declared_bytes && *query.declared_bytes < size_bytes ? SEC_E_BUFFER_TOO_SMALL : SEC_E_OK;
}

nt::Status query_lsa_mode(
    const AttributeQuery& query,
    const std::function<seam::QueryAttributesReply(const seam::ClientCallFrame&, std::uint32_t)>& ask) {
  std::uint32_t size = 0;
  if (const nt::Status status = structure_size(query, size); status != SEC_E_OK) return status;
  ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  // Packages answer in the W form, whoever asks: the A form is made here.
  seam::QueryAttributesReply reply = ask(call_frame(window.view()), size);
  base::Secret structure{base::ByteView(reply.buffer)};  // some attributes are keys
  base::wipe(reply.buffer);
  if (!nt::succeeded(reply.status)) return reply.status;
  if (structure.size() != size || !window.apply(reply.writes, FreedBy::free_context_buffer))
    return SEC_E_INTERNAL_ERROR;
  nt::Status status = SEC_E_OK;
  if (query.layout != nullptr && !points_into(window, *query.layout, structure.reveal().data()))
    status = SEC_E_INTERNAL_ERROR;
  else if (wants_ansi(query))
    status = to_ansi(*query.layout, structure.reveal_mutable().data());
  if (status != SEC_E_OK) {
    window.take_back();
    return status;
  }
  if (size != 0) std::memcpy(query.buffer, structure.reveal().data(), size);
  return reply.status;
}

nt::Status query_user_mode(const AttributeQuery& query, const std::function<nt::Status(void*)>& ask) {
  // Without a layout or a size only the package knows how much it writes, as it is documented.
  if (query.layout != nullptr || query.declared_bytes) {
    std::uint32_t size = 0;
    if (const nt::Status status = structure_size(query, size); status != SEC_E_OK) return status;
  }
  if (query.layout == nullptr && query.declared_bytes) return query_exactly(query, ask);
  if (!wants_ansi(query)) return ask(query.buffer);
  base::Secret structure(std::size_t{query.layout->size_bytes});
  std::uint8_t* const place = structure.reveal_mutable().data();
  nt::Status status = ask(place);
  if (!nt::succeeded(status)) return status;
  if (const nt::Status converted = to_ansi(*query.layout, place); converted != SEC_E_OK) return converted;
  std::memcpy(query.buffer, place, query.layout->size_bytes);
  return status;
}

nt::Status query_credential(PCredHandle handle, AttributeQuery query) {
  if (BareCredentialTable::is_kind(handle)) return query_bare_credential(handle, query);
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  if (query.buffer == nullptr) return SEC_E_INVALID_PARAMETER;
  if (!credential->channel->alive()) return SEC_E_INVALID_HANDLE;
  query.layout = credential_attribute(query.attribute);
  return query_lsa_mode(query, [&](const seam::ClientCallFrame& frame, std::uint32_t size) {
    return credential->channel->call(
        seam::QueryCredentialsAttributesRequest{frame, credential->name, query.attribute, size});
  });
}

nt::Status query_context(PCtxtHandle handle, AttributeQuery query) {
  if (BareContextTable::is_kind(handle)) return query_bare_context(handle, query);
  const auto context = ContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  if (query.buffer == nullptr) return SEC_E_INVALID_PARAMETER;
  query.layout = context_attribute(query.attribute);
  if (context->mapped() && !is_thunk(context->channel().package(), query.attribute)) {
    UserHalf* half = nullptr;
    if (const nt::Status status = context->user_mode(half); status != SEC_E_OK) return status;
    return query_user_mode(query, [&](void* structure) {
      return half->call(half->table().QueryContextAttributes, context->user_context(), query.attribute, structure);
    });
  }
  if (const nt::Status status = context->lsa_mode(); status != SEC_E_OK) return status;
  return query_lsa_mode(query, [&](const seam::ClientCallFrame& frame, std::uint32_t size) {
    return context->channel().call(seam::QueryContextAttributesRequest{frame, context->name(), query.attribute, size});
  });
}

}  // namespace openlsa::client
