// A client's call that the authority routes to a package: who calls, what the call may touch, and for how long.
#pragma once

#include <expected>
#include <memory>

#include "authority/clients/call_table.hpp"
#include "authority/packages/package_file.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::authority {

struct EffectiveCaller {
  std::shared_ptr<Token> token;
  seam::ClientView view;
};

// The identity of the calling thread. STATUS_INVALID_HANDLE; STATUS_INVALID_PARAMETER for attributes or a window that
// no client may name.
std::expected<EffectiveCaller, nt::Status> effective_caller(Client& client, const seam::ClientCallFrame& frame);

// What a package returned lies in the window of the call, and nowhere else.
bool within(const seam::ClientWindow& window, std::uint64_t address, std::uint64_t size_bytes);
bool within(const seam::ClientWindow& window, const seam::ClientWrites& writes);

// Lives as long as the call is in a package. Handles that the package placed in the client are closed again, and
// sessions that it left without a token are dropped, unless keep_handles() was called.
class Authority;
class RoutedCall {
 public:
  // `client` is null for a call of a package's own thread; `chain` is the name that the chain gets when it is free.
  RoutedCall(Authority& authority, const std::shared_ptr<Client>& client, seam::ClientCalls* upcalls,
             seam::ChainId chain = {});
  ~RoutedCall();
  RoutedCall(const RoutedCall&) = delete;
  RoutedCall& operator=(const RoutedCall&) = delete;

  nt::Status enter(const RunningHost& host, seam::PackageId package, const EffectiveCaller& caller);
  seam::CallOrigin origin(const seam::ClientCallFrame& frame, const EffectiveCaller& caller) const;
  seam::ChainId chain() const { return chain_; }
  void keep_handles() { keep_handles_ = true; }

 private:
  Authority& authority_;
  const std::shared_ptr<Client> client_;
  const seam::ChainId chain_;
  bool keep_handles_ = false;
};

}  // namespace openlsa::authority
