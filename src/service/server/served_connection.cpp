#include "service/server/served_connection.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "wire/proxy.hpp"

namespace openlsa::service {

bool ServedConnection::serve(wire::Frame& frame) {
  if (frame.header.kind != wire::FrameKind::request) {
    audit_malformed("a frame that is no request");
    return false;
  }
  request_ = frame.header.id;
  // The host's deadline goes on while the client is asked: half of it is the client's at most.
  const std::chrono::milliseconds half(authority_.configuration().call_deadline_seconds * 500);
  upcall_time_.left = std::min(wire::UpcallTime{}.left, half);
  wire::Message reply;
  const auto result = wire::dispatch(*calls_, calls_->has_tcb(), frame.header.method, frame.body, reply);
  if (result != wire::DispatchResult::answered) {
    audit_malformed(wire::describe(result));
    return false;
  }
  // The client waits with an empty buffer; one whose buffer is full does not read, and is dropped.
  return !upcall_failed_ && wire::send_reply(socket_.get(), frame.header, reply).has_value();
}

void ServedConnection::audit_malformed(const char* why) {
  authority::AuditEvent event;
  event.event = "connection-refused";
  event.client_pid = calls_->peer().process_id;
  event.client_uid = calls_->peer().uid;
  event.detail = why;
  authority_.audit().record(event);
}

seam::ClientCallbackReply ServedConnection::client_callback(seam::ClientCallbackRequest request) {
  wire::UpcallTransport transport(socket_.get(), request_, upcall_time_);
  auto reply = wire::ClientProxy(transport).client_callback(std::move(request));
  upcall_failed_ |= transport.broken();
  return reply;
}

}  // namespace openlsa::service
