// The memory of one call. Every block ends at a page that nobody may touch, so that who reads or writes past its end
// crashes; outputs are filled with a canary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace openlsa::walk {

// What a failing call may do to an output.
enum class OnFailure {
  untouched,
  zeroed,   // the function documents that it sets its outputs to zero
  written,  // documented as written by some failures: a size that is needed, a status
};

struct Cell {
  std::string name;
  unsigned char* at = nullptr;
  std::size_t size = 0;
  OnFailure on_failure = OnFailure::untouched;
  std::vector<std::int32_t> written_with{};       // the statuses of those failures; none is all
  bool whole = true;                              // on success every byte is written; else any of them
  bool required = true;                           // on success something is written
  std::function<void(unsigned char*)> release{};  // after success
  std::vector<unsigned char> before{};
};

class Memory {
 public:
  explicit Memory(unsigned char canary) : canary_(canary) {}
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  unsigned char canary() const { return canary_; }
  // Uninitialised; the end is at the guard, but for what the alignment takes.
  unsigned char* block(std::size_t size, std::size_t alignment = 1);
  void* copy(const void* bytes, std::size_t size, std::size_t alignment = 1);
  template <class T>
  T* copy(const T& value) {
    return static_cast<T*>(copy(&value, sizeof value));
  }
  // An output full of the canary.
  unsigned char* output(Cell cell);
  // Memory that is an output although it has a value before the call.
  void watch(Cell cell);

  const std::vector<Cell>& cells() const { return cells_; }

 private:
  struct Mapping {
    void* base;
    std::size_t size;
  };
  unsigned char canary_;
  std::vector<Mapping> mappings_;
  std::vector<Cell> cells_;
};

// Which bytes of the cell differ from what they were.
std::vector<bool> written(const Cell& cell);
// An empty text when the failing call kept its promise.
std::string broken_promise(const Cell& cell, std::int32_t status);

}  // namespace openlsa::walk
