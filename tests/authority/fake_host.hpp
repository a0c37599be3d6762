// A host whose packages are written in the test: what they answer is a function, what they hear is a list.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "authority/no_host.hpp"

namespace openlsa::authority {

// What the packages of all hosts of one file heard, over restarts.
class Heard {
 public:
  void add(std::string event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    changed_.notify_all();
  }
  void add(seam::AcceptCredentialsRequest request) {
    const std::lock_guard lock(mutex_);
    accepted_.push_back(std::move(request));
    changed_.notify_all();
  }
  std::size_t count(const std::string& event) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count(events_.begin(), events_.end(), event));
  }
  // Returns when it was heard so often; the test's own time limit ends a wait that is in vain.
  void wait_for(const std::string& event, std::ptrdiff_t times = 1) const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return std::count(events_.begin(), events_.end(), event) >= times; });
  }
  std::size_t accepted_count() const {
    const std::lock_guard lock(mutex_);
    return accepted_.size();
  }
  template <class F>
  auto accepted(std::size_t index, F&& look) const {
    const std::lock_guard lock(mutex_);
    return look(accepted_.at(index));
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::string> events_;
  std::vector<seam::AcceptCredentialsRequest> accepted_;
};

inline std::string terminated(nt::Luid session) { return "terminated " + std::to_string(session.value); }

// package_changed: 0 is SECPKG_PACKAGE_CHANGE_LOAD, 1 UNLOAD.
inline std::string changed(std::uint32_t type, seam::PackageId package) {
  return "changed " + std::to_string(type) + " " + std::to_string(package);
}

struct FakePackage {
  std::u16string name = u"Fake";
  std::function<seam::LogonUserReply(seam::LogonUserRequest)> logon_user;
  std::function<seam::CallPackageReply(seam::CallPackageRequest)> call_package;
  // The slots count as filled when there is a function.
  std::function<seam::PreLogonSurrogateReply(seam::PreLogonSurrogateRequest)> pre_surrogate;
  std::function<seam::PostLogonSurrogateReply(seam::PostLogonSurrogateRequest)> post_surrogate;
  std::function<seam::ValidateTargetInfoReply(seam::ValidateTargetInfoRequest)> validate_target;
  std::function<seam::ExtractTargetInfoReply(seam::ExtractTargetInfoRequest)> extract_target;
  std::function<void(nt::Luid)> on_terminated;
  std::function<void()> on_accept;                // AcceptCredentials
  std::function<void()> on_changed;               // package_changed
  std::function<void(seam::LoadReply&)> on_load;  // what the host says of its packages
  // Of a domain door, which has no packages.
  std::function<seam::LogOnDomainAccountReply(seam::LogOnDomainAccountRequest)> log_on_domain;
  std::function<seam::LookUpDomainAccountReply(seam::LookUpDomainAccountRequest)> look_up_domain;
  std::function<seam::EnumerateDomainsReply()> enumerate_domains;
  std::function<seam::ChangeDomainPasswordReply(seam::ChangeDomainPasswordRequest)> change_domain_password;
  std::vector<seam::ContextThunks> context_thunks;  // what the host was told to set
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
};

class FakeHost final : public NoHost {
 public:
  FakeHost(FakePackage& package, std::function<void()> lost) : package_(package), lost_(std::move(lost)) {}

  // As when the process ends: calls fail from now on.
  void die() {
    if (!dead_.exchange(true)) lost_();
  }
  bool dead() const { return dead_; }

