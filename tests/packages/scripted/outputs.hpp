// What an entry point hands over. Each block comes from the documented allocator, unless the rule says otherwise.
//
//   allocator=lsa|private|client|dll|malloc|static|null|wild|freed   where the block comes from
//   extra=BYTES       so much larger than its contents
//   size=BYTES        the size that is told, whatever is true
//   output=NAME,...   only these outputs
#pragma once

#include <functional>

#include "rule.hpp"

namespace scripted {

void* allocate(const std::string& allocator, std::size_t size_bytes);
void release(const std::string& allocator, void* block);

struct Given {
  void* block = nullptr;
  ULONG size = 0;  // as it is told
};

// The blocks that the entry point of this thread has given, as words "OUTPUT=ADDRESS" of its record.
class GivenWords {
 public:
  GivenWords();
  ~GivenWords();
  GivenWords(const GivenWords&) = delete;
  GivenWords& operator=(const GivenWords&) = delete;
  const std::string& line() const { return line_; }
  void add(const char* output, const void* block);
  static GivenWords* of_this_thread();

 private:
  std::string line_;
  GivenWords* outer_;
};

// The contents may need the block's own address: that of the client, for a client buffer.
using Contents = std::function<std::string(std::uintptr_t base)>;
Given give(const Rule& rule, const char* output, const char* usual_allocator, std::size_t size_bytes,
           const Contents& contents);
Given give(const Rule& rule, const char* output, const char* usual_allocator, std::string_view bytes);

// The strings of the LSA interfaces: structure and buffer are blocks of the LSA heap.
PUNICODE_STRING give_text(const Rule& rule, const char* output, std::string_view text);
UNICODE_STRING give_buffer(const Rule& rule, const char* output, std::string_view text);

}  // namespace scripted
