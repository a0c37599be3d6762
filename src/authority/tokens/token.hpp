// A token: immutable, shared by the handles and descriptors that name it. The logon session lives while one exists.
#pragma once

#include <memory>
#include <optional>

#include "authority/sessions/session.hpp"
#include "authority/tokens/packed_information.hpp"
#include "nt/token_data.hpp"

namespace openlsa::authority {

class Token {
 public:
  // Made by TokenFactory only (tokens/token_factory.hpp), which has told the session table of it.
  Token(std::shared_ptr<Session> session, nt::Luid id, nt::Luid modified_id, nt::TokenType type,
        nt::ImpersonationLevel level, std::uint32_t logon_type, const nt::TokenSource& source,
        std::shared_ptr<const PackedInformation> information, nt::Luid origin);
  ~Token();  // tells the session table; the last one ends the session (sessions/session_table.hpp)
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;

  const std::shared_ptr<Session>& session() const { return session_; }
  nt::Luid logon_id() const { return session_->id(); }
  nt::Luid id() const { return id_; }
  nt::TokenType type() const { return type_; }
  // Of a primary token: the level at which its process acts, which is impersonation.
  nt::ImpersonationLevel level() const { return level_; }
  std::uint32_t logon_type() const { return logon_type_; }
  const std::shared_ptr<const PackedInformation>& information() const { return information_; }

  nt::Sid user() const { return information_->user(); }
  std::optional<nt::PosixIdentity> posix() const { return information_->posix(); }
  nt::Luid origin() const { return origin_; }
  nt::TokenSource source() const;
  nt::TokenData data() const;  // what QueryToken answers

 private:
  const std::shared_ptr<Session> session_;
  const std::shared_ptr<const PackedInformation> information_;
  const nt::Luid id_;
  const nt::Luid modified_id_;
  const nt::Luid origin_;
  nt::Luid source_id_;
  char source_name_[8]{};  // TOKEN_SOURCE_LENGTH
  const std::uint32_t logon_type_;
  const nt::TokenType type_;
  const nt::ImpersonationLevel level_;
};

}  // namespace openlsa::authority
