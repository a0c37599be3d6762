#include "host/doors/domain_account.hpp"
#include "host/doors/domain_door.hpp"
#include "host/doors/held_account.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::LookUpDomainAccountReply DomainDoor::look_up_domain_account(seam::LookUpDomainAccountRequest request) {
  seam::LookUpDomainAccountReply reply;
  if (!fits_counted_string(request.user_name) || !fits_counted_string(request.domain_name)) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  base::Bytes sid;
  if (request.sid) sid = request.sid->to_bytes();
  const UNICODE_STRING user = marshal::view_of(request.user_name), domain = marshal::view_of(request.domain_name);
  const bool by_sid = request.sid.has_value();
  CurrentCall call(runtime_, file_, nullptr);
  HeldAccount account(call, table_);
  reply.status = account.fill("LookUp", [&](OPENLSA_DOMAIN_ACCOUNT* out) {
    return by_sid ? table_.LookUp(sid.data(), nullptr, nullptr, out) : table_.LookUp(nullptr, &user, &domain, out);
  });
  if (!nt::succeeded(reply.status)) return reply;
  if (reply.status != STATUS_SUCCESS) {
    reply.status = refuse("LookUp", "a status that is neither STATUS_SUCCESS nor an error");
    return reply;
  }
  auto copied = copy_domain_account(account.get());
  if (!copied) {
    reply.status = refuse("LookUp", copied.error().what);
  } else if (request.sid && copied->user != *request.sid) {
    reply.status = refuse("LookUp", "an account with another SID than it was asked for");
  } else {
    reply.account = std::move(*copied);
  }
  return reply;
}

}  // namespace openlsa::host
