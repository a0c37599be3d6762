#include "user_mode/context.hpp"

#include <openlsa/windows.h>

namespace msv1_0 {

UserContext::~UserContext() {
  if (facts_.token_handle != 0) CloseHandle(token());
}

NTSTATUS UserContext::seal(const MessageBuffers& message, ULONG sequence) {
  const std::lock_guard lock(sending());
  const NTSTATUS status = session_.seal(message.segments(), message.signature(), sequence);
  if (status == SEC_E_OK) message.finish_token();
  return status;
}

NTSTATUS UserContext::sign(const MessageBuffers& message, ULONG sequence) {
  const std::lock_guard lock(sending());
  const NTSTATUS status = session_.sign(message.segments(), message.signature(), sequence);
  if (status == SEC_E_OK) message.finish_token();
  return status;
}

NTSTATUS UserContext::unseal(const MessageBuffers& message, ULONG sequence) {
  const std::lock_guard lock(receiving());
  return session_.unseal(message.segments(), message.signature(), sequence);
}

NTSTATUS UserContext::verify(const MessageBuffers& message, ULONG sequence) {
  const std::lock_guard lock(receiving());
  return session_.verify(message.segments(), message.signature(), sequence);
}

void UserContext::mech_list_mic_done(bool verified) {
  const std::lock_guard lock(verified ? receiving() : sending());
  session_.restart_key_stream(verified ? Session::Protected::by_peer : Session::Protected::by_us);
}

PackedBytes UserContext::pack(bool reset) {
  PackedContext facts = facts_;
  facts.token_handle = 0;  // it travels beside the context
  const std::lock_guard one(mutexes_[0]);
  const std::lock_guard other(mutexes_[1]);
  return pack_context(facts,
                      reset ? Session(session_.flags(), session_.role(), session_.exported_session_key()) : session_);
}

}  // namespace msv1_0
