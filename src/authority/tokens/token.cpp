#include "authority/tokens/token.hpp"

#include <cstring>

#include "authority/sessions/session_table.hpp"

namespace openlsa::authority {

Token::Token(std::shared_ptr<Session> session, nt::Luid id, nt::Luid modified_id, nt::TokenType type,
             nt::ImpersonationLevel level, std::uint32_t logon_type, const nt::TokenSource& source,
             std::shared_ptr<const PackedInformation> information, nt::Luid origin)
    : session_(std::move(session)),
      information_(std::move(information)),
      id_(id),
      modified_id_(modified_id),
      origin_(origin),
      source_id_(source.identifier),
      logon_type_(logon_type),
      type_(type),
      level_(level) {
  std::memcpy(source_name_, source.name.data(), std::min(source.name.size(), sizeof source_name_));
}

Token::~Token() {
  if (const std::shared_ptr<SessionTable> table = session_->table_.lock()) table->token_closed(session_);
}

nt::TokenSource Token::source() const {
  return {std::string(source_name_, strnlen(source_name_, sizeof source_name_)), source_id_};
}

nt::TokenData Token::data() const {
  nt::TokenData data;
  data.token_id = id_;
  data.logon_id = logon_id();
  data.modified_id = modified_id_;
  data.type = type_;
  data.level = level_;
  data.logon_type = logon_type_;
  data.source = source();
  data.information = information_->information();
  data.posix = information_->posix();
  data.origin = origin_;
  return data;
}

}  // namespace openlsa::authority
