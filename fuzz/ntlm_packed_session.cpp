// A packed context, as an import or a hand-over brings it; what is one works, and packs to the same bytes.
#include <algorithm>

#include "fuzz/ntlm.hpp"
#include "ntlm/packed_session.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto session = msv1_0::unpack_session({data, size});
  if (!session) return 0;
  const msv1_0::PackedSession packed = msv1_0::pack(*session);
  fuzz::require(size == msv1_0::packed_session_bytes && std::equal(data, data + size, packed.reveal().begin()));
  msv1_0::Bytes message(100, 1);
  const msv1_0::Segment segment{message};
  std::array<std::uint8_t, msv1_0::signature_bytes> signature{};
  session->sign({&segment, 1}, signature);
  session->seal({&segment, 1}, signature);
  session->unseal({&segment, 1}, signature);
  session->verify({&segment, 1}, signature);
  return 0;
}
