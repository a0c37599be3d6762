// A finished context in the application: what it is, and its keys in the form that OpenSSL uses. One lock per
// direction, so that sending and receiving do not wait for each other.
#pragma once

#include <mutex>

#include "protocol/packed_context.hpp"
#include "user_mode/message_buffers.hpp"

namespace sshkey {

class UserContext {
 public:
  // Throws std::bad_alloc; the token of the packed context is this object's only once it exists.
  explicit UserContext(PackedContext packed);
  UserContext(const UserContext&) = delete;
  UserContext& operator=(const UserContext&) = delete;
  ~UserContext();

  NTSTATUS seal(const MessageBuffers& message);
  NTSTATUS unseal(const MessageBuffers& message);
  NTSTATUS sign(const MessageBuffers& message);
  NTSTATUS verify(const MessageBuffers& message);

  // Without keys.
  const PackedContext& facts() const { return facts_; }
  HANDLE token() const { return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(facts_.token_handle)); }
  bool has_expired() const;

  // For tests of the last message before the numbers run out.
  void set_next_sequence(std::uint64_t next) { next_ = next; }

 private:
  NTSTATUS protect(GcmKey& key, bool encrypt, const MessageBuffers& message);
  NTSTATUS check(GcmKey& key, bool decrypt, const MessageBuffers& message);

  PackedContext facts_;
  std::mutex sending_;
  GcmKey seal_, sign_;
  std::uint64_t next_ = 0;  // of both, so that all messages of a direction stand in one order
  std::mutex receiving_;
  GcmKey unseal_, verify_;
  ReceiveWindow window_;
};

}  // namespace sshkey
