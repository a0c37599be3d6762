#include <openlsa/ntsecapi.h>

#include "base/random.hpp"

// Exported as SystemFunction036, as on Windows.
BOOLEAN RtlGenRandom(PVOID RandomBuffer, ULONG RandomBufferLength) {
  if (RandomBuffer == nullptr) return RandomBufferLength == 0 ? TRUE : FALSE;
  openlsa::base::fill_random({static_cast<std::uint8_t*>(RandomBuffer), RandomBufferLength});
  return TRUE;
}
