// What a package may do with the memory of its client, in any order: nothing outside of the window and of what was
// submitted is read or written. A plain array is the model.
#include <algorithm>
#include <map>

#include "fuzz/fuzz.hpp"
#include "host/client_memory.hpp"

using namespace openlsa;

namespace {

constexpr std::uint64_t base_address = 0x10000;
constexpr std::uint64_t largest_window = 4096;

// Addresses near the places that matter, and wild ones.
std::uint64_t address(fuzz::Input& input) {
  const std::uint64_t offset = input.number<std::uint16_t>();
  switch (input.byte() % 4) {
    case 0:
      return base_address + offset % (2 * largest_window);
    case 1:
      return UINT64_MAX - offset;
    case 2:
      return offset;
    default:
      return input.number<std::uint64_t>();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const seam::ClientWindow window{
      input.byte() % 8 == 0 ? address(input) : base_address,
      input.byte() % 8 == 0 ? input.number<std::uint64_t>() : input.number<std::uint16_t>() % largest_window};
  host::ClientMemory memory(window);
  base::Bytes submitted(64, 0x77);
  const std::uint64_t submitted_at = address(input);
  memory.submit(submitted_at, submitted);
  std::map<std::uint64_t, std::uint64_t> blocks;  // address -> size
  const auto in_window = [&](std::uint64_t at, std::uint64_t bytes) {
    return at >= window.base && at - window.base <= window.size_bytes &&
           bytes <= window.size_bytes - (at - window.base);
  };
  const auto in_block = [&](std::uint64_t at, std::uint64_t bytes) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const auto& block) {
      return at >= block.first && at - block.first <= block.second && bytes <= block.second - (at - block.first);
    });
  };

  base::Bytes buffer(largest_window * 2);
  for (int step = 0; step < 64 && !input.empty(); ++step) {
    const std::uint8_t what = input.byte() % 4;
    const std::uint64_t at = address(input);
    const std::size_t bytes = input.number<std::uint16_t>() % buffer.size();
    if (what == 0) {
      std::uint64_t given = 0;
      const auto wanted = input.byte() % 8 == 0 ? input.number<std::uint32_t>() : static_cast<std::uint32_t>(bytes);
      if (memory.allocate(wanted, given) != STATUS_SUCCESS) continue;
      fuzz::require(in_window(given, wanted));
      for (const auto& [other, length] : blocks) fuzz::require(given + wanted <= other || other + length <= given);
      fuzz::require(blocks.emplace(given, wanted).second);
    } else if (what == 1) {
      fuzz::require((memory.free(at) == STATUS_SUCCESS) == (blocks.erase(at) != 0));
    } else if (what == 2) {
      const bool written = memory.write(at, base::ByteView(buffer).first(bytes)) == STATUS_SUCCESS;
      fuzz::require(written == in_block(at, bytes));
    } else if (memory.read(at, base::MutableByteView(buffer).first(bytes)) == STATUS_SUCCESS) {
      const bool of_submitted = at >= submitted_at && at - submitted_at <= submitted.size() &&
                                bytes <= submitted.size() - (at - submitted_at);
      fuzz::require(of_submitted || in_block(at, bytes));
    }
  }
  const seam::ClientWrites result = memory.take_writes();
  fuzz::require(result.allocations.size() == blocks.size());
  for (const auto& write : result.writes) fuzz::require(in_block(write.address, write.bytes.size()));
  return 0;
}
