// Sessions without a logon: SYSTEM (0x3e7), ANONYMOUS (0x3e6), and one for each uid, which starts with the uid's first
// client and ends with its last.
#pragma once

#include <expected>
#include <map>
#include <memory>

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
  std::map<std::uint32_t, std::weak_ptr<Token>> of_uid_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
