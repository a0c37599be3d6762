// Where the process's token handles live: libsecur32 installs a backend over the client's connection, a host one over
// its support calls. Both are C++ objects of the same build, so the interface may speak C++ across the library.
#pragma once

#include <array>
#include <cstdint>

#include "base/unique_fd.hpp"
#include "nt/status.hpp"
#include "nt/token_data.hpp"

namespace openlsa::win32 {

struct TokenHandleReply {
  nt::Status status = 0;
  std::uint32_t token = 0;
};
struct LuidBlock {
  nt::Status status = 0;
  nt::Luid first;
  std::uint32_t count = 0;
};

// Calls may come from any thread at once. `token` 0 is the caller's own: of the process, or of the host.
class TokenBackend {
 public:
  virtual ~TokenBackend() = default;
  virtual nt::Status query(std::uint32_t token, nt::TokenData& data) = 0;
  // `same`: another handle to the same token; otherwise a new token of the type and level.
  virtual TokenHandleReply duplicate(std::uint32_t token, bool same, nt::TokenType type,
                                     nt::ImpersonationLevel level) = 0;
  virtual nt::Status close(std::uint32_t token) = 0;
  virtual LuidBlock allocate_luids(std::uint32_t count) = 0;
  // Which life of the process's client the handles belong to: after a fork, or when the authority was restarted, the
  // process is a new client and older values name nothing. A host has one life.
  virtual std::uint32_t epoch() { return 0; }

  // openlsa.h: a token as a descriptor, and back; the authority's identity. A side that has no answer (a host) says
  // STATUS_NOT_SUPPORTED.
  virtual nt::Status export_token(std::uint32_t token, base::UniqueFd& descriptor) = 0;
  virtual TokenHandleReply import_token(base::UniqueFd descriptor) = 0;
  virtual nt::Status authority_id(std::array<std::uint8_t, 32>& id) = 0;
};

// Which side of the seam a thread works for. In the embedded composition both live in one process and name the same
// tokens by the same values; a thread inside a package call asks through the host's backend (which names the current
// call to the authority), every other thread through the client's.
enum class Side : std::uint32_t { client, host };

}  // namespace openlsa::win32

extern "C" {
// Installs the backend of one side; it must live as long as the process. The first installation of a side wins:
// false when there is one already.
bool openlsa_private_install_backend(openlsa::win32::Side side, openlsa::win32::TokenBackend* backend);
}
