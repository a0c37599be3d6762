// A finished context in the application: what it is, and its keys.
#pragma once

#include <mutex>

#include "common/packed_context.hpp"
#include "user_mode/message_buffers.hpp"

namespace msv1_0 {

class UserContext {
 public:
  // The token of the packed context is this object's once it exists.
  UserContext(PackedContext facts, Session session) : facts_(std::move(facts)), session_(std::move(session)) {}
  UserContext(const UserContext&) = delete;
  UserContext& operator=(const UserContext&) = delete;
  ~UserContext();

  NTSTATUS seal(const MessageBuffers& message, ULONG sequence);
  NTSTATUS unseal(const MessageBuffers& message, ULONG sequence);
  NTSTATUS sign(const MessageBuffers& message, ULONG sequence);
  NTSTATUS verify(const MessageBuffers& message, ULONG sequence);

  // Negotiate has made, or verified, its mechListMIC (OPENLSA_ATTR_MECH_LIST_MIC).
  void mech_list_mic_done(bool verified);

  const PackedContext& facts() const { return facts_; }
  HANDLE token() const { return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(facts_.token_handle)); }
  std::uint32_t flags() const { return session_.flags(); }
  const Key& session_key() const { return session_.exported_session_key(); }
  // As it is now, without the token; `reset`: as it was after the handshake.
  PackedBytes pack(bool reset);

 private:
  // Both directions of a context with extended session security have state of their own.
  std::mutex& sending() { return mutexes_[0]; }
  std::mutex& receiving() { return mutexes_[(flags() & flag::extended_session_security) != 0 ? 1 : 0]; }

  const PackedContext facts_;
  std::mutex mutexes_[2];
  Session session_;
};

}  // namespace msv1_0
