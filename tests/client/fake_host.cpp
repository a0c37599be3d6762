#include "client/fake_host.hpp"

#include <openlsa/sspi.h>
#include <openssl/evp.h>
#include <sys/socket.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "wire/blocking_channel.hpp"
#include "wire/dispatch.hpp"
#include "wire/frame.hpp"

namespace openlsa::client {

const std::string& installed_half() {
  // Lives until the exit handler has removed the directory.
  static const std::string& path = []() -> const std::string& {
    char name[] = "/tmp/openlsa-client-half-XXXXXX";
    static const std::string& copy = *new std::string(std::string(::mkdtemp(name)) + "/half.so");
    std::filesystem::copy_file(CLIENT_TEST_HALF, copy);
    std::filesystem::permissions(copy, std::filesystem::perms(0755));
    std::atexit([] { std::filesystem::remove_all(std::filesystem::path(copy).parent_path()); });
    return copy;
  }();
  return path;
}

FakeHost::FakeHost(FakeAuthority& authority, const std::string& half) {
  package.id = 9;
  package.name = u"half";
  package.comment = u"a test";
  package.max_token = 500;
  package.supports_sspi = package.has_user_half = true;
  std::ifstream file(half, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  authority.open_channel = [this, half](seam::OpenChannelRequest request) {
    seam::OpenChannelReply reply;
    if (request.package_name != u"Half") {
      reply.status = SEC_E_SECPKG_NOT_FOUND;
      return reply;
    }
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    reply.channel.value = static_cast<std::uint64_t>(++channels);
    reply.package = package;
    reply.user_half_path = half;
    reply.file_hash = hash;
    reply.socket.reset(ends[0]);
    const base::MutexLock lock(mutex_);
    sockets_.push_back(ends[1]);
    threads_.emplace_back([this, socket = ends[1]] { serve(socket); });
    return reply;
  };
}

FakeHost::~FakeHost() {
  die();
  std::vector<std::thread> threads;
  {
    const base::MutexLock lock(mutex_);
    threads.swap(threads_);
  }
  for (std::thread& thread : threads) thread.join();
}

void FakeHost::die() {
  const base::MutexLock lock(mutex_);
  for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
}

void FakeHost::serve(int socket) {
  while (auto frame = wire::receive_frame(socket)) {
    wire::UpcallTransport upcall(socket, frame->header.id);
    call_back = [&](seam::ClientCallbackRequest request) {
      return wire::ClientProxy(upcall).client_callback(std::move(request));
    };
    wire::Message reply;
    if (wire::dispatch(*this, frame->header.method, frame->body, reply) != wire::DispatchResult::answered) break;
    frame->header.kind = wire::FrameKind::reply;
    if (!wire::send_frame(socket, frame->header, reply)) break;
  }
  const base::MutexLock lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

seam::ContextReply FakeHost::finished(std::uint8_t key, std::uint8_t token) {
  const std::uint8_t packed[] = {key, token};
  seam::ContextReply reply;
  reply.context = {next++, 2};
  reply.mapped = true;
  reply.context_data = base::Secret(base::ByteView(packed));
  reply.lsa_context = 0x1000 + reply.context.lower;
  return reply;
}

seam::AcquireCredentialsReply FakeHost::acquire_credentials(seam::AcquireCredentialsRequest request) {
  if (on_acquire) on_acquire(request);
  return {STATUS_SUCCESS, {next++, 1}, {77}};
}
seam::FreeCredentialsReply FakeHost::free_credentials(seam::FreeCredentialsRequest) {
  ++freed_credentials;
  return {};
}
seam::QueryCredentialsAttributesReply FakeHost::query_credentials_attributes(seam::QueryCredentialsAttributesRequest) {
  return {SEC_E_UNSUPPORTED_FUNCTION, {}, {}};
}
seam::InitializeContextReply FakeHost::initialize_context(seam::InitializeContextRequest request) {
  return on_initialize(request);
}
seam::AcceptContextReply FakeHost::accept_context(seam::AcceptContextRequest request) { return on_accept(request); }
seam::DeleteContextReply FakeHost::delete_context(seam::DeleteContextRequest) {
  ++deleted_contexts;
  return {};
}
seam::ApplyControlTokenReply FakeHost::apply_control_token(seam::ApplyControlTokenRequest) { return {}; }
seam::QueryContextAttributesReply FakeHost::query_context_attributes(seam::QueryContextAttributesRequest request) {
  return on_query(request);
}
seam::AddCredentialsReply FakeHost::add_credentials(seam::AddCredentialsRequest request) { return on_add(request); }
seam::SetContextAttributesReply FakeHost::set_context_attributes(seam::SetContextAttributesRequest request) {
  return {on_set_context(request)};
}
seam::SetCredentialsAttributesReply FakeHost::set_credentials_attributes(
    seam::SetCredentialsAttributesRequest request) {
  return {on_set_credential(request)};
}
seam::ChangeAccountPasswordReply FakeHost::change_account_password(seam::ChangeAccountPasswordRequest request) {
  return on_password(request);
}
seam::QueryMetaDataReply FakeHost::query_meta_data(seam::QueryMetaDataRequest request) {
  return on_query_meta_data(request);
}
seam::ExchangeMetaDataReply FakeHost::exchange_meta_data(seam::ExchangeMetaDataRequest request) {
  return on_exchange_meta_data(request);
}
seam::GetUserInfoReply FakeHost::get_user_info(seam::GetUserInfoRequest request) { return on_user_info(request); }
seam::GetCredUiContextReply FakeHost::get_cred_ui_context(seam::GetCredUiContextRequest request) {
  return on_cred_ui(request);
}
seam::UpdateContextCredentialsReply FakeHost::update_context_credentials(
    seam::UpdateContextCredentialsRequest request) {
  return {on_update(request)};
}
seam::SaveCredentialsReply FakeHost::save_credentials(seam::SaveCredentialsRequest request) {
  return {on_save(request)};
}
seam::GetSavedCredentialsReply FakeHost::get_saved_credentials(seam::GetSavedCredentialsRequest request) {
  return on_get_saved(request);
}
seam::DeleteSavedCredentialsReply FakeHost::delete_saved_credentials(seam::DeleteSavedCredentialsRequest request) {
  return {on_delete_saved(request)};
}

}  // namespace openlsa::client
