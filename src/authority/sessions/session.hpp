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
      : table_(std::move(table)), id_(id), chain_(chain), logon_time_(nt::now()), owner_(owner) {}

  nt::Luid id() const { return id_; }
  // The package that made it; 0: the authority itself (SYSTEM, ANONYMOUS, a uid's own session).
  seam::PackageId owner() const { return owner_; }
  nt::FileTime logon_time() const { return logon_time_; }
  // The call in which it was made; what such a call leaves without a token when it fails is dropped.
  seam::ChainId chain() const { return chain_; }

 private:
  friend class SessionTable;
  friend class Token;
  const std::weak_ptr<SessionTable> table_;
  const nt::Luid id_;
  const seam::ChainId chain_;
  const nt::FileTime logon_time_;
  // The rest belongs to the table and is read and written under its lock.
  PackedDetails details_;                               // written once, with the first token
  std::weak_ptr<const PackedInformation> information_;  // of a token that is open
  const seam::PackageId owner_;
  std::uint32_t tokens_ = 0;
  SessionState state_ = SessionState::creating;
};

}  // namespace openlsa::authority
