// Session details in one block: five strings of a fixed size each would be a third of a session's kilobyte.
#pragma once

#include <memory>

#include "authority/sessions/session_details.hpp"

namespace openlsa::authority {

class PackedDetails {
 public:
  PackedDetails() = default;
  explicit PackedDetails(const SessionDetails& details);
  bool empty() const { return block_ == nullptr; }
  SessionDetails unpack() const;  // not of an empty one

 private:
  std::unique_ptr<char16_t[]> block_;
};

}  // namespace openlsa::authority
