#include "protection.hpp"

#include <cstring>

namespace scripted {
namespace {

template <class Each>
void each_data(const SecBufferDesc& message, bool read_only_too, Each&& each) {
  for (ULONG i = 0; i < message.cBuffers; ++i) {
    const SecBuffer& buffer = message.pBuffers[i];
    const bool plain = buffer.BufferType == SECBUFFER_DATA;
    if (plain || (read_only_too && (buffer.BufferType & ~SECBUFFER_ATTRMASK) == SECBUFFER_DATA)) each(buffer);
  }
}

}  // namespace

// FNV-1a over key, direction, number and data, twice with different starts.
void sign(const Protection& protection, const SecBufferDesc& message, UCHAR* signature) {
  for (int half = 0; half < 2; ++half) {
    unsigned long long value = 0xcbf29ce484222325ull + static_cast<unsigned>(half);
    const auto add = [&value](const void* bytes, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i) value = (value ^ static_cast<const UCHAR*>(bytes)[i]) * 0x100000001b3ull;
    };
    add(protection.key.data(), protection.key.size());
    add(&protection.from_initiator, 1);
    add(&protection.number, sizeof protection.number);
    each_data(message, true, [&](const SecBuffer& buffer) { add(buffer.pvBuffer, buffer.cbBuffer); });
    std::memcpy(signature + 8 * half, &value, 8);
  }
}

void mask(const Protection& protection, const SecBufferDesc& message) {
  unsigned long long state = protection.number * 2ull + protection.from_initiator + 1;
  for (const char c : protection.key) state = state * 31 + static_cast<unsigned char>(c);
  each_data(message, false, [&](const SecBuffer& buffer) {
    for (ULONG at = 0; at < buffer.cbBuffer; ++at) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      static_cast<UCHAR*>(buffer.pvBuffer)[at] ^= static_cast<UCHAR>(state >> 56);
    }
  });
}

}  // namespace scripted
