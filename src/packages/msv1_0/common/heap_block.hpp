// Blocks of the LSA heap, for what the LSA takes over or gave us. Each is freed unless it was handed over.
#pragma once

#include <new>
#include <utility>

#include "common/text.hpp"

namespace msv1_0 {

class HeapBlock {
 public:
  // Takes over a block that the LSA gave; NULL is none.
  HeapBlock(const LSA_SECPKG_FUNCTION_TABLE& lsa, void* given) : lsa_(&lsa), memory_(given) {}
  static HeapBlock of_size(const LSA_SECPKG_FUNCTION_TABLE& lsa, std::size_t size) {
    HeapBlock block(lsa, lsa.AllocateLsaHeap(static_cast<ULONG>(size)));
    if (block.memory_ == nullptr) throw std::bad_alloc();  // caught at the C edge
    std::memset(block.memory_, 0, size);
    return block;
  }
  static HeapBlock of(const LSA_SECPKG_FUNCTION_TABLE& lsa, ByteView bytes) {
    HeapBlock block = of_size(lsa, bytes.size());
    if (!bytes.empty()) std::memcpy(block.memory_, bytes.data(), bytes.size());
    return block;
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

// A counted string: its buffer alone, or with a structure for those who take both.
class HeapString {
 public:
  HeapString(const LSA_SECPKG_FUNCTION_TABLE& lsa, std::u16string_view text)
      : structure_(HeapBlock::of_size(lsa, sizeof(UNICODE_STRING))),
        buffer_(HeapBlock::of(lsa, bytes_of(text))),
        size_(static_cast<USHORT>(text.size() * sizeof(char16_t))) {}

  PUNICODE_STRING hand_over() {
    const UNICODE_STRING string = hand_over_buffer();
    std::memcpy(structure_.get(), &string, sizeof string);
    return static_cast<PUNICODE_STRING>(structure_.hand_over());
  }
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

}  // namespace msv1_0
