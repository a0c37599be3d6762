#include <openlsa/ntsecpkg.h>

#include "client/bare/bare_providers.hpp"
#include "client/bare/bare_transfer.hpp"
#include "client/channels/channel_cache.hpp"
#include "client/connection/process_client.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// "A single buffer of type SECBUFFER_CHANGE_PASS_RESPONSE" (ChangeAccountPassword, pOutput).
bool is_response(const SecBufferDesc* output) {
  return valid_buffers(output) && output->cBuffers == 1 &&
         (output->pBuffers->BufferType & ~ULONG{SECBUFFER_ATTRMASK}) == SECBUFFER_CHANGE_PASS_RESPONSE;
}

template <class Char>
bool copy_arguments(const Char* domain, const Char* account, const Char* old_password, const Char* new_password,
                    seam::ChangeAccountPasswordRequest& request) {
  seam::OptionalText domain_name, account_name;
  if (!copy_text(domain, domain_name) || !domain_name || !copy_text(account, account_name) || !account_name)
    return false;
  request.domain = std::move(*domain_name);
  request.account = std::move(*account_name);
  return copy_secret_text(old_password, false, request.old_password) &&
         copy_secret_text(new_password, false, request.new_password);
}

// A caller without memory of its own gets a block for FreeContextBuffer. After a refusal nothing is written unless the
// package said why.
nt::Status deliver(const seam::ChangeAccountPasswordReply& reply, ClientWindow& window, PSecBufferDesc output) {
  const bool allocate = output->pBuffers->pvBuffer == nullptr;
  if (!nt::succeeded(reply.status)) {
    if (reply.response.data) write_output({reply.response}, allocate, window, output);
    return reply.status;
  }
  if (!window.apply(reply.writes, FreedBy::free_context_buffer)) return SEC_E_INTERNAL_ERROR;
  const nt::Status written = write_output({reply.response}, allocate, window, output);
  if (written == SEC_E_OK) return reply.status;
  window.take_back();
  return written;
}

// bImpersonating says what the caller believes; the package learns what the authority knows of the thread.
template <class Char>
nt::Status change(const BarePasswords<Char>& strings, BOOLEAN impersonating, ULONG reserved, PSecBufferDesc output) {
  constexpr bool ansi = std::is_same_v<Char, SEC_CHAR>;
  seam::OptionalText name;
  const auto& [package, domain, account, old_password, new_password] = strings;
  if (!copy_text(package, name) || !name) return SEC_E_SECPKG_NOT_FOUND;
  seam::ChangeAccountPasswordRequest request;
  if (reserved != 0 || !is_response(output) || !copy_arguments(domain, account, old_password, new_password, request))
    return SEC_E_INVALID_PARAMETER;
  if (const auto bare = find_bare_package(*name))
    return change_password_in_bare(*bare->provider, strings, impersonating, output);
  std::shared_ptr<DirectChannel> channel;
  if (const nt::Status status = ChannelCache::of_process().open(*name, channel); status != SEC_E_OK) return status;
  ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  request.frame = call_frame(window.view(), ansi ? SECPKG_CALL_ANSI : 0);
  const SecBuffer& buffer = *output->pBuffers;
  request.response = {buffer.BufferType, buffer.pvBuffer == nullptr ? 0 : buffer.cbBuffer, std::nullopt, 0};
  return deliver(channel->call(std::move(request)), window, output);
}

}  // namespace

SECURITY_STATUS ChangeAccountPasswordA(SEC_CHAR* pszPackageName, SEC_CHAR* pszDomainName, SEC_CHAR* pszAccountName,
                                       SEC_CHAR* pszOldPassword, SEC_CHAR* pszNewPassword, BOOLEAN bImpersonating,
                                       ULONG dwReserved, PSecBufferDesc pOutput) {
  return sspi_edge([&] {
    return change<SEC_CHAR>({pszPackageName, pszDomainName, pszAccountName, pszOldPassword, pszNewPassword},
                            bImpersonating, dwReserved, pOutput);
  });
}

SECURITY_STATUS ChangeAccountPasswordW(SEC_WCHAR* pszPackageName, SEC_WCHAR* pszDomainName, SEC_WCHAR* pszAccountName,
                                       SEC_WCHAR* pszOldPassword, SEC_WCHAR* pszNewPassword, BOOLEAN bImpersonating,
                                       ULONG dwReserved, PSecBufferDesc pOutput) {
  return sspi_edge([&] {
    return change<SEC_WCHAR>({pszPackageName, pszDomainName, pszAccountName, pszOldPassword, pszNewPassword},
                             bImpersonating, dwReserved, pOutput);
  });
}
