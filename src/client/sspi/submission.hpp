// Pieces of this process's memory that a call submits: passwords and keys may be among them. The channel wipes those
// that it sent, this those of a call that ended before.
#pragma once

#include "base/secret.hpp"
#include "seam/identity.hpp"

namespace openlsa::client {

class Submitted {
 public:
  explicit Submitted(std::vector<seam::ClientMemory>& pieces) : pieces_(pieces) {}
  ~Submitted() {
    for (seam::ClientMemory& piece : pieces_) base::wipe(piece.bytes);
  }
  Submitted(const Submitted&) = delete;
  Submitted& operator=(const Submitted&) = delete;

 private:
  std::vector<seam::ClientMemory>& pieces_;
};

}  // namespace openlsa::client
