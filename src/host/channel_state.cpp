#include "host/channel_state.hpp"

#include "host/chain.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
ChannelState::ChannelState(Runtime& runtime, const LoadedPackage& package, const seam::ClientView& view,
                           seam::ClientCalls* upcalls)
    : runtime_(runtime), package_(package), view_(view), upcalls_(upcalls) {}

nt::Status ChannelState::origin_of(const seam::ClientCallFrame& frame, seam::CallOrigin& origin) {
  if ((frame.call_attributes & ~std::uint32_t{SECPKG_CALL_ANSI}) != 0) return STATUS_INVALID_PARAMETER;
  origin = origin_without_frame(frame.call_attributes);
  origin.thread_id = frame.thread_id;
  origin.window = frame.window;
  return closed() ? SEC_E_INVALID_HANDLE : SEC_E_OK;
}

seam::CallOrigin ChannelState::origin_without_frame(std::uint32_t call_attributes) {
  seam::CallOrigin origin;
  origin.view = view_;
  origin.chain = new_chain();
  origin.call_attributes = call_attributes;
  origin.call_count = 1;
  if ((call_attributes & SECPKG_CALL_PROCESS_TERM) != 0) origin.view.client_flags |= SECPKG_CLIENT_PROCESS_TERMINATED;
  return origin;
}

nt::Status ChannelState::insert(HandleKind kind, std::uint64_t package_handle, seam::SecHandleValue& name) {
  auto entry = std::make_shared<HandleEntry>();
  entry->kind = kind;
  entry->package_handle = package_handle;
  count(kind, 1);
  nt::Status failure = SEC_E_INSUFFICIENT_MEMORY;
  {
    const base::MutexLock lock(mutex_);
    entry->call_attributes = SECPKG_CALL_CLEANUP | (process_terminated_ ? SECPKG_CALL_PROCESS_TERM : 0);
    if (closed_) failure = SEC_E_INVALID_HANDLE;  // the package was removed while it made the object
    const auto slot = closed_ ? std::nullopt : handles_.insert(entry);
    if (slot) {
      name = {*slot, static_cast<std::uint64_t>(kind)};
      return SEC_E_OK;
    }
  }
  free_in_package(*entry);
  return failure;
}

void ChannelState::discard(HandleKind kind, std::uint64_t package_handle) {
  HandleEntry entry;
  entry.kind = kind;
  entry.package_handle = package_handle;
  count(kind, 1);
  free_in_package(entry);
}

std::shared_ptr<HandleEntry> ChannelState::find(HandleKind kind, seam::SecHandleValue name) {
  if (name.upper != static_cast<std::uint64_t>(kind) || name.lower > UINT32_MAX) return nullptr;
  auto* found = handles_.find(static_cast<std::uint32_t>(name.lower));
  return found != nullptr && (*found)->kind == kind ? *found : nullptr;
}

ChannelState::Use ChannelState::use(HandleKind kind, seam::SecHandleValue name) {
  const base::MutexLock lock(mutex_);
  auto entry = find(kind, name);
  if (!entry) return {};
  ++entry->users;
  ++users_;
  return Use(shared_from_this(), std::move(entry));
}

ChannelState::Use::~Use() {
  if (!entry_) return;
  bool last_of_freed = false;
  {
    const base::MutexLock lock(channel_->mutex_);
    last_of_freed = --entry_->users == 0 && entry_->freed;
  }
  if (last_of_freed) channel_->free_in_package(*entry_);
  const base::MutexLock lock(channel_->mutex_);
  if (--channel_->users_ == 0) channel_->unused_.notify_all();
}

void ChannelState::wait_for_users() {
  mutex_.lock();
  unused_.wait(mutex_, [this]() OPENLSA_REQUIRES(mutex_) { return users_ == 0; });
  mutex_.unlock();
}

void ChannelState::wait_for_users(std::chrono::steady_clock::time_point deadline) {
  mutex_.lock();
  unused_.wait_until(mutex_, deadline, [this]() OPENLSA_REQUIRES(mutex_) { return users_ == 0; });
  mutex_.unlock();
}

nt::Status ChannelState::free(HandleKind kind, seam::SecHandleValue name) {
  std::shared_ptr<HandleEntry> entry;
  {
    const base::MutexLock lock(mutex_);
    entry = find(kind, name);
    if (!entry) return SEC_E_INVALID_HANDLE;
    handles_.take(static_cast<std::uint32_t>(name.lower));
    entry->freed = true;
    entry->call_attributes = 0;
    if (entry->users != 0) return SEC_E_OK;
  }
  return free_in_package(*entry);
}

void ChannelState::close(bool process_terminated) {
  std::vector<std::shared_ptr<HandleEntry>> contexts, credentials;
  {
    const base::MutexLock lock(mutex_);
    if (closed_) return;
    closed_ = true;
    process_terminated_ = process_terminated;
    std::vector<std::uint32_t> names;
    handles_.for_each([&](std::uint32_t name, std::shared_ptr<HandleEntry>&) { names.push_back(name); });
    for (const std::uint32_t name : names) {
      auto entry = *handles_.take(name);
      entry->freed = true;
      entry->call_attributes = SECPKG_CALL_CLEANUP | (process_terminated ? SECPKG_CALL_PROCESS_TERM : 0);
      if (entry->users == 0) (entry->kind == HandleKind::context ? contexts : credentials).push_back(std::move(entry));
    }
  }
  // Contexts may refer to credentials: they go first.
  for (const auto& entry : contexts) free_in_package(*entry);
  for (const auto& entry : credentials) free_in_package(*entry);
}

bool ChannelState::closed() {
  const base::MutexLock lock(mutex_);
  return closed_;
}

std::uint64_t ChannelState::opaque_context(seam::SecHandleValue name) const {
  return view_.channel.value << 28 | (name.lower & 0xfffffff);
}

void ChannelState::count(HandleKind kind, int difference) {
  HandleCounts& counts = runtime_.handle_counts();
  (kind == HandleKind::context ? counts.contexts : counts.credentials) += static_cast<std::uint32_t>(difference);
}

nt::Status ChannelState::free_in_package(const HandleEntry& entry) {
  count(entry.kind, -1);
  const seam::CallOrigin origin = origin_without_frame(entry.call_attributes);
  CurrentCall call(runtime_, package_, &origin, upcalls_, CurrentCall::Kind::farewell);
  const auto& table = package_.table;
  if (entry.kind == HandleKind::context) {
    if (table.DeleteContext == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
    return call.enter("SpDeleteContext", SEC_E_INTERNAL_ERROR,
                      [&] { return table.DeleteContext(entry.package_handle); });
  }
  if (table.FreeCredentialsHandle == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
  return call.enter("SpFreeCredentialsHandle", SEC_E_INTERNAL_ERROR,
                    [&] { return table.FreeCredentialsHandle(entry.package_handle); });
}

}  // namespace openlsa::host
