// Pieces of client memory that a request brought: readable with CopyFromClientBuffer as long as the call runs, wiped
// with it. Identity structures hold passwords, and some attributes are keys.
#pragma once

#include "host/client_memory.hpp"

namespace openlsa::host {

class SubmittedPieces {
 public:
  explicit SubmittedPieces(std::vector<seam::ClientMemory>& pieces) : pieces_(pieces) {}
  SubmittedPieces(const SubmittedPieces&) = delete;
  SubmittedPieces& operator=(const SubmittedPieces&) = delete;
  ~SubmittedPieces() {
    for (auto& piece : pieces_) base::wipe(piece.bytes);
  }
  void make_readable(ClientMemory& memory) const {
    for (const auto& piece : pieces_) memory.submit(piece.address, piece.bytes);
  }

 private:
  std::vector<seam::ClientMemory>& pieces_;
};

}  // namespace openlsa::host
