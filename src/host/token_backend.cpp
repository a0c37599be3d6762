#include "host/token_backend.hpp"

#include "host/support/calling_thread.hpp"
#include "win32/token_backend.hpp"

namespace openlsa::host {
namespace {

using support::calling_package;
using support::calling_runtime;

class HostTokenBackend final : public win32::TokenBackend {
 public:
  nt::Status query(std::uint32_t token, nt::TokenData& data) override {
    const std::shared_ptr<Runtime> runtime = calling_runtime();
    if (runtime == nullptr) return STATUS_INVALID_HANDLE;
    auto reply = runtime->support().query_host_token({calling_package(*runtime), token});
    data = std::move(reply.data);
    return reply.status;
  }

  win32::TokenHandleReply duplicate(std::uint32_t token, bool same, nt::TokenType type,
                                    nt::ImpersonationLevel level) override {
    const std::shared_ptr<Runtime> runtime = calling_runtime();
    if (runtime == nullptr) return {STATUS_INVALID_HANDLE, 0};
    const auto reply = runtime->support().duplicate_host_token({calling_package(*runtime), {token, same, type, level}});
    return {reply.status, reply.token};
  }

  nt::Status close(std::uint32_t token) override {
    const std::shared_ptr<Runtime> runtime = calling_runtime();
    return runtime == nullptr ? STATUS_INVALID_HANDLE : runtime->support().close_host_token({token}).status;
  }

  win32::LuidBlock allocate_luids(std::uint32_t count) override {
    const std::shared_ptr<Runtime> runtime = calling_runtime();
    if (runtime == nullptr) return {STATUS_UNSUCCESSFUL, {}, 0};
    const auto reply = runtime->support().host_allocate_luids({count});
    return {reply.status, reply.first, reply.count};
  }

  // A host passes no tokens on as descriptors; what its client may have goes through DuplicateHandle.
  nt::Status export_token(std::uint32_t, base::UniqueFd&) override { return STATUS_NOT_SUPPORTED; }
  win32::TokenHandleReply import_token(base::UniqueFd) override { return {STATUS_NOT_SUPPORTED, 0}; }

  nt::Status authority_id(std::array<std::uint8_t, 32>& id) override {
    const std::shared_ptr<Runtime> runtime = calling_runtime();
    if (runtime == nullptr) return STATUS_UNSUCCESSFUL;
    id = runtime->authority_id();
    return STATUS_SUCCESS;
  }
};

}  // namespace

void install_token_backend() {
  static auto& backend = *new HostTokenBackend;  // must live as long as the process
  openlsa_private_install_backend(win32::Side::host, &backend);
}

}  // namespace openlsa::host
