// DER: every element lies in the input, and what was read is written the same.
#include "client/negotiate/der.hpp"

#include "client/negotiate/object_identifier.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;
namespace negotiate = client::negotiate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ByteView rest(data, size);
  while (const auto element = negotiate::take_der(rest)) {
    fuzz::require(element->whole.size() <= size && element->content.size() < element->whole.size());
    fuzz::require(base::equal(negotiate::make_der(element->tag, element->content), element->whole));
    negotiate::DerMembers members(element->content);
    for (unsigned number = 0; number < 5; ++number) members.take(number);
    members.at_end(4);
  }
  const auto identifier = negotiate::identifier_of_package({data, size});
  fuzz::require(!identifier || negotiate::is_object_identifier(*identifier));
  return 0;
}
