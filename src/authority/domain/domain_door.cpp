#include "authority/domain/domain_door.hpp"

namespace openlsa::authority {

bool DomainDoor::is_registered() const { return !registry_.doors(seam::Door::domain).empty(); }

std::string DomainDoor::name() const {
  const auto files = registry_.doors(seam::Door::domain);
  return files.empty() ? "" : files.front()->drop_in()->name;
}

DomainDoor::Deadline DomainDoor::deadline() const {
  return Registry::deadline_within(registry_.deadline(CallKind::package));
}

// The first file counts: two directories could name one domain.
template <class Reply, class Question>
Reply DomainDoor::ask(Deadline until, const char* what, Question&& question) {
  Reply unanswered;
  unanswered.status = STATUS_NO_LOGON_SERVERS;
  const auto files = registry_.doors(seam::Door::domain);
  if (files.empty()) return unanswered;
  const std::optional<RunningHost> host = files.front()->running(registry_.patience());
  if (!host) return unanswered;
  Reply reply = registry_.call_until(*host, until, what, std::forward<Question>(question));
  // A host that has ended answers so; what is half an answer is none.
  if (reply.status == SEC_E_INTERNAL_ERROR) return unanswered;
  return reply;
}

seam::LogOnDomainAccountReply DomainDoor::log_on(seam::LogOnDomainAccountRequest request, Deadline until) {
  return ask<seam::LogOnDomainAccountReply>(until, "a logon of a domain's account", [&](seam::PackageHost& host) {
    return host.log_on_domain_account(std::move(request));
  });
}

seam::LookUpDomainAccountReply DomainDoor::look_up(seam::LookUpDomainAccountRequest request, Deadline until) {
  return ask<seam::LookUpDomainAccountReply>(until, "a look-up of a domain's account", [&](seam::PackageHost& host) {
    return host.look_up_domain_account(std::move(request));
  });
}

seam::EnumerateDomainsReply DomainDoor::enumerate(Deadline until) {
  return ask<seam::EnumerateDomainsReply>(until, "the list of domains",
                                          [](seam::PackageHost& host) { return host.enumerate_domains({}); });
}

seam::ChangeDomainPasswordReply DomainDoor::change_password(seam::ChangeDomainPasswordRequest request, Deadline until) {
  return ask<seam::ChangeDomainPasswordReply>(until, "a change of a domain's password", [&](seam::PackageHost& host) {
    return host.change_domain_password(std::move(request));
  });
}

}  // namespace openlsa::authority
