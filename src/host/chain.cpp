#include "host/chain.hpp"

#include <atomic>

#include "base/random.hpp"

namespace openlsa::host {

seam::ChainId new_chain() {
  static const std::uint64_t start = [] {
    std::uint64_t value = 0;
    base::fill_random({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    return value;
  }();
  static std::atomic<std::uint64_t> made{0};
  const std::uint64_t value = start + made.fetch_add(1, std::memory_order_relaxed);
  return {value == 0 ? start + made.fetch_add(1, std::memory_order_relaxed) : value};
}

}  // namespace openlsa::host
