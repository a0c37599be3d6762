// Session details in one block: five strings of a fixed size each would be a third of a session's kilobyte. Short ones
// stand in the session itself, so that a look-up among a million has one place less to fetch (session.lookup.1m).
#pragma once

#include <array>
#include <memory>

#include "authority/sessions/session_details.hpp"

namespace openlsa::authority {

class PackedDetails {
 public:
  PackedDetails() = default;
  explicit PackedDetails(const SessionDetails& details);
  bool empty() const { return size_ == 0; }
  SessionDetails unpack() const;  // not of an empty one

 private:
  static constexpr std::size_t inline_units = 52;
  const char16_t* units() const { return size_ <= inline_units ? inline_.data() : block_.get(); }

  std::size_t size_ = 0;  // in units
  std::array<char16_t, inline_units> inline_{};
  std::unique_ptr<char16_t[]> block_;  // when they do not fit
};

}  // namespace openlsa::authority
