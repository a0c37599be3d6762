// The embedded composition: authority and hosts in the process of the one client, which speaks the same messages as on
// a socket (wire/embedded_abi.h).
#pragma once

#include <map>
#include <memory>

#include "authority/authority.hpp"
#include "authority/connection/connection.hpp"
#include "base/mutex.hpp"
#include "embedded/endpoint.hpp"
#include "host/local_host.hpp"
#include "wire/embedded_abi.h"

namespace openlsa::embedded {

class Assembly {
 public:
  static base::OrFailure<std::unique_ptr<Assembly>> start(const std::string& directory, openlsa_embedded_upcall upcall);

  // Endpoint 0 is the authority. False: malformed, not permitted, or no such endpoint.
  bool call(std::uint64_t endpoint, std::uint16_t method, wire::Message& request, wire::Message& reply);
  bool has_channel(std::uint64_t endpoint);
  void close_channel(std::uint64_t endpoint);
  // Ends the sessions and the packages; every further call is refused.
  void stop() { authority_->shut_down(); }
  // A forked child has the memory but not the threads of the authority.
  bool in_its_process() const;

 private:
  explicit Assembly(openlsa_embedded_upcall upcall);
  seam::ChannelEnd open_channel(const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view,
                                seam::PackageId package);
  void audit_malformed(const char* why);

  const openlsa_embedded_upcall upcall_;
  const int process_id_;
  AuthorityUpcalls authority_upcalls_;
  std::unique_ptr<host::LocalStarter> starter_;
  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<authority::Connection> connection_;
  base::Mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<Endpoint>> endpoints_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::embedded
