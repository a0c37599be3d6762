// What a client submitted: a structure, and data behind it that the structure names by addresses in the client, or by
// offsets from the start (some callers marshal so: a Buffer below the block's size is an offset).
#pragma once

#include "common/text.hpp"

namespace msv1_0 {

class SubmitBuffer {
 public:
  SubmitBuffer(const void* buffer, const void* client_base, ULONG size)
      : bytes_(static_cast<const std::uint8_t*>(buffer), buffer == nullptr ? 0 : size),
        client_base_(reinterpret_cast<std::uintptr_t>(client_base)) {}

  // A copy of the structure at the start; false when the buffer is shorter.
  template <class Structure>
  bool read(Structure& structure) const {
    if (bytes_.size() < sizeof structure) return false;
    std::memcpy(&structure, bytes_.data(), sizeof structure);
    return true;
  }

  // The bytes that the client has at `address`; nothing unless all of them lie in the buffer.
  std::optional<ByteView> bytes_at(const void* address, std::size_t size) const {
    if (size == 0) return ByteView{};
    const auto place = reinterpret_cast<std::uintptr_t>(address);
    const std::uintptr_t offset =
        place < bytes_.size() ? place : place - client_base_;  // wraps for one before the base
    if (address == nullptr || offset > bytes_.size() || size > bytes_.size() - offset) return std::nullopt;
    return bytes_.subspan(offset, size);
  }
  std::optional<std::u16string> text(const UNICODE_STRING& string) const {
    const auto bytes = string.Length % 2 == 0 ? bytes_at(string.Buffer, string.Length) : std::nullopt;
    if (!bytes) return std::nullopt;
    std::u16string text(bytes->size() / 2, u'\0');
    if (!bytes->empty()) std::memcpy(text.data(), bytes->data(), bytes->size());
    if (text.find(u'\0') != std::u16string::npos) return std::nullopt;
    return text;
  }
  std::optional<SecretText> secret(const UNICODE_STRING& string) const {
    const auto bytes = string.Length % 2 == 0 ? bytes_at(string.Buffer, string.Length) : std::nullopt;
    if (!bytes) return std::nullopt;
    SecretText text(bytes->size() / 2);
    if (!bytes->empty()) std::memcpy(text.reveal_mutable().data(), bytes->data(), bytes->size());
    return text;
  }
  std::optional<ByteView> bytes(const STRING& string) const { return bytes_at(string.Buffer, string.Length); }

 private:
  ByteView bytes_;
  std::uintptr_t client_base_;
};

}  // namespace msv1_0
