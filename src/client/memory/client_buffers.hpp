// The memory that this library hands to the application and takes back: blocks in a call's window (client_window.hpp)
// and blocks that the library makes itself. All are found here by address; each is taken back by the one function that
// its documentation names.
#pragma once

#include <openlsa/sspi.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "seam/values.hpp"

namespace openlsa::client {

// The function that frees a block. FreeContextBuffer and FreeHeap (SECPKG_DLL_FUNCTIONS) are one, and SspiLocalFree and
// SspiFreeAuthIdentity are.
enum class FreedBy : std::uint8_t {
  lsa_free_return_buffer,
  free_context_buffer,
  lsa_free_memory,
  audit_free,
  sspi_local_free
};
inline constexpr std::array<const char*, 5> freeing_functions{"LsaFreeReturnBuffer", "FreeContextBuffer",
                                                              "LsaFreeMemory", "AuditFree", "SspiLocalFree"};

// Who asked for it: this library, or a package (AllocateClientBuffer, AllocateHeap, the packed context of a half).
enum class MadeFor : std::uint8_t { library, package };

// A zeroed block (enumeration results, session data, SSPI output); nullptr without memory.
void* allocate_buffer(std::size_t size_bytes, FreedBy function, MadeFor made_for = MadeFor::library);

// The application, or a half, frees by `function`: wiped. False, and counted, when the address is not the start of a
// block that is freed so: nothing happens.
bool free_buffer(const void* block, FreedBy function);
// The library takes its own block back before anybody has seen it. What is none is counted as a refused free.
void discard_buffer(const void* block);
// What an application or a half named, and may have made elsewhere, or freed: a block that `function` frees goes, and
// anything else stays.
void free_if_buffer(const void* block, FreedBy function);

// A block of somebody else's, who frees it with this function, once for each time that it is adopted. False without
// memory: free_buffer does not know it.
bool adopt_buffer(void* block, SECURITY_STATUS (*free)(void*));

// The size of a block that was handed out, as it was asked for; nothing when the address is not the start of one, or
// the block is adopted.
std::optional<std::size_t> buffer_size(const void* block);

// For ClientWindow: hands out blocks of one mapping, which goes with the last of them. False without memory: nothing
// was handed out, and the mapping stays the caller's.
bool hand_out_mapping(void* mapping, std::size_t size_bytes, std::span<const seam::ClientBlock> blocks,
                      FreedBy function);

// What lives, and how often the wrong function, or a wrong address, was refused.
struct BufferCounts {
  struct Use {
    std::uint64_t library = 0;
    std::uint64_t packages = 0;
    bool operator==(const Use&) const = default;
  };
  std::array<Use, freeing_functions.size()> blocks;  // by FreedBy
  std::uint64_t refused_frees = 0;
  bool operator==(const BufferCounts&) const = default;
};
BufferCounts buffer_counts();

}  // namespace openlsa::client
