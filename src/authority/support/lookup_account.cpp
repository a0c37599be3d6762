// LookupAccountName and LookupAccountSid of openlsa.h: an account with its SID and POSIX identity.
#include "authority/authority.hpp"
#include "authority/support/account_names.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::LookupAccountReply HostSupport::lookup_account(seam::LookupAccountRequest request) {
  seam::LookupAccountReply reply;
  const auto caller = check(request.caller, "LookupAccount");
  if (!caller) {
    reply.status = caller.error();
    return reply;
  }
  if (request.name.has_value() == request.sid.has_value()) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  const std::optional<Account> account = request.name ? find_account(authority_.accounts(), *request.name)
                                                      : authority_.accounts().find_by_sid(*request.sid);
  if (!account) {
    reply.status = STATUS_NONE_MAPPED;
    return reply;
  }
  reply.name = nt::to_utf16(account->name).value_or(u"");
  reply.sid = account->sid;
  reply.posix = nt::PosixIdentity{account->uid, account->gid, account->groups};
  return reply;
}

}  // namespace openlsa::authority
