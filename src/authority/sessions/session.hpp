// One logon session: a LUID and what LsaGetLogonSessionData tells about it. It lives until its last token closes.
#pragma once

#include <memory>
#include <optional>

#include "authority/sessions/packed_details.hpp"
#include "nt/file_time.hpp"
#include "nt/luid.hpp"
#include "seam/identity.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

class PackedInformation;
class SessionTable;

// creating: CreateLogonSession was called, no token yet. live: it has tokens. terminating: the last token closed and
// the packages are being told; credentials can be read and deleted, no token opens. gone: the LUID names nothing.
enum class SessionState : std::uint8_t { creating, live, terminating, gone };

class Session {
 public:
  Session(std::weak_ptr<SessionTable> table, nt::Luid id, seam::PackageId owner, seam::ChainId chain)
      : id_(id), logon_time_(nt::now()), owner_(owner), chain_(chain), table_(std::move(table)) {}

  nt::Luid id() const { return id_; }
  // The package that made it; 0: the authority itself (SYSTEM, ANONYMOUS, a uid's own session).
  seam::PackageId owner() const { return owner_; }
  nt::FileTime logon_time() const { return logon_time_; }
  // The call in which it was made; what such a call leaves without a token when it fails is dropped.
  seam::ChainId chain() const { return chain_; }

 private:
  friend class SessionTable;
  friend class Token;
  // What a look-up reads comes first, on as few cache lines as it will. Members without const belong to the table and
  // are read and written under its lock.
  const nt::Luid id_;
  const nt::FileTime logon_time_;
  const seam::PackageId owner_;
  SessionState state_ = SessionState::creating;
  PackedDetails details_;  // written once, with the first token
  std::uint32_t tokens_ = 0;
  std::weak_ptr<const PackedInformation> information_;  // of a token that is open
  const seam::ChainId chain_;
  const std::weak_ptr<SessionTable> table_;
};

}  // namespace openlsa::authority
