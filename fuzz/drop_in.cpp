// A drop-in, as an administrator may have written it: read, or refused with its file and line.
#include "authority/packages/drop_in.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = authority::parse_drop_in(text, "/etc/openlsa/packages.d/fuzz.toml", "/var/lib/openlsa");
  if (!read) fuzz::require(!read.error().message.empty());
  return 0;
}
