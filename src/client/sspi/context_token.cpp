#include "client/sspi/context_token.hpp"

#include "win32/local_object.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::client {
namespace {

using seam::AuthorityCalls;

// The package's own handle, which stays the context's.
nt::Status ask_for_token(const Context& context, HANDLE& given) {
  UserHalf* half = nullptr;
  if (const nt::Status status = context.user_mode(half); status != SEC_E_OK) return status;
  // Only the accepting side has a client to act for; of an imported context the half alone knows the side.
  if (!context.inbound() && !context.imported()) return SEC_E_NO_IMPERSONATION;
  const nt::Status status = half->call(half->table().GetContextToken, context.user_context(), &given);
  if (!nt::succeeded(status)) return status;
  const bool strange =
      context.imported() && reinterpret_cast<std::uintptr_t>(given) != std::uintptr_t{context.imported_token()};
  return strange ? SEC_E_NO_IMPERSONATION : SEC_E_OK;
}

// Of an imported context: the token that the application gave, or one that the half made of it.
bool is_of_import(ProcessClient& client, const Context& context, const nt::TokenData& token) {
  if (context.imported_token() == 0) return false;
  const auto own = client.call(&AuthorityCalls::query_token, {context.imported_token()});
  return nt::succeeded(own.status) && own.data.logon_id == token.logon_id;
}

}  // namespace

ContextToken duplicate_token_of(const Context& context, HANDLE given, bool for_thread) {
  const auto value = reinterpret_cast<std::uintptr_t>(given);
  const auto token = static_cast<std::uint32_t>(value);
  if (value > INT32_MAX || !win32::is_token_handle(token)) return {SEC_E_NO_IMPERSONATION};
  // Token handles are those of the client that the context was made for; in another life they name something else.
  const auto client = ProcessClient::of_epoch(context.channel().epoch());
  if (!client) return {SEC_E_NO_IMPERSONATION};
  const auto known = client->call(&AuthorityCalls::query_token, {token});
  if (!nt::succeeded(known.status)) return {SEC_E_NO_IMPERSONATION};
  if (context.imported() && !is_of_import(*client, context, known.data)) return {SEC_E_NO_IMPERSONATION};
  const bool same = !for_thread || known.data.type == nt::TokenType::impersonation;
  const auto level = same ? known.data.level : nt::ImpersonationLevel::impersonation;
  // What the half says comes from the host, in the packed context, so it could name any token of this process: the
  // authority gives a copy only of what that package's host placed here. The token of an import is the application's.
  const seam::PackageId placed_by = context.imported() ? 0 : context.channel().package().id;
  const auto copy = client->call(&AuthorityCalls::duplicate_token, {token, same, nt::TokenType::impersonation,
                                                                    nt::ImpersonationLevel::impersonation, placed_by});
  if (copy.status == STATUS_ACCESS_DENIED) return {SEC_E_NO_IMPERSONATION};
  return {copy.status, nt::succeeded(copy.status) ? copy.token : 0, level};
}

ContextToken duplicate_context_token(PCtxtHandle handle, bool for_thread) {
  const auto context = ContextTable::of_process().find(handle);
  if (!context) return {SEC_E_INVALID_HANDLE};
  HANDLE given = nullptr;
  if (const nt::Status status = ask_for_token(*context, given); status != SEC_E_OK) return {status};
  return duplicate_token_of(*context, given, for_thread);
}

nt::Status impersonate_context(PCtxtHandle handle, bool token_only) {
  const ContextToken own = duplicate_context_token(handle, true);
  if (!nt::succeeded(own.status)) return own.status;
  if (own.level < nt::ImpersonationLevel::impersonation) {
    if (const auto client = ProcessClient::current()) client->call(&AuthorityCalls::close_token, {own.token});
    return SEC_E_NO_IMPERSONATION;
  }
  // Takes the handle over, and closes it when the thread may not act as the token.
  return openlsa_private_impersonate(own.token, token_only);
}

}  // namespace openlsa::client
