#include "client/sasl/sasl_cookie.hpp"

#include "client/sspi/buffers.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t size_octets = 4;

bool is_gss(const seam::PackageInfo& package) { return (package.capabilities & SECPKG_FLAG_GSS_COMPATIBLE) != 0; }

void append(base::Bytes& bytes, const SecBuffer& buffer) {
  const base::ByteView view = base::as_bytes(buffer.pvBuffer, buffer.cbBuffer);
  bytes.insert(bytes.end(), view.begin(), view.end());
}

nt::Status wrap(PCtxtHandle context, const SecPkgContext_Sizes& sizes, base::Bytes& message, base::Bytes& token) {
  base::Bytes trailer(sizes.cbSecurityTrailer), padding(sizes.cbBlockSize);
  SecBuffer buffers[] = {{sizes.cbSecurityTrailer, SECBUFFER_TOKEN, trailer.data()},
                         {static_cast<ULONG>(message.size()), SECBUFFER_DATA, message.data()},
                         {sizes.cbBlockSize, SECBUFFER_PADDING, padding.data()}};
  SecBufferDesc descriptor{SECBUFFER_VERSION, 3, buffers};
  const nt::Status status = EncryptMessage(context, SECQOP_WRAP_NO_ENCRYPT, &descriptor, 0);
  if (!nt::succeeded(status)) return status;
  if (buffers[0].cbBuffer > trailer.size() || buffers[1].cbBuffer > message.size() ||
      buffers[2].cbBuffer > padding.size())
    return SEC_E_INTERNAL_ERROR;
  for (const SecBuffer& buffer : buffers) append(token, buffer);
  return SEC_E_OK;
}

nt::Status sign(PCtxtHandle context, const SecPkgContext_Sizes& sizes, base::Bytes& message, base::Bytes& token) {
  base::Bytes signature(sizes.cbMaxSignature);
  SecBuffer buffers[] = {{static_cast<ULONG>(message.size()), SECBUFFER_DATA, message.data()},
                         {sizes.cbMaxSignature, SECBUFFER_TOKEN, signature.data()}};
  SecBufferDesc descriptor{SECBUFFER_VERSION, 2, buffers};
  const nt::Status status = MakeSignature(context, 0, &descriptor, 0);
  if (!nt::succeeded(status)) return status;
  if (buffers[1].cbBuffer > signature.size()) return SEC_E_INTERNAL_ERROR;
  for (int shift = 24; shift >= 0; shift -= 8) token.push_back(static_cast<std::uint8_t>(buffers[1].cbBuffer >> shift));
  append(token, buffers[1]);
  token.insert(token.end(), message.begin(), message.end());
  return SEC_E_OK;
}

