#include "host/runtime.hpp"

namespace openlsa::host {

seam::ShutdownReply Runtime::shutdown(seam::ShutdownRequest) {
  if (!loaded_.load(std::memory_order_acquire) || shut_down_.exchange(true)) return {STATUS_SUCCESS};
  for (const auto& channel : channels_where([](const seam::ClientView&) { return true; })) channel->close(false);
  // In reverse order of their initialisation.
  for (auto package = packages_.rbegin(); package != packages_.rend(); ++package) {
    auto* entry = (*package)->table.Shutdown;
    if (entry == nullptr) continue;
    CurrentCall call(*this, **package, nullptr);
    call.enter("SpShutdown", STATUS_UNHANDLED_EXCEPTION, [&] { return entry(); });
  }
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::host
