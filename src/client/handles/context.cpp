#include "client/handles/context.hpp"

#include <cstring>

#include "client/connection/process_client.hpp"
#include "client/handles/credential.hpp"
#include "client/handles/free_quietly.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/user_mode/user_halves.hpp"

namespace openlsa::client {
namespace {

// The packed context as SpInitUserModeContext gets it; the package frees it with FreeContextBuffer, which wipes it.
bool pack(const base::Secret& data, SecBuffer& packed) {
  packed = {static_cast<ULONG>(data.size()), SECBUFFER_TOKEN,
            allocate_buffer(data.size(), FreedBy::free_context_buffer, MadeFor::package)};
  if (packed.pvBuffer != nullptr && !data.empty()) std::memcpy(packed.pvBuffer, data.reveal().data(), data.size());
  return packed.pvBuffer != nullptr;
}

}  // namespace

Credential::~Credential() { free_quietly(*this); }
Context::~Context() { free_quietly(*this); }

nt::Status Context::map(base::Secret packed, std::uint64_t lsa_context) {
  UserHalf* loaded = UserHalves::of_process().load(*channel_);
  if (loaded == nullptr) return SEC_E_INTERNAL_ERROR;
  if (loaded->table().InitUserModeContext == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
  SecBuffer buffer{};
  if (!pack(packed, buffer)) return SEC_E_INSUFFICIENT_MEMORY;
  packed.clear();
  const base::MutexLock lock(mapping_);
  const bool first = half() == nullptr;
  const LSA_SEC_HANDLE name = first ? loaded->claim_context(lsa_context) : user_context_;
  const nt::Status status = loaded->call(loaded->table().InitUserModeContext, name, &buffer);
  if (!nt::succeeded(status)) {
    if (first) loaded->release_context(name);
    return status;
  }
  user_context_ = name;
  half_.store(loaded, std::memory_order_release);
  return SEC_E_OK;
}

bool Context::continues(bool inbound) {
  if (imported_) return false;
  const Direction wanted = inbound ? Direction::inbound : Direction::outbound;
  Direction known = Direction::open;
  return direction_.compare_exchange_strong(known, wanted) || known == wanted;
}

nt::Status Context::lsa_mode() const {
  if (imported_) return SEC_E_INVALID_HANDLE;
  if (channel_->alive()) return SEC_E_OK;
  return finished() ? SEC_E_INTERNAL_ERROR : SEC_E_INVALID_HANDLE;
}

nt::Status Context::user_mode(UserHalf*& found) const {
  if (!finished() && !channel_->alive()) return SEC_E_INVALID_HANDLE;
  found = half();
  if (found != nullptr) return SEC_E_OK;
  return finished() ? SEC_E_UNSUPPORTED_FUNCTION : SEC_E_INVALID_HANDLE;
}

nt::Status Context::free() {
  if (std::exchange(freed_, true)) return SEC_E_OK;
  nt::Status status = SEC_E_OK;
  if (UserHalf* mapped = half()) {
    if (mapped->table().DeleteUserModeContext != nullptr)
      status = mapped->call(mapped->table().DeleteUserModeContext, user_context_);
    mapped->release_context(user_context_);
  }
  if (imported_) {
    // The half closes its token; one that it left open goes here, and a handle that is closed already names nothing.
    const auto client = imported_token_ == 0 ? nullptr : ProcessClient::of_epoch(channel_->epoch());
    if (client) client->call(&seam::AuthorityCalls::close_token, {imported_token_});
    return status;
  }
  const nt::Status in_lsa_mode = channel_->free(seam::DeleteContextRequest{name_});
  return nt::succeeded(status) ? in_lsa_mode : status;
}

}  // namespace openlsa::client
