// A result for the application in one block of memory, for LsaFreeMemory: structures, and behind them what they point
// to.
#pragma once

#include <openlsa/ntsecapi.h>

#include <string_view>

#include "nt/sid.hpp"
#include "nt/status.hpp"
#include "win32/information_block.hpp"

namespace openlsa::client {

class ResultBlock {
 public:
  // Zeroed structures, one behind the other; the offset of the first.
  template <class T>
  std::size_t add(std::size_t count = 1) {
    return block_.reserve(count * sizeof(T), alignof(T));
  }
  template <class T>
  void write(std::size_t offset, const T& value) {
    block_.write(offset, value);
  }
  void point(std::size_t offset, std::size_t target) { block_.point(offset, target); }
  // The UNICODE_STRING at `offset` gets the text, with a zero behind it. False when it is too long for one.
  bool write_text(std::size_t offset, std::u16string_view text);
  // The PSID at `offset`; it stays NULL for no SID.
  void write_sid(std::size_t offset, const nt::Sid& sid);

  // STATUS_NO_MEMORY, with `out` untouched.
  template <class T>
  nt::Status hand_out(T** out) const {
    void* made = nullptr;
    const nt::Status status = copy(&made);
    if (status == STATUS_SUCCESS) *out = static_cast<T*>(made);
    return status;
  }

 private:
  nt::Status copy(void** out) const;
  win32::InformationBlock block_;
};

}  // namespace openlsa::client
