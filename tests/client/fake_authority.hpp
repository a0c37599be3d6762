// An authority for the tests of the client: a socket, a thread per connection, and answers that a test sets.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "base/unique_fd.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::client {

// Every call is answered with STATUS_NOT_IMPLEMENTED.
class NoCalls : public seam::AuthorityCalls {
 public:
#define OPENLSA_NO_CALL(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {       \
    seam::Message##Reply reply{};                                        \
    reply.status = STATUS_NOT_IMPLEMENTED;                               \
    return reply;                                                        \
  }
  OPENLSA_AUTHORITY_CALLS(OPENLSA_NO_CALL)
#undef OPENLSA_NO_CALL
};

class FakeAuthority {
 public:
  // Listens, and points OPENLSA_AUTHORITY there.
  FakeAuthority();
  ~FakeAuthority();

  // What lsa_call_package and lsa_logon_user answer.
  std::function<seam::LsaCallPackageReply(seam::LsaCallPackageRequest)> call_package;
  std::function<seam::LsaLogonUserReply(seam::LsaLogonUserRequest)> logon_user;
  std::function<void()> in_ping;  // while a ping is answered
  std::function<seam::OpenChannelReply(seam::OpenChannelRequest)> open_channel;
  std::vector<seam::PackageInfo> packages;
  std::function<seam::AdminReply(seam::AdminRequest)> admin;  // with it, logon processes are let in
  std::function<nt::TokenData(std::uint32_t)> token;          // what query_token answers; without it there is no token

  // What the policy functions are answered; opening a policy succeeds.
  std::function<seam::LookupNamesReply(seam::LookupNamesRequest)> lookup_names;
  std::function<seam::LookupSidsReply(seam::LookupSidsRequest)> lookup_sids;
  std::function<seam::QueryPolicyReply(seam::QueryPolicyRequest)> query_policy;
  std::function<seam::NamesOfTokenReply(seam::NamesOfTokenRequest)> names_of_token;

  std::atomic<std::uint64_t> clients{0};  // hello without join
  std::atomic<int> joins{0};
  std::atomic<int> pings{0};
  std::atomic<std::uint32_t> closed_token{0};
  std::atomic<std::uint32_t> duplicated_token{0};
  std::atomic<seam::PackageId> duplicated_of{0};  // the package whose token it must be
  std::atomic<nt::Status> duplicates{STATUS_SUCCESS};

  void hang_up();  // on every connection
  void hang_up_newest();

 private:
  friend class FakeCalls;
  void accept_all();
  void serve(int socket);

  std::string directory_;
  base::UniqueFd listener_;
  std::thread acceptor_;
  base::Mutex mutex_;
  std::vector<int> sockets_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::thread> servers_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
