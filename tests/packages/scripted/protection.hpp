// How the user halves of the package protect messages: a keystream and a sum, good enough to find a changed byte, a
// wrong key or a wrong number. No cryptography.
#pragma once

#include "scripted.hpp"

namespace scripted {

inline constexpr ULONG signature_bytes = 16;

struct Protection {
  std::string key;
  bool from_initiator = false;  // the direction of the message
  ULONG number = 0;
};

// Over the DATA buffers, read-only ones too.
void sign(const Protection& protection, const SecBufferDesc& message, UCHAR* signature);
// In place, the DATA buffers that are not read-only. Twice is as before.
void mask(const Protection& protection, const SecBufferDesc& message);

}  // namespace scripted
