// Every logon session, found by LUID. States move one way: creating -> live -> terminating -> gone.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "authority/sessions/session_directory.hpp"
#include "base/mutex.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

class SessionTable : public std::enable_shared_from_this<SessionTable> {
 public:
  // `ended` is called with no lock held when a session enters `terminating`; it only queues (sessions/terminator.hpp).
  using Ended = std::function<void(std::shared_ptr<Session>)>;
  static constexpr std::size_t max_sessions = 1u << 20;
  explicit SessionTable(Ended ended) : ended_(std::move(ended)) {}

  nt::Luid allocate(std::uint32_t count = 1);  // the first of `count` LUIDs, never given out before

  // CreateLogonSession. STATUS_LOGON_SESSION_COLLISION when the LUID names a session that is not gone.
  // Any LUID above the well-known ones will do: some packages do not ask for theirs.
  nt::Status create(nt::Luid id, seam::PackageId owner, seam::ChainId chain) OPENLSA_EXCLUDES(mutex_);
  // DeleteLogonSession: only of a session that never had a token. STATUS_NO_SUCH_LOGON_SESSION,
  // STATUS_BAD_LOGON_SESSION_STATE. No package is told: before the logon succeeded there is no notification.
  nt::Status remove(nt::Luid id) OPENLSA_EXCLUDES(mutex_);
  // Drops what a failed call, or a lost host's packages, left in `creating`; gives the LUIDs, for their credentials.
  std::vector<nt::Luid> drop_unfinished(seam::ChainId chain) OPENLSA_EXCLUDES(mutex_);
  std::vector<nt::Luid> drop_unfinished(const std::vector<seam::PackageId>& owners) OPENLSA_EXCLUDES(mutex_);

  std::shared_ptr<Session> find(nt::Luid id) OPENLSA_EXCLUDES(mutex_);  // creating, live or terminating
  SessionState state(const Session& session) OPENLSA_EXCLUDES(mutex_);
  std::optional<SessionState> state(nt::Luid id) OPENLSA_EXCLUDES(mutex_);
  // `terminating` and unknown sessions are not there for this one: STATUS_NO_SUCH_LOGON_SESSION.
  bool opens_tokens(const Session& session) OPENLSA_EXCLUDES(mutex_);
  void describe(Session& session, const SessionDetails& details)
      OPENLSA_EXCLUDES(mutex_);  // the first description stays
  std::optional<SessionDetails> details(const Session& session) OPENLSA_EXCLUDES(mutex_);
  // The same by LUID, with one lock and no reference taken: for LsaGetLogonSessionData.
  std::optional<DescribedSession> look_up(nt::Luid id) OPENLSA_EXCLUDES(mutex_);

  std::vector<nt::Luid> list() OPENLSA_EXCLUDES(mutex_);  // creating and live
  std::vector<nt::Luid> list_live() OPENLSA_EXCLUDES(mutex_);
  std::size_t size() OPENLSA_EXCLUDES(mutex_);  // terminating ones included

  // A token of the session opens or has closed. No token opens while a session terminates.
  bool token_opened(Session& session, const std::shared_ptr<const PackedInformation>& information)
      OPENLSA_EXCLUDES(mutex_);
  // What a token of the session says; nothing when none is open.
  std::shared_ptr<const PackedInformation> information(const Session& session) OPENLSA_EXCLUDES(mutex_);
  void token_closed(const std::shared_ptr<Session>& session) OPENLSA_EXCLUDES(mutex_);
  // A session without a token that a logon made and could not finish: terminating, with notification.
  // For one whose package had already reported success (LsaLogonUser).
  bool abandon(nt::Luid id) OPENLSA_EXCLUDES(mutex_);
  // All packages have answered, or the deadline has passed.
  void finish(nt::Luid id) OPENLSA_EXCLUDES(mutex_);

 private:
  template <class Selects>
  std::vector<nt::Luid> drop_where(Selects selects) OPENLSA_EXCLUDES(mutex_);

  base::Mutex mutex_;
  SessionDirectory sessions_ OPENLSA_GUARDED_BY(mutex_);
  std::set<nt::Luid> creating_ OPENLSA_GUARDED_BY(mutex_);  // few, and looked through whenever a call ends
  std::uint64_t next_luid_ OPENLSA_GUARDED_BY(mutex_) = nt::first_dynamic_luid;
  const Ended ended_;
};

}  // namespace openlsa::authority
