// The shared object of a package: its entry points, its memory, and the note that says how large its tables are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace openlsa::base {

// What openlsa/ntsecpkg.h left in the file when it was compiled (ELF note "OpenLSA", type 1, section .note.openlsa):
// the sizes of the tables as that header knew them, hence the stride of the arrays.
struct TableSizes {
  std::uint32_t function_table_bytes = 0;
  std::uint32_t user_function_table_bytes = 0;
  bool operator==(const TableSizes&) const = default;
};

class Module {
 public:
  // Loads the file, which runs its constructors. The path must be absolute: nothing is searched for.
  static OrFailure<Module> open(const std::string& path);

  Module() = default;
  Module(Module&& other) noexcept;
  Module& operator=(Module&& other) noexcept;
  ~Module();

  explicit operator bool() const { return handle_ != nullptr; }
  const std::string& path() const { return path_; }

  // An exported function of this very file; what a library that it needs exports does not count.
  template <class Function>
  Function* function(const char* name) const {
    return reinterpret_cast<Function*>(reinterpret_cast<std::uintptr_t>(symbol(name)));
  }
  // Whether the range lies within one readable segment of this file.
  bool holds(const void* address, std::size_t size_bytes) const;
  // Nothing when the file was built without our header.
  std::optional<TableSizes> table_sizes() const { return table_sizes_; }

  // Once a package of the file was initialised its threads and callbacks may run for ever: the file then stays mapped
  // when this goes.
  void leave_loaded() { leave_loaded_ = true; }

 private:
  struct Segment {
    std::uintptr_t start;
    std::uintptr_t end;
  };
  const void* symbol(const char* name) const;
  OrFailure<> read_segments();
  void close();

  std::string path_;
  void* handle_ = nullptr;
  bool leave_loaded_ = false;
  std::vector<Segment> readable_;
  std::optional<TableSizes> table_sizes_;
};

// Whether `address` lies in an executable segment of any file of this process: what a slot of a table must name.
bool is_code(const void* address);

}  // namespace openlsa::base
