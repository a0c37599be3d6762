// A finished context as the LSA-mode half hands it to the user-mode half, and as ExportSecurityContext gives it away:
// facts for its attributes, then the session's keys (ntlm/packed_session.hpp).
#pragma once

#include <optional>
#include <string>

#include "ntlm/packed_session.hpp"

namespace msv1_0 {

struct PackedContext {
  bool initiator = false;
  std::uint32_t attributes = 0;    // ISC_RET_* or ASC_RET_*
  std::uint64_t token_handle = 0;  // of the client's token in this process; 0: none
  std::uint64_t started = 0;       // FILETIME
  std::u16string user, domain;     // the client's, on both sides
  std::u16string server;           // as the server named itself
  std::u16string target;           // the SPN that the client named
};

// A limit of a message's own fields.
inline constexpr std::size_t longest_packed_text = 32767;

// What holds a session's keys is wiped.
class PackedBytes {
 public:
  PackedBytes() = default;
  explicit PackedBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
  PackedBytes(PackedBytes&&) = default;
  PackedBytes& operator=(PackedBytes&&) = delete;
  ~PackedBytes() { crypto::wipe(bytes_); }
  ByteView reveal() const { return bytes_; }

 private:
  Bytes bytes_;
};

PackedBytes pack_context(const PackedContext& context, const Session& session);

struct UnpackedContext {
  PackedContext context;
  Session session;
};
// Nothing for what pack_context() cannot have made.
std::optional<UnpackedContext> unpack_context(ByteView bytes);

}  // namespace msv1_0
