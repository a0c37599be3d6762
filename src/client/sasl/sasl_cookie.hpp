// The two messages that negotiate the security layer (RFC 4752, sections 3.1 and 3.2): a bit mask of layers, the size
// of the largest protected message that the sender takes, and, from the client, whom it wants to act as.
#pragma once

#include <openlsa/sspi.h>

#include "base/bytes.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

inline constexpr std::uint8_t sasl_no_layer = 1, sasl_integrity = 2, sasl_privacy = 4;
inline constexpr ULONG max_sasl_size = 0xffffff;  // three octets
inline constexpr std::size_t max_authorization_id_bytes = 0xffff;

struct SaslCookie {
  std::uint8_t layers = 0;
  ULONG size_bytes = 0;
  base::Bytes authorization_id;
};
base::Bytes encode(const SaslCookie& cookie);
// False: it is none.
bool decode(base::ByteView bytes, SaslCookie& cookie);

// The one SECBUFFER_TOKEN of each side; nullptr when there is none, or the descriptor is not valid.
SecBuffer* token_buffer(const SecBufferDesc* buffers);
base::ByteView token_bytes(const SecBufferDesc* buffers);

// Protection by the context's message functions, without sealing. A package that is compatible with GSS
// (SECPKG_FLAG_GSS_COMPATIBLE) gets what GSS_Wrap makes: EncryptMessage with SECQOP_WRAP_NO_ENCRYPT, its buffers one
// after another ("SSPI/Kerberos Interoperability with GSSAPI"). Any other, whose form is nobody else's, the size of the
// signature in four octets, the signature of MakeSignature, and the message.
std::size_t protected_size(const SecPkgContext_Sizes& sizes, std::size_t message_bytes);
nt::Status protect(PCtxtHandle context, const seam::PackageInfo& package, const SecPkgContext_Sizes& sizes,
                   base::ByteView message, base::Bytes& token);
// SEC_E_INVALID_TOKEN when the peer did not make it.
nt::Status unprotect(PCtxtHandle context, const seam::PackageInfo& package, base::ByteView token, base::Bytes& message);

}  // namespace openlsa::client
