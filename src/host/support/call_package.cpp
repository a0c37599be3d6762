// CallPackage, CallPackageEx, CallPackagePassthrough, FreeReturnBuffer: another package by its name. The other package
// sees this host as its client, with a window of this process's memory to return into, so that embedded pointers are
// right here.
#include <sys/syscall.h>
#include <unistd.h>

#include "host/chain.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "host/support/heaps.hpp"
#include "host/support/return_windows.hpp"

namespace openlsa::host::support {
namespace {

// Whose call this is a part of: the client's, or, on a thread of the package's own, one that begins here.
void name_chain(seam::CallOtherPackageRequest& request) {
  const CurrentCall* call = CurrentCall::current();
  request.waiting = request.caller.chain ? request.caller.chain : new_chain();
  request.thread_id = call != nullptr && call->origin() != nullptr ? call->origin()->thread_id
                                                                   : static_cast<std::uint32_t>(::syscall(SYS_gettid));
}

NTSTATUS call_other(bool pass_through, PUNICODE_STRING AuthenticationPackage, PVOID ClientBufferBase,
                    PVOID ProtocolSubmitBuffer, ULONG SubmitBufferLength, PVOID* ProtocolReturnBuffer,
                    PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || ProtocolReturnBuffer == nullptr || ReturnBufferLength == nullptr ||
      ProtocolStatus == nullptr || (ProtocolSubmitBuffer == nullptr && SubmitBufferLength != 0))
    return STATUS_INVALID_PARAMETER;
  *ProtocolReturnBuffer = nullptr;
  *ReturnBufferLength = 0;
  auto name = marshal::copy_text(AuthenticationPackage, marshal::Reach::anywhere);
  if (!name || !*name) return STATUS_INVALID_PARAMETER;
  ReturnWindow window;
  if (!window.reserve()) return STATUS_NO_MEMORY;
  seam::CallOtherPackageRequest request;
  request.caller = calling_package(*runtime);
  request.package_name = std::move(**name);
  request.submit_buffer = base::Secret(base::as_bytes(ProtocolSubmitBuffer, SubmitBufferLength));
  request.submit_address = reinterpret_cast<std::uintptr_t>(ClientBufferBase);
  request.window = window.window();
  request.pass_through = pass_through;
  name_chain(request);
  const auto reply = runtime->support().call_other_package(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  *ProtocolStatus = reply.protocol_status;
  if (reply.return_address == 0) return reply.status;
  PVOID buffer = window.keep(reply.writes, reply.return_address, reply.return_size_bytes);
  if (buffer == nullptr) return STATUS_UNSUCCESSFUL;  // the answer points outside the window
  *ProtocolReturnBuffer = buffer;
  *ReturnBufferLength = reply.return_size_bytes;
  return reply.status;
}

}  // namespace

NTSTATUS call_package_ex(PUNICODE_STRING AuthenticationPackage, PVOID ClientBufferBase, PVOID ProtocolSubmitBuffer,
                         ULONG SubmitBufferLength, PVOID* ProtocolReturnBuffer, PULONG ReturnBufferLength,
                         PNTSTATUS ProtocolStatus) {
  return call_other(false, AuthenticationPackage, ClientBufferBase, ProtocolSubmitBuffer, SubmitBufferLength,
                    ProtocolReturnBuffer, ReturnBufferLength, ProtocolStatus);
}

// "The LSA does not examine or alter the arguments" (LSA_CALL_PACKAGE_PASSTHROUGH).
NTSTATUS call_package_passthrough(PUNICODE_STRING AuthenticationPackage, PVOID ClientBufferBase,
                                  PVOID ProtocolSubmitBuffer, ULONG SubmitBufferLength, PVOID* ProtocolReturnBuffer,
                                  PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus) {
  return call_other(true, AuthenticationPackage, ClientBufferBase, ProtocolSubmitBuffer, SubmitBufferLength,
                    ProtocolReturnBuffer, ReturnBufferLength, ProtocolStatus);
}

NTSTATUS call_package(PUNICODE_STRING AuthenticationPackage, PVOID ProtocolSubmitBuffer, ULONG SubmitBufferLength,
                      PVOID* ProtocolReturnBuffer, PULONG ReturnBufferLength, PNTSTATUS ProtocolStatus) {
  return call_package_ex(AuthenticationPackage, ProtocolSubmitBuffer, ProtocolSubmitBuffer, SubmitBufferLength,
                         ProtocolReturnBuffer, ReturnBufferLength, ProtocolStatus);
}

VOID free_return_buffer(PVOID Base) {
  if (!ReturnWindow::release(Base)) free_block("FreeReturnBuffer", Base, lsa_heap::Heap::lsa);
}

}  // namespace openlsa::host::support
