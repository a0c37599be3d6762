// A host for tests: each line of a file is the name of a package (and " extender", when it extends Negotiate); "refuse"
// cannot be loaded.
#pragma once

#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include <openlsa/sspi.h>

#include "authority/no_host.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

class FileHost final : public NoHost {
 public:
  explicit FileHost(std::function<void()> lost) : lost_(std::move(lost)) {}

  seam::LoadReply load(seam::LoadRequest request) override {
    std::ifstream file(request.path);
    seam::LoadReply reply;
    for (std::string name; std::getline(file, name); ++reply.table_count) {
      if (name == "refuse") {
        reply.status = STATUS_INVALID_IMAGE_FORMAT;
        reply.reason = "no entry point";
        return reply;
      }
      reply.packages.push_back(package(request.first_id + reply.table_count, std::move(name)));
    }
    return reply;
  }
  seam::LogonUserReply logon_user(seam::LogonUserRequest) override { return {}; }
  seam::CallPackageReply call_package(seam::CallPackageRequest) override { return {}; }
  seam::LogonTerminatedReply logon_terminated(seam::LogonTerminatedRequest) override { return {}; }
  seam::AcceptCredentialsReply accept_credentials(seam::AcceptCredentialsRequest) override { return {}; }
  seam::PostLogonUserReply post_logon_user(seam::PostLogonUserRequest) override { return {}; }
  seam::MintChannelReply mint_channel(seam::MintChannelRequest) override { return {}; }
  seam::ClientGoneReply client_gone(seam::ClientGoneRequest) override { return {}; }
  seam::UnloadReply unload(seam::UnloadRequest) override { return {}; }
  seam::ShutdownReply shutdown(seam::ShutdownRequest) override { return {}; }
  seam::HostHealthReply host_health(seam::HostHealthRequest) override { return {}; }
  seam::PackageChangedReply package_changed(seam::PackageChangedRequest) override { return {}; }
  seam::ChannelEnd open_channel(const seam::ClientView&, seam::PackageId) override { return {STATUS_NOT_SUPPORTED}; }
  std::uint32_t process_id() const override { return 4242; }
  void kill() override { kills.fetch_add(1); }
  bool isolated() const override { return true; }

  static inline std::atomic<int> kills{0};

 private:
  static seam::PackageInfo package(seam::PackageId id, std::string name) {
    seam::PackageInfo info;
    if (const std::size_t mark = name.find(" extender"); mark != std::string::npos) {
      name.resize(mark);
      info.capabilities = SECPKG_FLAG_NEGO_EXTENDER;
    }
    info.id = id;
    info.name = nt::to_utf16(name).value_or(u"");
    info.comment = u"a package of the tests";
    info.interface_version = 1;
    return info;
  }

  std::function<void()> lost_;
};

class FileHostStarter final : public seam::HostStarter {
 public:
  base::OrFailure<std::shared_ptr<seam::PackageHost>> start(const seam::HostSpec&, std::shared_ptr<seam::SupportCalls>,
                                                            std::function<void()> lost) override {
    started.fetch_add(1);
    return std::make_shared<FileHost>(std::move(lost));
  }
  const char* composition() const override { return "isolated"; }
  std::atomic<int> started{0};
};

}  // namespace openlsa::authority
