// Every request of every interface, decoded from hostile bytes. What decodes must encode to the same bytes again:
// a message has one form only.
#include <cstdlib>

#include "seam/support_calls.hpp"
#include "wire/codec.hpp"

namespace {

using namespace openlsa;

template <class Request>
void check(base::ByteView bytes) {
  std::vector<base::UniqueFd> none;
  auto value = wire::decode<Request>(bytes, none);
  if (!value) return;
  if (!base::equal(wire::encode(*value).bytes, bytes)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView bytes(data + 1, size - 1);
#define OPENLSA_CHECK(number, function, Message, permission, duration) \
  case base_number + number:                                           \
    check<seam::Message##Request>(bytes);                              \
    break;
  switch (data[0]) {
#define base_number 0
    OPENLSA_AUTHORITY_CALLS(OPENLSA_CHECK)
#undef base_number
#define base_number 64
    OPENLSA_SSPI_CALLS(OPENLSA_CHECK)
#undef base_number
#define base_number 128
    OPENLSA_PACKAGE_CALLS(OPENLSA_CHECK)
#undef base_number
#define base_number 192
    OPENLSA_SUPPORT_CALLS(OPENLSA_CHECK)
#undef base_number
    default:
      break;
  }
  return 0;
}
