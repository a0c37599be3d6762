// SecBuffer and SecBufferDesc as parameters.
#include "support/sspi_client.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

Word word(const void* pointer) { return reinterpret_cast<Word>(pointer); }

void watch(Call& call, const Buffer& what, void* at, std::size_t size, const char* name, Release release = {}) {
  call.memory.watch({.name = name,
                     .at = static_cast<unsigned char*>(at),
                     .size = size,
                     .on_failure = what.written_with.empty() ? OnFailure::untouched : OnFailure::written,
                     .written_with = what.written_with,
                     .whole = false,
                     .release = std::move(release)});
}

SecBuffer place_bytes(Call& call, const Buffer& what) {
  if (what.allocated) return {0, what.type, nullptr};
  std::string bytes = what.bytes(call);
  if (what.is_output) bytes.assign(bytes.size(), static_cast<char>(call.memory.canary()));
  void* const place = call.memory.copy(bytes.data(), bytes.size());
  if (what.is_output) watch(call, what, place, bytes.size(), "the bytes of a buffer");
  return {static_cast<ULONG>(bytes.size()), what.type, place};
}

// The placed array is what the function writes to: only now can it be watched.
void watch_placed(Call& call, const Buffer& what, SecBuffer* placed) {
  if (what.allocated)
    watch(call, what, &placed->pvBuffer, sizeof placed->pvBuffer, "pvBuffer", freed_by(FreeContextBuffer));
}

using Change = std::function<void(SecBuffer&)>;  // of the first buffer

SecBuffer* place_array(Call& call, const std::vector<Buffer>& list, const Change& change = {}) {
  std::vector<SecBuffer> array;
  for (const Buffer& one : list) array.push_back(place_bytes(call, one));
  if (change) change(array[0]);
  auto* const placed = static_cast<SecBuffer*>(call.memory.copy(array.data(), array.size() * sizeof(SecBuffer)));
  for (std::size_t i = 0; i < list.size(); ++i) watch_placed(call, list[i], placed + i);
  return placed;
}

Word describe(Call& call, ULONG version, ULONG count, SecBuffer* array) {
  return word(call.memory.copy(SecBufferDesc{version, count, array}));
}

// The good descriptor with another header, or another first buffer.
Make with_header(const std::vector<Buffer>& list, ULONG version, ULONG count) {
  return [=](Call& call) { return describe(call, version, count, place_array(call, list)); };
}
Make with_first(const std::vector<Buffer>& list, Change change) {
  return [=](Call& call) {
    return describe(call, SECBUFFER_VERSION, static_cast<ULONG>(list.size()), place_array(call, list, change));
  };
}

void no_place(SecBuffer& first) { first = {100, first.BufferType, nullptr}; }
void no_bytes(SecBuffer& first) { first.cbBuffer = 0; }
void other_type(SecBuffer& first) { first.BufferType = 0x7777; }
void beyond_memory(SecBuffer& first) { first.cbBuffer = 0xffffffff; }

std::string first_token() {
  test::Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  test::Context context;
  return context.initialize(credential, "user=alice").token;
}

}  // namespace

Buffer filled(ULONG type, std::string bytes) {
  return {type, [bytes = std::move(bytes)](Call&) { return bytes; }};
}
Buffer room(ULONG type, std::size_t size) {
  return {type, [size](Call&) { return std::string(size, '\0'); }, true};
}
Buffer to_allocate(ULONG type) { return {type, {}, false, true}; }
Buffer answered_with(Buffer one, std::vector<std::int32_t> failures) {
  one.written_with = std::move(failures);
  return one;
}

Parameter buffers(std::vector<Buffer> list) {
  const auto count = static_cast<ULONG>(list.size());
  return {with_header(list, SECBUFFER_VERSION, count),
          {{"NULL", [](Call&) { return Word{0}; }},
           {"version 1", with_header(list, 1, count)},
           {"version -1", with_header(list, ~ULONG{0}, count)},
           {"no array", [=](Call& call) { return describe(call, SECBUFFER_VERSION, count, nullptr); }},
           {"more buffers than there can be", with_header(list, SECBUFFER_VERSION, 0xffffffff)},
           {"no buffers", with_header(list, SECBUFFER_VERSION, 0), Expect::either},
           {"a buffer of size and no place", with_first(list, no_place), Expect::either},
           {"a buffer of another type", with_first(list, other_type), Expect::either},
           {"a buffer without bytes", with_first(list, no_bytes), Expect::either}}};
}

Parameter buffer(Buffer one) {
  const std::vector<Buffer> list{std::move(one)};
  const auto with = [&list](Change change) {
    return [list, change](Call& call) { return word(place_array(call, list, change)); };
  };
  return {with({}),
          {{"NULL", [](Call&) { return Word{0}; }},
           {"a buffer of size and no place", with(no_place), Expect::either},
           {"a buffer of another type", with(other_type), Expect::either},
           {"a buffer beyond all memory", with(beyond_memory), Expect::either}}};
}

Parameter token_input() {
  return buffers({Buffer{SECBUFFER_TOKEN,
                         [](Call&) {
                           static const std::string token = first_token();
                           return token;
                         }}})
      .lenient();
}

}  // namespace openlsa::walk
