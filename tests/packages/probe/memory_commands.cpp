// Heaps, the client's memory, and protected memory.
#include <algorithm>
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

void heaps(Call& call, const Arguments&) {
  auto* block = static_cast<UCHAR*>(lsa->AllocateLsaHeap(64));
  auto* other = static_cast<UCHAR*>(lsa->AllocatePrivateHeap(64));
  bool good = block != nullptr && other != nullptr && block != other;
  if (good) {
    std::memset(block, 1, 64);
    std::memset(other, 2, 64);
    good = block[63] == 1 && other[63] == 2;
  }
  lsa->FreeLsaHeap(block);
  lsa->FreePrivateHeap(other);
  lsa->FreeLsaHeap(nullptr);
  lsa->FreePrivateHeap(nullptr);
  call.say_number("heaps", good);
}

// mix-heaps: a block of each heap, freed by the function of the other.
void mix_heaps(Call& call, const Arguments&) {
  PVOID block = lsa->AllocateLsaHeap(64);
  PVOID other = lsa->AllocatePrivateHeap(64);
  lsa->FreePrivateHeap(block);
  lsa->FreeLsaHeap(other);
  call.say_number("mix-heaps", block != nullptr && other != nullptr);
}

// free-client-buffer-as-heap: a client buffer, given to FreeLsaHeap and then to its own function.
void free_client_buffer_as_heap(Call& call, const Arguments& a) {
  PVOID block = nullptr;
  NTSTATUS status = lsa->AllocateClientBuffer(call.request, 16, &block);
  if (NT_SUCCESS(status)) {
    lsa->FreeLsaHeap(block);
    status = lsa->FreeClientBuffer(call.request, block);
  }
  call.say_status(a[0], status);
}

// read OFFSET SIZE: of the client's submit buffer; an offset beyond it asks for memory that the call did not submit.
void read(Call& call, const Arguments& a) {
  std::string bytes(std::min<std::size_t>(parse_number(a[2]), 1 << 20), '\0');
  // A number, because it is no address of this process and may wrap.
  auto* address = reinterpret_cast<char*>(reinterpret_cast<std::uintptr_t>(call.client_base) +
                                          static_cast<std::uintptr_t>(parse_number(a[1])));
  const NTSTATUS status =
      lsa->CopyFromClientBuffer(call.request, static_cast<ULONG>(bytes.size()), bytes.data(), address);
  call.say_status("read", status);
  if (NT_SUCCESS(status)) call.say("read-bytes", hex(bytes));
}

// write-at ADDRESS TEXT: CopyToClientBuffer where no buffer was allocated.
void write_at(Call& call, const Arguments& a) {
  std::string text = a[2];
  call.say_status("write-at", lsa->CopyToClientBuffer(call.request, static_cast<ULONG>(text.size()),
                                                      reinterpret_cast<PVOID>(parse_number(a[1])), text.data()));
}

// map OFFSET SIZE [mapped]: MapBuffer of a part of the client's submit buffer, or of our own copy of it.
void map(Call& call, const Arguments& a) {
  const bool mapped = a[3] == "mapped";
  const auto base = reinterpret_cast<std::uintptr_t>(mapped ? call.submit : call.client_base);
  SecBuffer input{static_cast<ULONG>(parse_number(a[2])),
                  SECBUFFER_DATA | (mapped ? 0u : static_cast<ULONG>(SECBUFFER_UNMAPPED)),
                  reinterpret_cast<PVOID>(base + static_cast<std::uintptr_t>(parse_number(a[1])))};
  SecBuffer output{1, SECBUFFER_EMPTY, &output};
  const NTSTATUS status = lsa->MapBuffer(&input, &output);
  call.say_status("map", status);
  call.say_number("map-untouched", output.pvBuffer == &output && output.cbBuffer == 1);
  if (!NT_SUCCESS(status)) return;
  call.say_number("map-type", output.BufferType);
  call.say_number("map-in-place", output.pvBuffer == input.pvBuffer);
  call.say("map-bytes", hex({static_cast<const char*>(output.pvBuffer), output.cbBuffer}));
}

// write-own TEXT: into the submit buffer, which is the client's own memory.
void write_own(Call& call, const Arguments& a) {
  std::string text = a[1];
  call.say_status("write-own", lsa->CopyToClientBuffer(call.request, static_cast<ULONG>(text.size()), call.client_base,
                                                       text.data()));
}

