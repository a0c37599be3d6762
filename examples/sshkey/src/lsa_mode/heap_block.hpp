// Blocks of the LSA heap, for what the LSA takes over. Each is freed again unless it was handed over.
#pragma once

#include <new>

#include "lsa_mode/package.hpp"

namespace sshkey {

class HeapBlock {
 public:
  HeapBlock(const LSA_SECPKG_FUNCTION_TABLE& lsa, std::size_t size)
      : lsa_(&lsa), memory_(lsa.AllocateLsaHeap(static_cast<ULONG>(size))) {
    if (memory_ == nullptr) throw std::bad_alloc();  // caught at the C edge
    std::memset(memory_, 0, size);
  }
  HeapBlock(const LSA_SECPKG_FUNCTION_TABLE& lsa, View bytes) : HeapBlock(lsa, bytes.size()) {
    if (!bytes.empty()) std::memcpy(memory_, bytes.data(), bytes.size());
  }
  HeapBlock(HeapBlock&& other) noexcept : lsa_(other.lsa_), memory_(std::exchange(other.memory_, nullptr)) {}
  HeapBlock& operator=(HeapBlock&&) = delete;
  ~HeapBlock() {
    if (memory_ != nullptr) lsa_->FreeLsaHeap(memory_);
  }
  void* get() const { return memory_; }
  void* hand_over() { return std::exchange(memory_, nullptr); }

 private:
  const LSA_SECPKG_FUNCTION_TABLE* lsa_;
  void* memory_;
};

// A counted string: its buffer, and a structure for those who take both.
class HeapString {
 public:
  HeapString(const LSA_SECPKG_FUNCTION_TABLE& lsa, std::u16string_view text)
      : structure_(lsa, sizeof(UNICODE_STRING)),
        buffer_(lsa, View(reinterpret_cast<const std::uint8_t*>(text.data()), text.size() * sizeof(char16_t))),
        size_(static_cast<USHORT>(text.size() * sizeof(char16_t))) {}

  // Two blocks: what LsaApLogonUserEx2 returns for a name.
  PUNICODE_STRING hand_over() {
    const UNICODE_STRING string = hand_over_buffer();
    std::memcpy(structure_.get(), &string, sizeof string);
    return static_cast<PUNICODE_STRING>(structure_.hand_over());
  }
  // One block, for a string that is a member of something.
  UNICODE_STRING hand_over_buffer() {
    UNICODE_STRING string{};
    string.Length = string.MaximumLength = size_;
    string.Buffer = static_cast<PWSTR>(buffer_.hand_over());
    return string;
  }

 private:
  HeapBlock structure_;
  HeapBlock buffer_;
  USHORT size_;
};

}  // namespace sshkey
