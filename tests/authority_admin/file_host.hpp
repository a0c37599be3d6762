// A host for tests: the "package" in a file is a line of text, which is its name (and " extender", when it extends
// Negotiate); "refuse" cannot be loaded.
#pragma once

#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include <openlsa/sspi.h>

#include "nt/utf.hpp"
#include "seam/host_starter.hpp"

namespace openlsa::authority {

class FileHost final : public seam::PackageHost {
 public:
  explicit FileHost(std::function<void()> lost) : lost_(std::move(lost)) {}

  seam::LoadReply load(seam::LoadRequest request) override {
    std::string name;
    std::ifstream file(request.path);
    std::getline(file, name);
    seam::LoadReply reply;
    if (name == "refuse") {
      reply.status = STATUS_INVALID_IMAGE_FORMAT;
      reply.reason = "no entry point";
      return reply;
    }
    seam::PackageInfo info;
    if (const std::size_t mark = name.find(" extender"); mark != std::string::npos) {
      name.resize(mark);
      info.capabilities = SECPKG_FLAG_NEGO_EXTENDER;
    }
    info.id = request.first_id;
    info.name = nt::to_utf16(name).value_or(u"");
    info.comment = u"a package of the tests";
    info.interface_version = 1;
    reply.packages.push_back(info);
    reply.table_count = 1;
    return reply;
  }
  seam::LogonUserReply logon_user(seam::LogonUserRequest) override { return {}; }
  seam::CallPackageReply call_package(seam::CallPackageRequest) override { return {}; }
  seam::LogonTerminatedReply logon_terminated(seam::LogonTerminatedRequest) override { return {}; }
  seam::AcceptCredentialsReply accept_credentials(seam::AcceptCredentialsRequest) override { return {}; }
  seam::PostLogonUserReply post_logon_user(seam::PostLogonUserRequest) override { return {}; }
  seam::MintChannelReply mint_channel(seam::MintChannelRequest) override { return {}; }
  seam::ClientGoneReply client_gone(seam::ClientGoneRequest) override { return {}; }
  seam::ShutdownReply shutdown(seam::ShutdownRequest) override { return {}; }
  seam::HostHealthReply host_health(seam::HostHealthRequest) override { return {}; }
  seam::ChannelEnd open_channel(const seam::ClientView&, seam::PackageId) override { return {STATUS_NOT_SUPPORTED}; }
  std::uint32_t process_id() const override { return 4242; }
  void kill() override { kills.fetch_add(1); }
  bool isolated() const override { return true; }

  static inline std::atomic<int> kills{0};

 private:
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
