// The loaded file of a user-mode half: its entry point, its memory, and the note of openlsa/ntsecpkg.h.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace openlsa::client {

class UserModule {
 public:
  // Loads the file, which runs its constructors, and leaves it loaded.
  static base::OrFailure<UserModule> load(const std::string& file);

  // SpUserModeInitialize of this very file; what a library that it needs exports does not count.
  SpUserModeInitializeFn initializer() const;
  // The tables that SpUserModeInitialize gave: copies, each with the slots that both sides know. They must lie in the
  // file (they stay property of the DLL), and every slot must be NULL or name code.
  base::OrFailure<std::vector<SECPKG_USER_FUNCTION_TABLE>> copy_tables(const SECPKG_USER_FUNCTION_TABLE* tables,
                                                                       ULONG count) const;
  // Whether the range lies within one readable segment of this file.
  bool holds(const void* address, std::size_t size_bytes) const;

 private:
  struct Segment {
    std::uintptr_t start;
    std::uintptr_t end;
  };
  base::OrFailure<> read_segments();
  void read_note(const std::uint8_t* notes, std::size_t size_bytes);

  void* handle_ = nullptr;
  std::vector<Segment> readable_;
  std::optional<std::uint32_t> table_bytes_;  // nothing when the file was built without our header
};

}  // namespace openlsa::client
