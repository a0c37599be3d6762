// LsaCallAuthenticationPackage. A registered logon process of the TCB reaches CallPackage, everybody else
// CallPackageUntrusted. Negotiate is the authority itself.
#include "authority/connection/connection.hpp"
#include "authority/logon/negotiate.hpp"
#include "authority/logon/negotiate_messages.hpp"
#include "authority/logon/routed_call.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;

seam::LsaCallPackageReply failed(nt::Status status) {
  seam::LsaCallPackageReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::LsaCallPackageReply Connection::lsa_call_package(seam::LsaCallPackageRequest request) {
  if (living() == nullptr) return failed(STATUS_ACCESS_DENIED);
  const std::optional<LsaHandle> handle = client_->lsa_handle(request.lsa_handle);
  if (!handle) return failed(STATUS_INVALID_HANDLE);
  if (request.submit_buffer.size() > max_submit_bytes) return failed(STATUS_INVALID_PARAMETER);
  const auto caller = effective_caller(*client_, request.frame);
  if (!caller) return failed(caller.error());
  if (request.package == negotiate_package)
    return call_negotiate(authority_, *caller, request.frame.window, request.submit_buffer.reveal());
  const std::optional<PackageEntry> package = authority_.registry().find(request.package);
  if (!package) return failed(STATUS_NO_SUCH_PACKAGE);
  const std::optional<RunningHost> host = package->file->running(authority_.registry().patience());
  if (!host) return failed(STATUS_INTERNAL_ERROR);

  RoutedCall call(authority_, client_, upcalls_);
  if (const nt::Status status = call.enter(*host, request.package, *caller); status != STATUS_SUCCESS)
    return failed(status);
  const bool trusted = handle->logon_process && client_->has_tcb();
  seam::CallPackageReply answer =
      authority_.registry().call(*host, CallKind::package, "CallPackage", [&](seam::PackageHost& target) {
        return target.call_package({call.origin(request.frame, *caller), request.package,
                                    trusted ? seam::CallPackageKind::trusted : seam::CallPackageKind::untrusted,
                                    std::move(request.submit_buffer), request.submit_address});
      });
  const seam::ClientWindow& window = request.frame.window;
  const bool fits = within(window, answer.writes) &&
                    (answer.return_address == 0 || within(window, answer.return_address, answer.return_size_bytes));
  if (!fits) return failed(STATUS_ACCESS_VIOLATION);
  if (!nt::succeeded(answer.status)) return failed(answer.status);
  call.keep_handles();
  return {answer.status, answer.protocol_status, answer.return_address, answer.return_size_bytes,
          std::move(answer.writes)};
}

}  // namespace openlsa::authority
