#include "client/negotiate/negotiate_legs.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "client/negotiate/negotiate_context.hpp"
#include "client/sspi/buffers.hpp"

namespace openlsa::client::negotiate {
namespace {

struct Handles {
  PCredHandle credential = nullptr;
  PCtxtHandle context = nullptr;
  PCtxtHandle new_context = nullptr;
};

SecBuffer* token_of(const SecBufferDesc* buffers) {
  for (ULONG i = 0; buffers != nullptr && i < buffers->cBuffers; ++i)
    if ((buffers->pBuffers[i].BufferType & ~ULONG{SECBUFFER_ATTRMASK}) == SECBUFFER_TOKEN) return &buffers->pBuffers[i];
  return nullptr;
}

// A descriptor that has no token is one of other buffers. A size without memory is the caller's mistake, which may have
// come from its peer.
nt::Status read_token(const SecBufferDesc* input, base::ByteView& token) {
  const SecBuffer* const buffer = token_of(input);
  if (buffer == nullptr) return SEC_E_OK;
  if (buffer->cbBuffer > max_input_bytes || (buffer->pvBuffer == nullptr && buffer->cbBuffer != 0))
    return SEC_E_INVALID_TOKEN;
  token = base::as_bytes(buffer->pvBuffer, buffer->cbBuffer);
  return SEC_E_OK;
}

// All or nothing; a buffer that is too small says how much is needed.
nt::Status write_token(const base::Bytes& token, bool allocate, SecBuffer* buffer) {
  if (buffer == nullptr) return token.empty() ? nt::Status{SEC_E_OK} : nt::Status{SEC_E_INVALID_PARAMETER};
  const auto size = static_cast<ULONG>(token.size());
  if (allocate) {
    void* const block = token.empty() ? nullptr : allocate_buffer(token.size(), FreedBy::free_context_buffer);
    if (block == nullptr && !token.empty()) return SEC_E_INSUFFICIENT_MEMORY;
    buffer->pvBuffer = block;
  } else if (size > buffer->cbBuffer || (buffer->pvBuffer == nullptr && size != 0)) {
    buffer->cbBuffer = size;
    return SEC_E_BUFFER_TOO_SMALL;
  }
  if (!token.empty()) std::memcpy(buffer->pvBuffer, token.data(), token.size());
  buffer->cbBuffer = size;
  return SEC_E_OK;
}

// A failure's token is for callers that asked for one, and freed by them alone.
void write_refusal(const Turn& turn, const LegArguments& leg, bool allocate, SecBuffer* buffer) {
  if (buffer == nullptr) return;
  const ULONG wanted = leg.inbound ? ULONG{ASC_REQ_EXTENDED_ERROR} : ULONG{ISC_REQ_EXTENDED_ERROR};
  const bool fits = allocate || (buffer->pvBuffer != nullptr && turn.token.size() <= buffer->cbBuffer);
  if ((leg.requirements & wanted) != 0 && !turn.token.empty() && fits) {
    write_token(turn.token, allocate, buffer);
    return;
  }
  buffer->cbBuffer = 0;
  if (allocate) buffer->pvBuffer = nullptr;
}

nt::Status find(const Handles& handles, bool inbound, std::shared_ptr<Context>& context) {
  std::shared_ptr<Credential> credential;
  if (handles.credential != nullptr) {
    credential = CredentialTable::of_process().find(handles.credential);
    if (!credential) return SEC_E_INVALID_HANDLE;
  }
  if (handles.context != nullptr) {
    context = ContextTable::of_process().find(handles.context);
    return context ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  }
  if (!credential) return SEC_E_INVALID_HANDLE;
  context = std::make_shared<Context>(std::move(credential), inbound);
  return SEC_E_OK;
}

SECURITY_STATUS run(const Handles& handles, LegArguments leg, PSecBufferDesc output, ULONG* attributes,
                    PTimeStamp expiry) {
  static_assert(ISC_REQ_ALLOCATE_MEMORY == ASC_REQ_ALLOCATE_MEMORY);
  static_assert(ISC_RET_ALLOCATED_MEMORY == ASC_RET_ALLOCATED_MEMORY);
  const bool allocate = (leg.requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  SecBuffer* const place = token_of(output);
  base::ByteView token;
  std::shared_ptr<Context> context;
  if (const nt::Status status = read_token(leg.input, token); status != SEC_E_OK) return status;
  if (const nt::Status status = find(handles, leg.inbound, context); status != SEC_E_OK) return status;
  const Turn turn = context->leg(leg, token);
  const ULONG given = allocate ? ULONG{ISC_RET_ALLOCATED_MEMORY} : 0;
  *attributes = (leg.attributes & ~ULONG{ISC_RET_ALLOCATED_MEMORY}) | given;
  if (!nt::succeeded(turn.status)) {
    write_refusal(turn, leg, allocate, place);
    return turn.status;
  }
  if (const nt::Status written = write_token(turn.token, allocate, place); written != SEC_E_OK) return written;
  *expiry = leg.expiry;
  if (handles.context != nullptr) {
    *handles.new_context = *handles.context;
    return turn.status;
  }
  if (ContextTable::of_process().insert(std::move(context), *handles.new_context)) return turn.status;
  if (allocate && place != nullptr && place->pvBuffer != nullptr) {
    discard_buffer(place->pvBuffer);
    *place = {0, place->BufferType, nullptr};
  }
  return SEC_E_INSUFFICIENT_MEMORY;
}

}  // namespace

SECURITY_STATUS initialize_context(PCredHandle credential, PCtxtHandle context, SEC_WCHAR* target, ULONG requirements,
                                   ULONG, ULONG data_representation, PSecBufferDesc input, ULONG,
                                   PCtxtHandle new_context, PSecBufferDesc output, ULONG* attributes,
                                   PTimeStamp expiry) {
  return run({credential, context, new_context},
             {.inbound = false,
              .target = target,
              .requirements = requirements,
              .data_representation = data_representation,
              .input = input},
             output, attributes, expiry);
}

SECURITY_STATUS accept_context(PCredHandle credential, PCtxtHandle context, PSecBufferDesc input, ULONG requirements,
                               ULONG data_representation, PCtxtHandle new_context, PSecBufferDesc output,
                               ULONG* attributes, PTimeStamp expiry) {
  return run(
      {credential, context, new_context},
      {.inbound = true, .requirements = requirements, .data_representation = data_representation, .input = input},
      output, attributes, expiry);
}

}  // namespace openlsa::client::negotiate
