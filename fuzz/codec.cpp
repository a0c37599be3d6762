// Every request and every reply, read from bytes: [which][descriptors][bytes]. What can be read is written as exactly
// the same bytes again, so no message has two forms.
#include "wire/codec.hpp"
#include "fuzz/fuzz.hpp"
#include "fuzz/interfaces.hpp"

using namespace openlsa;

namespace {

// Descriptors here are none (-1): their presence bytes say "there", and encode says "not there"; such values are not
// compared.
template <class Value>
void read_and_write(base::ByteView bytes, std::size_t descriptor_count) {
  std::vector<base::UniqueFd> descriptors(descriptor_count);
  auto value = wire::decode<Value>(bytes, descriptors);
  if (!value) return;
  const wire::Message again = wire::encode(*value);
  if (descriptor_count == 0) fuzz::require(base::equal(again.bytes, bytes));
}

using Reader = void (*)(base::ByteView, std::size_t);
constexpr Reader readers[] = {
#define OPENLSA_READERS(number, function, Message, permission, duration) \
  read_and_write<seam::Message##Request>, read_and_write<seam::Message##Reply>,
    OPENLSA_ALL_CALLS(OPENLSA_READERS)
#undef OPENLSA_READERS
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const Reader read = readers[input.byte() % std::size(readers)];
  const std::size_t descriptors = input.byte() % 3;
  read(input.rest(), descriptors);
  return 0;
}
