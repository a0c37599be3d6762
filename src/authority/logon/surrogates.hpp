// PreLogonUserSurrogate and PostLogonUserSurrogate around one LsaLogonUser: every package that fills the slots is
// asked, the one that logs on too. No answer, no failure and no death of one changes the logon.
#pragma once

#include <memory>
#include <vector>

#include "authority/logon/routed_call.hpp"
#include "authority/packages/registry.hpp"

namespace openlsa::authority {

class Surrogates {
 public:
  Surrogates(Authority& authority, std::shared_ptr<Client> client, const seam::LsaLogonUserRequest& logon)
      : authority_(authority), client_(std::move(client)), logon_(logon) {}

  // Before the logon package, which gets what they added (LogonUserEx3).
  void before(const EffectiveCaller& caller);
  seam::SurrogateLogon added() const;

  // What came of it. `answer` is that of the package that was asked last.
  struct Outcome {
    seam::PackageId package = 0;
    nt::Status status = 0;
    nt::Luid logon_id;
    const seam::LogonUserReply& answer;
    const seam::LsaLogonUserReply& reply;
  };
  void after(const EffectiveCaller& caller, const Outcome& outcome);

 private:
  struct Added {
    seam::PackageId package = 0;
    std::vector<seam::SurrogateEntry> entries;
  };
  template <class Ask>
  void ask_each(unsigned slot, const char* what, const EffectiveCaller& caller, Ask&& ask);
  seam::SurrogateLogon added_by(seam::PackageId package) const;
  seam::PostLogonSurrogateRequest post_request(const PackageEntry& package, const RunningHost& host,
                                               const Outcome& outcome) const;
  void audit(const PackageEntry& package, const char* what, nt::Status status, nt::Status sub_status) const;

  Authority& authority_;
  const std::shared_ptr<Client> client_;
  const seam::LsaLogonUserRequest& logon_;
  nt::Luid id_;  // SurrogateLogonID; drawn when there is a surrogate
  std::vector<Added> added_;
};

}  // namespace openlsa::authority
