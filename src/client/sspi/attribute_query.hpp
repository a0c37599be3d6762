// The attribute queries of credentials and contexts: how much the caller's structure holds, where the answer comes
// from, and the A form of its strings.
#pragma once

#include <functional>

#include "client/memory/client_window.hpp"
#include "client/sspi/attributes.hpp"
#include "nt/status.hpp"
#include "seam/sspi_calls.hpp"

namespace openlsa::client {

struct AttributeQuery {
  bool ansi = false;
  ULONG attribute = 0;
  void* buffer = nullptr;
  std::optional<ULONG> declared_bytes;  // of the Ex forms
  const AttributeLayout* layout = nullptr;
};

// The size of the caller's structure. SEC_E_BUFFER_TOO_SMALL when less than that is declared,
// SEC_E_UNSUPPORTED_FUNCTION when neither our table nor the caller knows it.
nt::Status structure_size(const AttributeQuery& query, std::uint32_t& size_bytes);

// Answered in LSA mode: `ask` makes the call with this frame and size. Every pointer of the answer must lie in the
// call's window.
nt::Status query_lsa_mode(
    const AttributeQuery& query,
    const std::function<seam::QueryAttributesReply(const seam::ClientCallFrame&, std::uint32_t)>& ask);

// Answered in this process: `ask` fills in the W structure at the address.
nt::Status query_user_mode(const AttributeQuery& query, const std::function<nt::Status(void*)>& ask);

// QueryCredentialsAttributes and QueryContextAttributes, with and without a declared size.
nt::Status query_credential(PCredHandle handle, AttributeQuery query);
nt::Status query_context(PCtxtHandle handle, AttributeQuery query);

}  // namespace openlsa::client
