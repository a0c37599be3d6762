#include "outputs.hpp"

#include <cstdlib>
#include <cstring>

namespace scripted {
namespace {

char static_block[65536];
thread_local GivenWords* innermost;

// Blocks of the client are written by the LSA.
bool fill_block(const std::string& allocator, void* block, std::string_view bytes) {
  if (block == nullptr || bytes.empty()) return true;
  if (allocator == "client")
    return NT_SUCCESS(
        lsa->CopyToClientBuffer(nullptr, static_cast<ULONG>(bytes.size()), block, const_cast<char*>(bytes.data())));
  if (allocator == "wild") return true;
  std::memcpy(block, bytes.data(), bytes.size());
  return true;
}

}  // namespace

GivenWords::GivenWords() : outer_(innermost) { innermost = this; }
GivenWords::~GivenWords() { innermost = outer_; }
GivenWords* GivenWords::of_this_thread() { return innermost; }
void GivenWords::add(const char* output, const void* block) {
  line_ += " " + std::string(output) + "=" + hex_number(reinterpret_cast<std::uintptr_t>(block));
}

void* allocate(const std::string& allocator, std::size_t size_bytes) {
  const auto size = static_cast<ULONG>(size_bytes);
  if (allocator == "lsa") return lsa == nullptr ? nullptr : lsa->AllocateLsaHeap(size);
  if (allocator == "private") return lsa == nullptr ? nullptr : lsa->AllocatePrivateHeap(size_bytes);
  if (allocator == "dll") return dll == nullptr ? nullptr : dll->AllocateHeap(size);
  if (allocator == "malloc") return std::calloc(1, size_bytes);
  if (allocator == "static") return size_bytes <= sizeof static_block ? static_block : nullptr;
  if (allocator == "wild") return reinterpret_cast<void*>(0x10);
  if (allocator != "client" || lsa == nullptr) return nullptr;
  void* block = nullptr;
  return NT_SUCCESS(lsa->AllocateClientBuffer(nullptr, size, &block)) ? block : nullptr;
}

void release(const std::string& allocator, void* block) {
  if (block == nullptr) return;
  if (allocator == "lsa") lsa->FreeLsaHeap(block);
  if (allocator == "private") lsa->FreePrivateHeap(block);
  if (allocator == "client") lsa->FreeClientBuffer(nullptr, block);
  if (allocator == "dll") dll->FreeHeap(block);
  if (allocator == "malloc") std::free(block);
}

Given give(const Rule& rule, const char* output, const char* usual_allocator, std::size_t size_bytes,
           const Contents& contents) {
  const bool meant = rule.is_about(output);
  const std::string wanted = meant ? rule.word("allocator", usual_allocator) : usual_allocator;
  const std::string allocator = wanted == "freed" ? usual_allocator : wanted;
  Given given;
  given.size = static_cast<ULONG>(size_bytes);
  given.block = allocate(allocator, size_bytes + (meant ? rule.number("extra") : 0));
  if (!fill_block(allocator, given.block, contents(reinterpret_cast<std::uintptr_t>(given.block)))) given = {};
  // Whoever gets it would free it a second time.
  if (wanted == "freed") release(allocator, given.block);
  if (GivenWords* words = GivenWords::of_this_thread()) words->add(output, given.block);
  if (meant && rule.has("size")) given.size = static_cast<ULONG>(rule.number("size"));
  return given;
}

Given give(const Rule& rule, const char* output, const char* usual_allocator, std::string_view bytes) {
  return give(rule, output, usual_allocator, bytes.size(), [&](std::uintptr_t) { return std::string(bytes); });
}

UNICODE_STRING give_buffer(const Rule& rule, const char* output, std::string_view text) {
  const std::u16string wide = widen(text);
  const Given given =
      give(rule, output, "lsa", std::string_view(reinterpret_cast<const char*>(wide.data()), wide.size() * 2));
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(given.size);
  string.Buffer = static_cast<PWSTR>(given.block);
  return string;
}

PUNICODE_STRING give_text(const Rule& rule, const char* output, std::string_view text) {
  const UNICODE_STRING string = give_buffer(rule, output, text);
  void* block = allocate("lsa", sizeof string);
  if (block != nullptr) std::memcpy(block, &string, sizeof string);
  return static_cast<PUNICODE_STRING>(block);
}

}  // namespace scripted
