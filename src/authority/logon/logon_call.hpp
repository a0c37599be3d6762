// One LsaLogonUser, from its request to its reply.
#pragma once

#include <memory>
#include <string>

#include "authority/authority.hpp"
#include "authority/logon/routed_call.hpp"
#include "authority/logon/surrogates.hpp"

namespace openlsa::authority {

class LogonCall {
 public:
  LogonCall(Authority& authority, std::shared_ptr<Client> client, seam::ClientCalls* upcalls,
            seam::LsaLogonUserRequest request)
      : authority_(authority),
        client_(std::move(client)),
        upcalls_(upcalls),
        request_(std::move(request)),
        surrogates_(authority, client_, request_) {}

  seam::LsaLogonUserReply run();

 private:
  nt::Status check();  // everything that needs no package
  std::vector<PackageEntry> candidates();
  const PackageEntry* ask_in_order(const std::vector<PackageEntry>& packages);  // the one that was asked last
  // Asks one package. Afterwards either the reply is a failure and nothing is left, or session_ is the authority's.
  void ask(const PackageEntry& package);
  nt::Status take_session(const PackageEntry& package, const RunningHost& host);
  nt::Status make_token(const PackageEntry& package, const RunningHost& host, seam::ChainId chain);
  void announce(const PackageEntry& package, const RunningHost& host);
  nt::Status give_token();
  LogonCredentials credentials(const PackageEntry& package) const;
  SessionDetails details() const;
  void audit(const PackageEntry* package, nt::Status status, nt::Status sub_status) const;

  Authority& authority_;
  const std::shared_ptr<Client> client_;
  seam::ClientCalls* const upcalls_;
  seam::LsaLogonUserRequest request_;
  Surrogates surrogates_;
  LsaHandle handle_;
  EffectiveCaller caller_;
  seam::LogonUserReply answer_;   // of the package that was asked last
  std::uint32_t logon_type_ = 0;  // of the session: CachedInteractive for an Interactive one without the domain
  std::shared_ptr<Session> session_;
  std::shared_ptr<Token> token_;
  std::string why_;  // it was refused, where the status does not say
  seam::LsaLogonUserReply reply_;
};

}  // namespace openlsa::authority
