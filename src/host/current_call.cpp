#include "host/current_call.hpp"

#include <exception>

#include "base/log.hpp"
#include "host/runtime.hpp"
#include "host/support/client_call.hpp"

namespace openlsa::host {
namespace {

thread_local CurrentCall* innermost = nullptr;

}  // namespace

CurrentCall::CurrentCall(Runtime& runtime, const LoadedPackage& package, const seam::CallOrigin* origin,
                         seam::ClientCalls* upcalls, Kind kind)
    : runtime_(runtime),
      package_(package),
      origin_(origin),
      upcalls_(upcalls),
      memory_(origin == nullptr ? seam::ClientWindow{} : origin->window),
      cleans_up_(origin != nullptr && (origin->call_attributes & SECPKG_CALL_CLEANUP) != 0),
      started_(std::chrono::steady_clock::now()),
      kind_(kind),
      outer_(innermost) {
  if (origin != nullptr && (origin->view.client_flags & SECPKG_CLIENT_PROCESS_TERMINATED) != 0) terminated_.store(true);
  if (kind != Kind::background) {
    answer_.emplace();
    runtime_.calls().add(*this);
  }
  // In this order: who marks the package first and then waits for its calls misses none.
  refused_ = kind == Kind::call && package.unloaded.load();
  innermost = this;
}

CurrentCall::~CurrentCall() {
  innermost = outer_;
  if (kind_ != Kind::background) runtime_.calls().remove(*this);
}

CurrentCall* CurrentCall::current() { return innermost; }

bool CurrentCall::is_of_this_thread() const {
  for (const CurrentCall* call = innermost; call != nullptr; call = call->outer_)
    if (call == this) return true;
  return false;
}

std::chrono::milliseconds CurrentCall::worked() const {
  const base::MutexLock lock(wait_mutex_);
  const auto until = waiting_since_.value_or(Clock::now());
  return std::chrono::duration_cast<std::chrono::milliseconds>(until - started_ - waited_);
}

CurrentCall::ClientWait::ClientWait(CurrentCall& call) : call_(call) {
  const base::MutexLock lock(call_.wait_mutex_);
  call_.waiting_since_ = Clock::now();
}

CurrentCall::ClientWait::~ClientWait() {
  const base::MutexLock lock(call_.wait_mutex_);
  call_.waited_ += Clock::now() - *call_.waiting_since_;
  call_.waiting_since_.reset();
}

seam::SupportCaller CurrentCall::caller() const {
  seam::SupportCaller result;
  result.package = package_.id;
  if (origin_ != nullptr) {
    result.client = origin_->view.client;
    result.channel = origin_->view.channel;
    result.chain = origin_->chain;
  }
  return result;
}

void CurrentCall::revoke_client_tokens() {
  for (const std::uint32_t token : std::exchange(client_tokens_, {}))
    runtime_.support().revoke_from_client({caller(), token});
}

// What the function returns is nobody's: ReturnToLsa was FALSE.
void CurrentCall::continue_in_client() {
  AppMode mode = *std::exchange(app_mode_, std::nullopt);
  if (origin_ == nullptr || client_gone()) return;
  seam::ClientCallbackRequest request;
  request.package = package_.id;
  request.callback = mode.function;
  request.argument1 = mode.argument1;
  request.argument2 = mode.argument2;
  request.input = std::move(mode.data);
  const nt::Status status = support::call_client(*this, std::move(request)).status;
  if (!nt::succeeded(status))
    base::log(base::LogLevel::debug,
              "security package " + package_.display_name() + ": the function of SetAppModeInfo failed in the client");
}

void CurrentCall::report_exception(const LoadedPackage& package, const char* entry_name) {
  std::string what = "an exception of unknown type";
  try {
    throw;
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
  }
  base::log(base::LogLevel::error, "security package " + package.display_name() + " let an exception out of " +
                                       entry_name + " (" + what + "); the call failed, the package stays");
}

}  // namespace openlsa::host
