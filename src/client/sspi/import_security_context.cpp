#include <cstring>

#include "client/bare/bare_providers.hpp"
#include "client/bare/bare_transfer.hpp"
#include "client/channels/channel_cache.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/context.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/impersonate_context_token_only.hpp"
#include "client/sspi/packed_context.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"
#include "client/user_mode/user_halves.hpp"
#include "nt/utf.hpp"
#include "win32/local_object.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// The application's token stays its own: the context gets a handle that goes with it.
class ContextsToken {
 public:
  explicit ContextsToken(ProcessClient& client) : client_(client) {}
  ~ContextsToken() {
    if (handle_ != 0) client_.call(&seam::AuthorityCalls::close_token, {handle_});
  }
  ContextsToken(const ContextsToken&) = delete;
  ContextsToken& operator=(const ContextsToken&) = delete;

  nt::Status duplicate(const void* given) {
    const auto value = reinterpret_cast<std::uintptr_t>(given);
    if (value == 0) return SEC_E_OK;
    const auto token = static_cast<std::uint32_t>(value);
    if (value > INT32_MAX || !openlsa::win32::is_token_handle(token)) return SEC_E_INVALID_HANDLE;
    const auto copy = client_.call(&seam::AuthorityCalls::duplicate_token, {token, true});
    if (nt::succeeded(copy.status)) handle_ = copy.token;
    return copy.status;
  }
  std::uint32_t handle() const { return handle_; }
  void release() { handle_ = 0; }

 private:
  ProcessClient& client_;
  std::uint32_t handle_ = 0;
};

// SpImportSecurityContext; the half names the context itself.
nt::Status unpack_in_half(UserHalf& half, const PackedContext& packed, std::uint32_t token, LSA_SEC_HANDLE& named) {
  if (half.table().ImportContext == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
  SecBuffer buffer{static_cast<ULONG>(packed.data.size()), packed.type,
                   allocate_buffer(packed.data.size(), FreedBy::free_context_buffer)};
  if (buffer.pvBuffer == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  void* const block = buffer.pvBuffer;
  if (!packed.data.empty()) std::memcpy(block, packed.data.reveal().data(), packed.data.size());
  const auto handle = reinterpret_cast<HANDLE>(std::uintptr_t{token});
  const nt::Status status = half.call(half.table().ImportContext, &buffer, handle, &named);
  free_if_buffer(block, FreedBy::free_context_buffer);  // a half that freed it already has done the same
  if (!nt::succeeded(status)) return status;
  return half.adopt_context(named) ? status : nt::Status{SEC_E_INTERNAL_ERROR};
}

nt::Status import_context(const seam::OptionalText& package, bool ansi, const SecBuffer* given, const void* token,
                          PCtxtHandle handle) {
  if (given == nullptr || given->pvBuffer == nullptr || handle == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto packed = unpack(base::as_bytes(given->pvBuffer, given->cbBuffer));
  if (!packed || !nt::equal_names(packed->package, *package)) return SEC_E_INVALID_TOKEN;
  install_context_impersonator();
  std::shared_ptr<DirectChannel> channel;
  if (const nt::Status status = ChannelCache::of_process().open(*package, channel); status != SEC_E_OK) return status;
  const auto client = ProcessClient::current();
  if (!client) return SEC_E_INTERNAL_ERROR;
  if (packed->authority_id != client->authority_id()) return SEC_E_INVALID_TOKEN;
  if (packed->file_hash != channel->user_half().hash) return SEC_E_INVALID_TOKEN;
  UserHalf* const half = UserHalves::of_process().load(*channel);
  if (half == nullptr) return SEC_E_INTERNAL_ERROR;
  ContextsToken own(*client);
  if (const nt::Status status = own.duplicate(token); status != SEC_E_OK) return status;
  LSA_SEC_HANDLE named = 0;
  const nt::Status status = unpack_in_half(*half, *packed, own.handle(), named);
  if (!nt::succeeded(status)) return status;
  const auto context = std::make_shared<Context>(std::move(channel), *half, named, own.handle(), ansi);
  own.release();  // the context's
  return ContextTable::of_process().insert(context, *handle) ? status : nt::Status{SEC_E_INSUFFICIENT_MEMORY};
}

template <class Char>
nt::Status import_by_name(Char* package, PSecBuffer given, void* token, PCtxtHandle handle) {
  seam::OptionalText name;
  if (!copy_text(package, name) || !name) return SEC_E_SECPKG_NOT_FOUND;
  if (auto bare = find_bare_package(*name)) return import_into_bare(std::move(*bare), package, given, token, handle);
  return import_context(name, std::is_same_v<Char, SEC_CHAR>, given, token, handle);
}

}  // namespace

SECURITY_STATUS ImportSecurityContextA(SEC_CHAR* pszPackage, PSecBuffer pPackedContext, void* Token,
                                       PCtxtHandle phContext) {
  return sspi_edge([&] { return import_by_name(pszPackage, pPackedContext, Token, phContext); });
}

SECURITY_STATUS ImportSecurityContextW(SEC_WCHAR* pszPackage, PSecBuffer pPackedContext, void* Token,
                                       PCtxtHandle phContext) {
  return sspi_edge([&] { return import_by_name(pszPackage, pPackedContext, Token, phContext); });
}
