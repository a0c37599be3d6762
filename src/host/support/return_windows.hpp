// A reservation of this process's memory that another package's answer is placed in.
#pragma once

#include "host/memory_ledger.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::host::support {

class ReturnWindow {
 public:
  static constexpr std::uint64_t size_bytes = 8u << 20;

  ReturnWindow() = default;
  ~ReturnWindow();
  ReturnWindow(const ReturnWindow&) = delete;
  ReturnWindow& operator=(const ReturnWindow&) = delete;

  // Address space only: nothing can be read or written there yet.
  bool reserve();
  seam::ClientWindow window() const;
  // Applies the answer; the buffer then lives until release(). Null, and nothing kept, when a write or the buffer does
  // not lie within the window.
  void* keep(const seam::ClientWrites& writes, std::uint64_t address, std::uint32_t size);
  // FreeReturnBuffer: the window that holds the buffer goes, wiped. False: no such buffer.
  static bool release(void* buffer);
  static bool is_buffer(void* buffer);
  static void add_live(MemoryLedger& ledger);

 private:
  void* base_ = nullptr;
};

}  // namespace openlsa::host::support
