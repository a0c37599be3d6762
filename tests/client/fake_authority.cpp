#include "client/fake_authority.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "wire/dispatch.hpp"
#include "wire/frame.hpp"

namespace openlsa::client {

class FakeCalls final : public NoCalls {
 public:
  explicit FakeCalls(FakeAuthority& authority) : authority_(authority) {}

  seam::HelloReply hello(seam::HelloRequest request) override {
    seam::HelloReply reply;
    if (request.join) ++authority_.joins;
    reply.client = request.join ? request.join : seam::ClientId{++authority_.clients};
    reply.authority_id.fill(7);
    return reply;
  }
  seam::PingReply ping(seam::PingRequest) override {
    ++authority_.pings;
    if (authority_.in_ping) authority_.in_ping();
    return {};
  }
  seam::ConnectReply connect(seam::ConnectRequest request) override {
    if (request.logon_process && !authority_.admin) return {STATUS_PORT_CONNECTION_REFUSED, 0};
    return {STATUS_SUCCESS, 8};
  }
  seam::DisconnectReply disconnect(seam::DisconnectRequest request) override {
    return {request.lsa_handle == 8 ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
  }
  seam::AdminReply admin(seam::AdminRequest request) override {
    return authority_.admin ? authority_.admin(std::move(request)) : NoCalls::admin(std::move(request));
  }
  seam::LookupPackageReply lookup_package(seam::LookupPackageRequest request) override {
    if (request.name == "sshkey") return {STATUS_SUCCESS, 5};
    return {STATUS_NO_SUCH_PACKAGE, 0};
  }
  seam::LsaCallPackageReply lsa_call_package(seam::LsaCallPackageRequest request) override {
    return authority_.call_package(std::move(request));
  }
  seam::LsaLogonUserReply lsa_logon_user(seam::LsaLogonUserRequest request) override {
    return authority_.logon_user(std::move(request));
  }
  seam::CloseTokenReply close_token(seam::CloseTokenRequest request) override {
    authority_.closed_token = request.token;
    return {};
  }
  seam::OpenChannelReply open_channel(seam::OpenChannelRequest request) override {
    seam::OpenChannelReply none;
    none.status = SEC_E_SECPKG_NOT_FOUND;
    return authority_.open_channel ? authority_.open_channel(std::move(request)) : std::move(none);
  }
  seam::EnumeratePackagesReply enumerate_packages(seam::EnumeratePackagesRequest) override {
    return {STATUS_SUCCESS, authority_.packages};
  }
  seam::QueryTokenReply query_token(seam::QueryTokenRequest request) override {
    if (!authority_.token) return {STATUS_INVALID_HANDLE, {}};
    return {STATUS_SUCCESS, authority_.token(request.token)};
  }
  seam::DuplicateTokenReply duplicate_token(seam::DuplicateTokenRequest request) override {
    authority_.duplicated_token = request.token;
    authority_.duplicated_of = request.placed_by;
    return {authority_.duplicates, request.token + 8};
  }
  seam::TokenReply import_token(seam::ImportTokenRequest request) override {
    return {request.descriptor ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER, 16};
  }
  seam::EnumerateSessionsReply enumerate_sessions(seam::EnumerateSessionsRequest) override {
    return {STATUS_SUCCESS, {nt::system_luid, nt::Luid{0x1'0000'0002}}};
  }
  seam::GetSessionDataReply get_session_data(seam::GetSessionDataRequest request) override {
    if (request.logon_id == nt::system_luid) return {};
    seam::SessionData data;
    data.logon_id = request.logon_id;
    data.user_name = u"alice";
    data.sid = nt::well_known::administrators;
    data.logon_type = 2;
    return {STATUS_SUCCESS, data};
  }

  seam::OpenPolicyReply open_policy(seam::OpenPolicyRequest) override { return {STATUS_SUCCESS, 0x40000001}; }
  seam::LookupNamesReply lookup_names(seam::LookupNamesRequest request) override {
    return authority_.lookup_names(std::move(request));
  }
  seam::LookupSidsReply lookup_sids(seam::LookupSidsRequest request) override {
    return authority_.lookup_sids(std::move(request));
  }
  seam::QueryPolicyReply query_policy(seam::QueryPolicyRequest request) override {
    return authority_.query_policy(request);
  }
  seam::NamesOfTokenReply names_of_token(seam::NamesOfTokenRequest request) override {
    return authority_.names_of_token(request);
  }

 private:
  FakeAuthority& authority_;
};

FakeAuthority::FakeAuthority() {
  char name[] = "/tmp/openlsa-client-test-XXXXXX";
  directory_ = ::mkdtemp(name);
  const std::string path = directory_ + "/lsad.sock";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, path.c_str());
  listener_.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_.get(), 16) != 0)
    std::abort();
  ::setenv("OPENLSA_AUTHORITY", path.c_str(), 1);
  acceptor_ = std::thread([this] { accept_all(); });
}

FakeAuthority::~FakeAuthority() {
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  hang_up();
  std::vector<std::thread> servers;
  {
    const base::MutexLock lock(mutex_);
    servers.swap(servers_);
  }
  for (std::thread& server : servers) server.join();
  ::unlink((directory_ + "/lsad.sock").c_str());
  ::rmdir(directory_.c_str());
}

void FakeAuthority::hang_up() {
  const base::MutexLock lock(mutex_);
  for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
}

void FakeAuthority::hang_up_newest() {
  const base::MutexLock lock(mutex_);
  ::shutdown(sockets_.back(), SHUT_RDWR);
}

void FakeAuthority::accept_all() {
  while (true) {
    const int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const base::MutexLock lock(mutex_);
    sockets_.push_back(socket);
    servers_.emplace_back([this, socket] { serve(socket); });
  }
}

void FakeAuthority::serve(int socket) {
  FakeCalls calls(*this);
  while (auto frame = wire::receive_frame(socket)) {
    wire::Message reply;
    if (wire::dispatch(calls, true, frame->header.method, frame->body, reply) != wire::DispatchResult::answered) break;
    frame->header.kind = wire::FrameKind::reply;
    if (!wire::send_frame(socket, frame->header, reply)) break;
  }
  const base::MutexLock lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

}  // namespace openlsa::client
