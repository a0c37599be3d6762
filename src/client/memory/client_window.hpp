// Where a call may return memory to this process: address space reserved for that one call, PROT_NONE until the reply
// writes to it. The other side lays out its answer for these addresses, so embedded pointers are right without another
// round trip. Nothing outside of the window is ever written for a reply.
#pragma once

#include <cstddef>
#include <cstdint>

#include "client/memory/client_buffers.hpp"
#include "seam/identity.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

class ClientWindow {
 public:
  static constexpr std::size_t default_size_bytes = std::size_t{4} << 20;

  // Reserves address space. Without any, the window is empty (valid() is false) and the call cannot be made.
  explicit ClientWindow(std::size_t size_bytes = default_size_bytes);
  // Whatever was not handed out by apply() is unmapped.
  ~ClientWindow();
  ClientWindow(const ClientWindow&) = delete;
  ClientWindow& operator=(const ClientWindow&) = delete;

  bool valid() const { return base_ != 0; }
  seam::ClientWindow view() const { return {base_, size_bytes_}; }

  // Checks the whole answer, then writes it and hands its blocks to the application, who frees them by `function`.
  // False when any part lies outside of the window or memory is short: nothing was written, the window is gone.
  // Once per window.
  bool apply(const seam::ClientWrites& writes, FreedBy function);

  // After apply(), when the answer turns out to be useless: frees its blocks before the application has seen them.
  void take_back();

  // After apply(): whether these bytes lie within one block that the application now owns. True for {0, 0}.
  bool readable(std::uint64_t address, std::uint64_t size_bytes) const;
  // The same, and the address is the start of the block, so that the application can free it.
  bool is_block(std::uint64_t address, std::uint64_t size_bytes) const;

 private:
  const seam::ClientBlock* block_of(std::uint64_t address, std::uint64_t size_bytes) const;
  bool take_blocks(const std::vector<seam::ClientBlock>& blocks);
  bool commit(const seam::ClientWrites& writes, FreedBy function);
  void release();

  std::uint64_t base_ = 0;
  std::size_t size_bytes_ = 0;
  bool untouched_ = true;                  // every page is PROT_NONE as it was reserved
  std::vector<seam::ClientBlock> blocks_;  // of the answer, by address, disjoint
};

}  // namespace openlsa::client
