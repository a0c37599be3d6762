#include <cstring>

#include "client/bare/bare_transfer.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/credential.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/context_token.hpp"
#include "client/sspi/packed_context.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
using openlsa::seam::AuthorityCalls;

namespace {

constexpr ULONG known_flags = SECPKG_CONTEXT_EXPORT_RESET_NEW | SECPKG_CONTEXT_EXPORT_DELETE_OLD;

// The half's packed context, a block of AllocateHeap, as a block of ours in its frame; nullptr without memory.
void* frame_of(const Context& context, const ProcessClient& client, const SecBuffer& given, ULONG& size_bytes) {
  PackedContext packed;
  packed.authority_id = client.authority_id();
  packed.file_hash = context.channel().user_half().hash;
  packed.package = context.channel().package().name;
  packed.type = given.BufferType;
  packed.data = base::Secret(base::as_bytes(given.pvBuffer, given.cbBuffer));
  const base::Secret framed = pack(packed);
  void* const block = framed.empty() ? nullptr : allocate_buffer(framed.size(), FreedBy::free_context_buffer);
  if (block == nullptr) return nullptr;
  std::memcpy(block, framed.reveal().data(), framed.size());
  size_bytes = static_cast<ULONG>(framed.size());
  return block;
}

// What the half gave, freed in any case.
struct Given {
  SecBuffer buffer{0, SECBUFFER_EMPTY, nullptr};
  HANDLE token = nullptr;
  ~Given() {
    if (buffer.pvBuffer != nullptr) free_if_buffer(buffer.pvBuffer, FreedBy::free_context_buffer);
  }
  bool whole() const {
    const auto size = buffer.pvBuffer == nullptr ? std::nullopt : buffer_size(buffer.pvBuffer);
    return size && buffer.cbBuffer <= *size;
  }
};

// What the application will get, taken back unless it does.
struct Result {
  void* block = nullptr;
  ULONG size_bytes = 0;
  std::uint32_t token = 0;
  ProcessClient& client;
  ~Result() {
    if (block != nullptr) discard_buffer(block);
    if (token != 0) client.call(&AuthorityCalls::close_token, {token});
  }
};

// The caller gets a handle of its own, and closes it. The half may have given the handle that the context keeps, or one
// that it made for the caller or took from the context: that one goes.
nt::Status take_token(const Context& context, UserHalf& half, HANDLE given, Result& result) {
  const ContextToken copy = duplicate_token_of(context, given, false);
  if (!nt::succeeded(copy.status)) return copy.status;
  result.token = copy.token;
  HANDLE kept = nullptr;
  half.call(half.table().GetContextToken, context.user_context(), &kept);
  if (kept != given)
    result.client.call(&AuthorityCalls::close_token, {static_cast<std::uint32_t>(reinterpret_cast<ULONG_PTR>(given))});
  return SEC_E_OK;
}

nt::Status export_context(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void** token) {
  if (packed == nullptr || (packed->BufferType & ~ULONG{SECBUFFER_ATTRMASK}) != SECBUFFER_EMPTY)
    return SEC_E_INVALID_PARAMETER;
  if ((flags & SECPKG_CONTEXT_EXPORT_TO_KERNEL) != 0) return SEC_E_UNSUPPORTED_FUNCTION;
  if ((flags & ~known_flags) != 0) return SEC_E_INVALID_PARAMETER;
  if (BareContextTable::is_kind(handle)) return export_from_bare(handle, flags, packed, token);
  auto context = ContextTable::of_process().find(handle);
  if (!context || !context->finished()) return SEC_E_INVALID_HANDLE;
  UserHalf* half = nullptr;
  if (const nt::Status status = context->user_mode(half); status != SEC_E_OK) return status;
  const auto client = ProcessClient::current();
  if (!client) return SEC_E_INTERNAL_ERROR;

  Given given;
  const nt::Status status = half->call(half->table().ExportContext, context->user_context(), flags, &given.buffer,
                                       token == nullptr ? nullptr : &given.token);
  if (!nt::succeeded(status)) return status;
  if (!given.whole()) return SEC_E_INTERNAL_ERROR;
  Result result{.client = *client};
  result.block = frame_of(*context, *client, given.buffer, result.size_bytes);
  if (result.block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  // A context need not have a token.
  if (given.token != nullptr)
    if (const nt::Status copied = take_token(*context, *half, given.token, result); copied != SEC_E_OK) return copied;
  if ((flags & SECPKG_CONTEXT_EXPORT_DELETE_OLD) != 0) {
    // Of two threads that move the context, one has it.
    auto old = ContextTable::of_process().take(handle);
    if (!old) return SEC_E_INVALID_HANDLE;
    context.reset();
    free_or_leave_to_last_user(std::move(old));  // the half may have let it go with the export
  }
  packed->cbBuffer = result.size_bytes;
  packed->pvBuffer = std::exchange(result.block, nullptr);
  if (token != nullptr) *token = reinterpret_cast<void*>(std::uintptr_t{std::exchange(result.token, 0)});
  return status;
}

}  // namespace

SECURITY_STATUS ExportSecurityContext(PCtxtHandle phContext, ULONG fFlags, PSecBuffer pPackedContext, void** pToken) {
  return sspi_edge([&] { return export_context(phContext, fFlags, pPackedContext, pToken); });
}
