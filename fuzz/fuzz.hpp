// What the targets share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace openlsa::fuzz {

// A property that does not hold is a finding like any crash.
inline void require(bool holds) {
  if (!holds) std::abort();
}

// Takes an input apart from its front; past its end everything is 0.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t value = rest_.front();
    rest_ = rest_.subspan(1);
    return value;
  }
  template <class Number>
  Number number() {
    Number value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = static_cast<Number>(value | Number{byte()} << 8 * i);
    return value;
  }
  base::ByteView bytes(std::size_t size) {
    const base::ByteView taken = rest_.first(size < rest_.size() ? size : rest_.size());
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  base::ByteView rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  base::ByteView rest_;
};

inline std::string_view text(base::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace openlsa::fuzz
