// Questions to the host behind which the domains are. No lock is held while it is asked, and each question has a
// deadline: a host that is over it is ended, and has not answered.
#pragma once

#include "authority/packages/registry.hpp"

namespace openlsa::authority {

class DomainDoor {
 public:
  using Deadline = RunningCalls::Clock::time_point;

  explicit DomainDoor(Registry& registry) : registry_(registry) {}

  // Whether there is a file with this door, even if its host is just being started.
  bool is_registered() const;
  std::string name() const;   // of its drop-in, for the audit trail
  Deadline deadline() const;  // of a question that nobody waits for in a call of his own

  // STATUS_NO_LOGON_SERVERS besides what the door says: there is no door, its host does not run, or ended meanwhile.
  seam::LogOnDomainAccountReply log_on(seam::LogOnDomainAccountRequest request, Deadline until);
  seam::LookUpDomainAccountReply look_up(seam::LookUpDomainAccountRequest request, Deadline until);
  seam::EnumerateDomainsReply enumerate(Deadline until);
  seam::ChangeDomainPasswordReply change_password(seam::ChangeDomainPasswordRequest request, Deadline until);

 private:
  template <class Reply, class Question>
  Reply ask(Deadline until, const char* what, Question&& question);

  Registry& registry_;
};

}  // namespace openlsa::authority
