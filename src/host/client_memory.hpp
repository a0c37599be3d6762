// What one call may see and change of its client's memory: reads come from what the call submitted and from what was
// written before; writes go to a shadow of the window that the client reserved for this call, and travel with the
// reply. Nothing else of the client can be reached.
#pragma once

#include <map>
#include <span>

#include "nt/status.hpp"
#include "seam/identity.hpp"
#include "seam/values.hpp"

namespace openlsa::host {

class ClientMemory {
 public:
  // Most that one call may return to its client; the reply must fit a message.
  static constexpr std::uint64_t max_bytes = 8u << 20;
  static constexpr std::uint64_t alignment = 16;

  explicit ClientMemory(seam::ClientWindow window);

  // Makes a piece of the client's memory readable. The bytes must live as long as the call.
  void submit(std::uint64_t address, base::ByteView bytes);

  // STATUS_NO_MEMORY when the window has no room.
  nt::Status allocate(std::uint32_t size_bytes, std::uint64_t& address);
  // STATUS_INVALID_PARAMETER unless `address` is the start of a block of this call.
  nt::Status free(std::uint64_t address);
  // STATUS_ACCESS_VIOLATION unless the whole range lies within one block.
  nt::Status write(std::uint64_t address, base::ByteView bytes);
  // STATUS_ACCESS_VIOLATION unless the whole range lies within one submitted piece or one block.
  nt::Status read(std::uint64_t address, base::MutableByteView out) const;
  // A copy of what can be read there, for the package to work on until the call ends (MapBuffer). NULL is NULL.
  // STATUS_ACCESS_VIOLATION as above; STATUS_NO_MEMORY beyond max_bytes in one call.
  nt::Status map(std::uint64_t address, std::uint32_t size_bytes, void*& mapped);

  bool is_block(std::uint64_t address, std::uint64_t size_bytes) const;
  bool holds(std::uint64_t address, std::uint64_t size_bytes) const { return find(address, size_bytes) != nullptr; }
  // The bytes actually written and the blocks that are left.
  seam::ClientWrites take_writes();
  void drop();

 private:
  struct Block {
    std::uint64_t size_bytes = 0;  // as asked for
    base::Bytes shadow;
    std::map<std::uint64_t, std::uint64_t> written;  // offset -> end, disjoint
  };
  struct Piece {
    std::uint64_t address;
    base::ByteView bytes;
  };
  const std::pair<const std::uint64_t, Block>* find(std::uint64_t address, std::uint64_t size_bytes) const;
  const std::uint8_t* readable(std::uint64_t address, std::uint64_t size_bytes) const;  // null: it is not

  std::uint64_t base_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t used_bytes_ = 0;
  std::map<std::uint64_t, Block> blocks_;  // by address
  std::vector<Piece> submitted_;
  std::uint64_t mapped_bytes_ = 0;
  std::vector<base::Secret> mapped_;
};

}  // namespace openlsa::host
