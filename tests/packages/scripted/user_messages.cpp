// MakeSignature, VerifySignature, SealMessage, UnsealMessage. A stream context seals into HEADER (four bytes: the
// length of what follows), DATA and TRAILER (the signature); it unseals one DATA buffer with three EMPTY ones.
#include <cstring>

#include "entry.hpp"
#include "protection.hpp"
#include "user_mode.hpp"

namespace scripted {
namespace {

constexpr ULONG quality_of_protection = 7;

SecBuffer* buffer_of(PSecBufferDesc message, ULONG type) {
  for (ULONG i = 0; message != nullptr && i < message->cBuffers; ++i)
    if ((message->pBuffers[i].BufferType & ~SECBUFFER_ATTRMASK) == type) return &message->pBuffers[i];
  return nullptr;
}

// The context's own count, where it has one; else the caller's number.
Protection next_message(UserContext& context, bool sending, ULONG number) {
  const std::lock_guard lock(context.mutex);
  ULONG& count = sending ? context.sent : context.received;
  return {context.key, context.initiator == sending, context.counts ? count++ : number};
}

NTSTATUS seal_stream(const Protection& protection, PSecBufferDesc message) {
  SecBuffer* header = buffer_of(message, SECBUFFER_STREAM_HEADER);
  SecBuffer* trailer = buffer_of(message, SECBUFFER_STREAM_TRAILER);
  const SecBuffer* data = buffer_of(message, SECBUFFER_DATA);
  if (header == nullptr || trailer == nullptr || data == nullptr) return SEC_E_INVALID_TOKEN;
  if (header->cbBuffer < sizeof(std::uint32_t) || trailer->cbBuffer < signature_bytes) return SEC_E_BUFFER_TOO_SMALL;
  const std::uint32_t size = data->cbBuffer + signature_bytes;
  std::memcpy(header->pvBuffer, &size, sizeof size);
  header->cbBuffer = sizeof size;
  sign(protection, *message, static_cast<UCHAR*>(trailer->pvBuffer));
  trailer->cbBuffer = signature_bytes;
  mask(protection, *message);
  return SEC_E_OK;
}

// The whole length of the record in `data`, or 0 and what is missing.
std::size_t whole_record(const SecBuffer& data, ULONG& missing) {
  std::uint32_t size = 0;
  if (data.cbBuffer >= sizeof size) std::memcpy(&size, data.pvBuffer, sizeof size);
  const std::size_t whole = sizeof size + size;
  if (data.cbBuffer >= sizeof size && data.cbBuffer >= whole) return whole;
  missing = static_cast<ULONG>(whole - data.cbBuffer);
  return 0;
}

// SEC_E_INCOMPLETE_MESSAGE leaves the context and the bytes as they are.
NTSTATUS unseal_stream(UserContext& context, PSecBufferDesc message, ULONG number) {
  SecBuffer* data = buffer_of(message, SECBUFFER_DATA);
  if (data == nullptr || message->cBuffers < 4) return SEC_E_INVALID_TOKEN;
  ULONG missing = 0;
  const std::size_t whole = whole_record(*data, missing);
  if (whole == 0) {
    SecBuffer* other = buffer_of(message, SECBUFFER_EMPTY);
    if (other != nullptr) *other = {missing, SECBUFFER_MISSING, nullptr};
    return SEC_E_INCOMPLETE_MESSAGE;
  }
  if (whole < sizeof(std::uint32_t) + signature_bytes) return SEC_E_INVALID_TOKEN;
  auto* bytes = static_cast<UCHAR*>(data->pvBuffer);
  const ULONG extra = data->cbBuffer - static_cast<ULONG>(whole);
  const ULONG text = static_cast<ULONG>(whole) - 4 - signature_bytes;
  SecBuffer body{text, SECBUFFER_DATA, bytes + 4};
  SecBufferDesc one{SECBUFFER_VERSION, 1, &body};
  const Protection protection = next_message(context, false, number);
  mask(protection, one);
  UCHAR expected[signature_bytes];
  sign(protection, one, expected);
  if (std::memcmp(expected, bytes + 4 + text, signature_bytes) != 0) return SEC_E_MESSAGE_ALTERED;
  message->pBuffers[0] = {4, SECBUFFER_STREAM_HEADER, bytes};
  message->pBuffers[1] = body;
  message->pBuffers[2] = {signature_bytes, SECBUFFER_STREAM_TRAILER, bytes + 4 + text};
  message->pBuffers[3] = {extra, extra == 0 ? ULONG{SECBUFFER_EMPTY} : ULONG{SECBUFFER_EXTRA}, bytes + whole};
  return SEC_E_OK;
}

NTSTATUS make(const Rule& rule, UserContext* context, PSecBufferDesc message, ULONG number, bool seal) {
  if (context == nullptr || !context->complete) return SEC_E_INVALID_HANDLE;
  if (seal && context->stream) return seal_stream(next_message(*context, true, number), message);
  SecBuffer* token = buffer_of(message, SECBUFFER_TOKEN);
  if (token == nullptr) return SEC_E_INVALID_TOKEN;
  if (token->cbBuffer < signature_bytes) return SEC_E_BUFFER_TOO_SMALL;
  const Protection protection = next_message(*context, true, number);
  sign(protection, *message, static_cast<UCHAR*>(token->pvBuffer));
  token->cbBuffer = static_cast<ULONG>(rule.number("size", signature_bytes));
  if (seal) mask(protection, *message);
  return SEC_E_OK;
}

NTSTATUS check(UserContext* context, PSecBufferDesc message, ULONG number, bool sealed, PULONG quality) {
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  if (quality != nullptr) *quality = quality_of_protection;
  if (sealed && context->stream) return unseal_stream(*context, message, number);
  const SecBuffer* token = buffer_of(message, SECBUFFER_TOKEN);
  if (token == nullptr || token->cbBuffer != signature_bytes) return SEC_E_INVALID_TOKEN;
  const Protection protection = next_message(*context, false, number);
  if (sealed) mask(protection, *message);
  UCHAR expected[signature_bytes];
  sign(protection, *message, expected);
  return std::memcmp(expected, token->pvBuffer, signature_bytes) == 0 ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
}

Words message_words(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number) {
  return Words().number("handle", handle).buffers("message", message).number("message-number", number);
}

template <unsigned package>
struct UserMessageSlots {
  static NTSTATUS NTAPI make_signature(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG number) {
    return user_entry(package, "MakeSignature", message_words(handle, message, number).flags("quality", quality),
                      [&](const Rule& rule) { return make(rule, user_context(handle).get(), message, number, false); });
  }
  static NTSTATUS NTAPI verify_signature(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number, PULONG quality) {
    return user_entry(package, "VerifySignature", message_words(handle, message, number),
                      [&](const Rule&) { return check(user_context(handle).get(), message, number, false, quality); });
  }
  static NTSTATUS NTAPI seal_message(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG number) {
    return user_entry(package, "SealMessage", message_words(handle, message, number).flags("quality", quality),
                      [&](const Rule& rule) { return make(rule, user_context(handle).get(), message, number, true); });
  }
  static NTSTATUS NTAPI unseal_message(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number, PULONG quality) {
    return user_entry(package, "UnsealMessage", message_words(handle, message, number),
                      [&](const Rule&) { return check(user_context(handle).get(), message, number, true, quality); });
  }
  static void fill(SECPKG_USER_FUNCTION_TABLE& table) {
    table.MakeSignature = make_signature;
    table.VerifySignature = verify_signature;
    table.SealMessage = seal_message;
    table.UnsealMessage = unseal_message;
  }
};

}  // namespace

void add_user_message_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  fill<UserMessageSlots>(table, package);
}

}  // namespace scripted