// overrun: a block, and one byte more than its window can hold.
void overrun(Call& call, const Arguments& a) {
  PVOID block = nullptr;
  const NTSTATUS status = lsa->AllocateClientBuffer(call.request, 16, &block);
  call.say_status("overrun-allocate", status);
  if (!NT_SUCCESS(status)) return;
  std::string bytes(parse_number(a[1]), 'x');
  call.say_status("overrun-write",
                  lsa->CopyToClientBuffer(call.request, static_cast<ULONG>(bytes.size()), block, bytes.data()));
  call.say_status("overrun-free", lsa->FreeClientBuffer(call.request, block));
  call.say_status("overrun-free-again", lsa->FreeClientBuffer(call.request, block));
}

// allocate SIZE: what AllocateClientBuffer answers.
void allocate(Call& call, const Arguments& a) {
  PVOID block = nullptr;
  const NTSTATUS status = lsa->AllocateClientBuffer(call.request, static_cast<ULONG>(parse_number(a[1])), &block);
  call.say_status("allocate", status);
  if (NT_SUCCESS(status)) lsa->FreeClientBuffer(call.request, block);
}

// embedded: a structure and its string in two client buffers; the pointer between them is the client's.
struct Embedded {
  ULONG Magic;
  ULONG Length;
  char* Text;
};
void embedded(Call& call, const Arguments& a) {
  std::string text = a[1];
  PVOID block = nullptr, string = nullptr;
  NTSTATUS status = lsa->AllocateClientBuffer(call.request, sizeof(Embedded) + 4096, &block);
  if (NT_SUCCESS(status)) status = lsa->AllocateClientBuffer(call.request, static_cast<ULONG>(text.size()), &string);
  Embedded header{0x50524f42, static_cast<ULONG>(text.size()), static_cast<char*>(string)};
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(call.request, sizeof header, block, &header);
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(call.request, header.Length, string, text.data());
  if (NT_SUCCESS(status)) {
    *call.returned = block;
    *call.returned_size = sizeof header;
  }
  call.status = status;
}

// return-address ADDRESS: a return buffer that is none.
void return_address(Call& call, const Arguments& a) {
  *call.returned = reinterpret_cast<PVOID>(parse_number(a[1]));
  *call.returned_size = 64;
}

void return_submit(Call& call, const Arguments&) {
  *call.returned = call.client_base;
  *call.returned_size = call.size;
}

// return-pattern SIZE: a large return buffer.
void return_pattern(Call& call, const Arguments& a) {
  std::string bytes(parse_number(a[1]), '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7 + (i >> 8));
  call.status = lsa->AllocateClientBuffer(call.request, static_cast<ULONG>(bytes.size()), call.returned);
  if (!NT_SUCCESS(call.status)) return;
  *call.returned_size = static_cast<ULONG>(bytes.size());
  call.status = lsa->CopyToClientBuffer(call.request, *call.returned_size, *call.returned, bytes.data());
}

// protect TEXT: LsaProtectMemory works on multiples of a block and may leave others alone; 16 bytes are enough here.
void protect(Call& call, const Arguments& a) {
  char buffer[64] = {};
  a[1].copy(buffer, sizeof buffer - 1);
  const std::string before(buffer, sizeof buffer);
  lsa->LsaProtectMemory(buffer, sizeof buffer);
  const bool changed = before != std::string(buffer, sizeof buffer);
  lsa->LsaUnprotectMemory(buffer, sizeof buffer);
  call.say_number("protect-changes", changed);
  call.say_number("protect-back", before == std::string(buffer, sizeof buffer));
}

}  // namespace

void add_memory_commands(Commands& commands) {
  commands["map"] = map;
  commands["heaps"] = heaps;
  commands["mix-heaps"] = mix_heaps;
  commands["free-client-buffer-as-heap"] = free_client_buffer_as_heap;
  commands["read"] = read;
  commands["write-at"] = write_at;
  commands["write-own"] = write_own;
  commands["overrun"] = overrun;
  commands["allocate"] = allocate;
  commands["embedded"] = embedded;
  commands["return-address"] = return_address;
  commands["return-submit"] = return_submit;
  commands["return-pattern"] = return_pattern;
  commands["protect"] = protect;
}

}  // namespace probe