// The message lies where the package found it, inside of the token.
nt::Status unwrap(PCtxtHandle context, base::Bytes& token, base::Bytes& message) {
  SecBuffer buffers[] = {{static_cast<ULONG>(token.size()), SECBUFFER_STREAM, token.data()},
                         {0, SECBUFFER_DATA, nullptr}};
  SecBufferDesc descriptor{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  const nt::Status status = DecryptMessage(context, &descriptor, 0, &quality);
  if (!nt::succeeded(status)) return status;
  const auto first = reinterpret_cast<std::uintptr_t>(token.data()),
             start = reinterpret_cast<std::uintptr_t>(buffers[1].pvBuffer);
  if (start < first || start - first > token.size() || buffers[1].cbBuffer > token.size() - (start - first))
    return SEC_E_INTERNAL_ERROR;
  append(message, buffers[1]);
  return SEC_E_OK;
}

nt::Status verify(PCtxtHandle context, base::Bytes& token, base::Bytes& message) {
  if (token.size() < size_octets) return SEC_E_INVALID_TOKEN;
  const std::size_t size =
      std::size_t{token[0]} << 24 | std::size_t{token[1]} << 16 | std::size_t{token[2]} << 8 | token[3];
  if (size > token.size() - size_octets) return SEC_E_INVALID_TOKEN;
  std::uint8_t* const data = token.data() + size_octets + size;
  const auto left = static_cast<ULONG>(token.size() - size_octets - size);
  SecBuffer buffers[] = {{left, SECBUFFER_DATA, data},
                         {static_cast<ULONG>(size), SECBUFFER_TOKEN, token.data() + size_octets}};
  SecBufferDesc descriptor{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  const nt::Status status = VerifySignature(context, &descriptor, 0, &quality);
  if (nt::succeeded(status)) message.assign(data, data + left);
  return status;
}

}  // namespace

base::Bytes encode(const SaslCookie& cookie) {
  base::Bytes bytes{cookie.layers, static_cast<std::uint8_t>(cookie.size_bytes >> 16),
                    static_cast<std::uint8_t>(cookie.size_bytes >> 8), static_cast<std::uint8_t>(cookie.size_bytes)};
  bytes.insert(bytes.end(), cookie.authorization_id.begin(), cookie.authorization_id.end());
  return bytes;
}

bool decode(base::ByteView bytes, SaslCookie& cookie) {
  if (bytes.size() < 4 || bytes.size() - 4 > max_authorization_id_bytes) return false;
  cookie.layers = bytes[0];
  cookie.size_bytes = ULONG{bytes[1]} << 16 | ULONG{bytes[2]} << 8 | bytes[3];
  cookie.authorization_id = base::to_bytes(bytes.subspan(4));
  return true;
}

SecBuffer* token_buffer(const SecBufferDesc* buffers) {
  if (!valid_buffers(buffers)) return nullptr;
  for (ULONG i = 0; i < buffers->cBuffers; ++i)
    if ((buffers->pBuffers[i].BufferType & ~ULONG{SECBUFFER_ATTRMASK}) == SECBUFFER_TOKEN) return &buffers->pBuffers[i];
  return nullptr;
}

base::ByteView token_bytes(const SecBufferDesc* buffers) {
  const SecBuffer* const token = token_buffer(buffers);
  return token == nullptr || token->pvBuffer == nullptr ? base::ByteView()
                                                        : base::as_bytes(token->pvBuffer, token->cbBuffer);
}

std::size_t protected_size(const SecPkgContext_Sizes& sizes, std::size_t message_bytes) {
  const std::size_t wrapped = std::size_t{sizes.cbSecurityTrailer} + sizes.cbBlockSize;
  const std::size_t signed_size = size_octets + sizes.cbMaxSignature;
  return message_bytes + (wrapped > signed_size ? wrapped : signed_size);
}

nt::Status protect(PCtxtHandle context, const seam::PackageInfo& package, const SecPkgContext_Sizes& sizes,
                   base::ByteView message, base::Bytes& token) {
  // What a package's half says is no reason to allocate without end.
  constexpr ULONG limit = 1u << 20;
  if (sizes.cbSecurityTrailer > limit || sizes.cbBlockSize > limit || sizes.cbMaxSignature > limit)
    return SEC_E_INTERNAL_ERROR;
  base::Bytes copy = base::to_bytes(message);
  return is_gss(package) ? wrap(context, sizes, copy, token) : sign(context, sizes, copy, token);
}

nt::Status unprotect(PCtxtHandle context, const seam::PackageInfo& package, base::ByteView token,
                     base::Bytes& message) {
  if (token.size() > max_input_bytes) return SEC_E_INVALID_TOKEN;
  base::Bytes copy = base::to_bytes(token);
  const nt::Status status = is_gss(package) ? unwrap(context, copy, message) : verify(context, copy, message);
  switch (status) {
    case SEC_E_OK:
    case SEC_E_INVALID_HANDLE:
    case SEC_E_UNSUPPORTED_FUNCTION:
    case SEC_E_INTERNAL_ERROR:
      return status;
    default:
      return SEC_E_INVALID_TOKEN;  // "the message failed to decrypt" (SaslInitializeSecurityContext)
  }
}

}  // namespace openlsa::client