  seam::LoadReply load(seam::LoadRequest request) override {
    seam::PackageInfo info;
    info.id = request.first_id;
    info.name = package_.name;
    info.supports_logon = info.supports_sspi = true;
    info.capabilities = 0x2800;  // SECPKG_FLAG_LOGON | SECPKG_FLAG_NEGOTIABLE
    if (package_.pre_surrogate) info.slots |= std::uint64_t{1} << seam::slot_pre_logon_user_surrogate;
    if (package_.post_surrogate) info.slots |= std::uint64_t{1} << seam::slot_post_logon_user_surrogate;
    package_.context_thunks = std::move(request.context_thunks);
    seam::LoadReply reply;
    if (request.door != seam::Door::security_packages) return reply;
    reply.packages.push_back(info);
    reply.table_count = 1;
    if (package_.on_load) package_.on_load(reply);
    return reply;
  }
  seam::LogonUserReply logon_user(seam::LogonUserRequest request) override {
    seam::LogonUserReply reply;
    reply.status = SEC_E_INTERNAL_ERROR;
    if (dead_) return reply;
    reply = package_.logon_user(std::move(request));
    if (dead_) {
      reply = {};
      reply.status = SEC_E_INTERNAL_ERROR;
    }
    return reply;
  }
  seam::CallPackageReply call_package(seam::CallPackageRequest request) override {
    return package_.call_package(std::move(request));
  }
  seam::LogOnDomainAccountReply log_on_domain_account(seam::LogOnDomainAccountRequest request) override {
    seam::LogOnDomainAccountReply reply;
    reply.status = SEC_E_INTERNAL_ERROR;
    return dead_ ? std::move(reply) : package_.log_on_domain(std::move(request));
  }
  seam::LookUpDomainAccountReply look_up_domain_account(seam::LookUpDomainAccountRequest request) override {
    return package_.look_up_domain(std::move(request));
  }
  seam::EnumerateDomainsReply enumerate_domains(seam::EnumerateDomainsRequest) override {
    return package_.enumerate_domains();
  }
  seam::ChangeDomainPasswordReply change_domain_password(seam::ChangeDomainPasswordRequest request) override {
    return package_.change_domain_password(std::move(request));
  }
  seam::LogonTerminatedReply logon_terminated(seam::LogonTerminatedRequest request) override {
    if (dead_) return {SEC_E_INTERNAL_ERROR};
    if (package_.on_terminated) package_.on_terminated(request.logon_id);
    if (dead_) return {SEC_E_INTERNAL_ERROR};
    package_.heard->add(terminated(request.logon_id));
    return {};
  }
  seam::AcceptCredentialsReply accept_credentials(seam::AcceptCredentialsRequest request) override {
    if (dead_) return {SEC_E_INTERNAL_ERROR};
    package_.heard->add(std::move(request));
    if (package_.on_accept) package_.on_accept();
    return {};
  }
  seam::PostLogonUserReply post_logon_user(seam::PostLogonUserRequest request) override {
    package_.heard->add("post " + std::to_string(request.logon_id.value));
    return {};
  }
  seam::PreLogonSurrogateReply pre_logon_surrogate(seam::PreLogonSurrogateRequest request) override {
    return package_.pre_surrogate(std::move(request));
  }
  seam::PostLogonSurrogateReply post_logon_surrogate(seam::PostLogonSurrogateRequest request) override {
    return package_.post_surrogate(std::move(request));
  }
  seam::ValidateTargetInfoReply validate_target_info(seam::ValidateTargetInfoRequest request) override {
    return package_.validate_target(std::move(request));
  }
  seam::ExtractTargetInfoReply extract_target_info(seam::ExtractTargetInfoRequest request) override {
    return package_.extract_target(std::move(request));
  }
  seam::ClientGoneReply client_gone(seam::ClientGoneRequest request) override {
    package_.heard->add("gone " + std::to_string(request.client.value));
    return {};
  }
  seam::UnloadReply unload(seam::UnloadRequest request) override {
    package_.heard->add("unload " + std::to_string(request.package));
    return {};
  }
  seam::ShutdownReply shutdown(seam::ShutdownRequest) override { return {}; }
  seam::HostHealthReply host_health(seam::HostHealthRequest) override { return {}; }
  seam::PackageChangedReply package_changed(seam::PackageChangedRequest request) override {
    if (package_.on_changed) package_.on_changed();
    if (!dead_) package_.heard->add(changed(request.change_type, request.package));
    return {};
  }
  seam::ChannelEnd open_channel(const seam::ClientView& view, seam::PackageId) override {
    seam::ChannelEnd end;
    end.in_process = true;
    package_.heard->add("channel of " + std::to_string(view.client.value));
    return end;
  }
  std::uint32_t process_id() const override { return 1; }
  void kill() override {
    package_.heard->add("killed");
    die();
  }
  bool isolated() const override { return true; }

 private:
  FakePackage& package_;
  const std::function<void()> lost_;
  std::atomic<bool> dead_{false};
};

// Gives each drop-in, by its name, the packages of the test.
class FakeStarter final : public seam::HostStarter {
 public:
  explicit FakeStarter(std::function<FakePackage&(const std::string&)> packages) : packages_(std::move(packages)) {}
  base::OrFailure<std::shared_ptr<seam::PackageHost>> start(const seam::HostSpec& spec,
                                                            std::shared_ptr<seam::SupportCalls>,
                                                            std::function<void()> lost) override {
    auto host = std::make_shared<FakeHost>(packages_(spec.name), std::move(lost));
    const std::lock_guard lock(mutex_);
    hosts_.emplace_back(spec.name, host);
    return host;
  }
  const char* composition() const override { return "isolated"; }
  // The newest host of the file.
  std::shared_ptr<FakeHost> host(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    for (auto entry = hosts_.rbegin(); entry != hosts_.rend(); ++entry)
      if (entry->first == name) return entry->second;
    return nullptr;
  }
  std::size_t started() const {
    const std::lock_guard lock(mutex_);
    return hosts_.size();
  }

 private:
  const std::function<FakePackage&(const std::string&)> packages_;
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, std::shared_ptr<FakeHost>>> hosts_;
};

}  // namespace openlsa::authority
