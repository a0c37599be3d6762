// Sessions without a logon: SYSTEM (0x3e7), ANONYMOUS (0x3e6), and one for each uid and gid, which starts with their
// first client and ends with the last; later for a uid whose processes come and go faster than the packages hear of it.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "authority/tokens/token_factory.hpp"
#include "base/mutex.hpp"

namespace openlsa::authority {

class OwnSessions {
 public:
  OwnSessions(std::shared_ptr<SessionTable> sessions, TokenFactory& tokens)
      : sessions_(std::move(sessions)), tokens_(tokens) {}

  nt::Status start();  // makes SYSTEM and ANONYMOUS, which live as long as the authority
  void stop() OPENLSA_EXCLUDES(mutex_);

  std::shared_ptr<Token> system() const { return system_; }
  std::shared_ptr<Token> anonymous() const { return anonymous_; }
  // The token that a process of this uid has before anybody logs on. uid 0 is SYSTEM, the overflow uid ANONYMOUS.
  std::expected<std::shared_ptr<Token>, nt::Status> token_of(std::uint32_t uid, std::uint32_t gid)
      OPENLSA_EXCLUDES(mutex_);

 private:
  const std::shared_ptr<SessionTable> sessions_;
  TokenFactory& tokens_;
  std::shared_ptr<Token> system_;
  std::shared_ptr<Token> anonymous_;
  base::Mutex mutex_;
  // Sessions of a uid that still end; with so many the next one is kept until the packages have heard of them.
  // Otherwise whoever connects and leaves without end makes what they must be told grow without end.
  static constexpr std::size_t max_ending = 8;
  struct Own {
    std::weak_ptr<Token> token;
    std::shared_ptr<Token> kept;
    std::vector<nt::Luid> sessions;  // that are not gone
  };
  void forget_gone(Own& own) OPENLSA_REQUIRES(mutex_);
  // By uid and gid: what a set-group-ID program of a user may do, the user's other programs may not.
  using Who = std::pair<std::uint32_t, std::uint32_t>;
  std::map<Who, Own> own_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
