// What the authority asks of a file without packages goes to its door.
#include "host/runtime.hpp"

namespace openlsa::host {

seam::SubAuthenticateReply Runtime::sub_authenticate(seam::SubAuthenticateRequest request) {
  if (sub_authentication_ != nullptr && loaded_.load(std::memory_order_acquire))
    return sub_authentication_->sub_authenticate(std::move(request));
  seam::SubAuthenticateReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::SubAuthenticateGenericReply Runtime::sub_authenticate_generic(seam::SubAuthenticateGenericRequest request) {
  if (sub_authentication_ != nullptr && loaded_.load(std::memory_order_acquire))
    return sub_authentication_->sub_authenticate_generic(std::move(request));
  seam::SubAuthenticateGenericReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::FilterPasswordReply Runtime::filter_password(seam::FilterPasswordRequest request) {
  if (notification_ != nullptr && loaded_.load(std::memory_order_acquire))
    return notification_->filter_password(std::move(request));
  seam::FilterPasswordReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::PasswordChangedReply Runtime::password_changed(seam::PasswordChangedRequest request) {
  if (notification_ != nullptr && loaded_.load(std::memory_order_acquire))
    return notification_->password_changed(std::move(request));
  seam::PasswordChangedReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::LogOnDomainAccountReply Runtime::log_on_domain_account(seam::LogOnDomainAccountRequest request) {
  if (domain_ != nullptr && loaded_.load(std::memory_order_acquire))
    return domain_->log_on_domain_account(std::move(request));
  seam::LogOnDomainAccountReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::LookUpDomainAccountReply Runtime::look_up_domain_account(seam::LookUpDomainAccountRequest request) {
  if (domain_ != nullptr && loaded_.load(std::memory_order_acquire))
    return domain_->look_up_domain_account(std::move(request));
  seam::LookUpDomainAccountReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::EnumerateDomainsReply Runtime::enumerate_domains(seam::EnumerateDomainsRequest request) {
  if (domain_ != nullptr && loaded_.load(std::memory_order_acquire))
    return domain_->enumerate_domains(std::move(request));
  seam::EnumerateDomainsReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

seam::ChangeDomainPasswordReply Runtime::change_domain_password(seam::ChangeDomainPasswordRequest request) {
  if (domain_ != nullptr && loaded_.load(std::memory_order_acquire))
    return domain_->change_domain_password(std::move(request));
  seam::ChangeDomainPasswordReply reply;
  reply.status = STATUS_NOT_SUPPORTED;
  return reply;
}

}  // namespace openlsa::host
