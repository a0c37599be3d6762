#include "protocol/statement.hpp"

#include "core/wire.hpp"

namespace sshkey {

Bytes encode(const Statement& s) {
  Writer writer;
  writer.u32(statement_version).raw(s.authority_id).string(s.account_sid).string(s.user_key).raw(s.session_key);
  writer.raw(s.challenge).u32(s.purpose).u32(s.logon_type);
  writer.u64(static_cast<std::uint64_t>(s.not_before)).u64(static_cast<std::uint64_t>(s.not_after));
  return writer.take();
}

bool is_well_formed_sid(View sid) {
  return sid.size() >= 8 && sid[0] == 1 && sid[1] <= 15 && sid.size() == 8 + std::size_t{4} * sid[1];
}

// SECURITY_LOGON_TYPE (ntsecapi.h): those at which a person or a service stands with an agent.
bool is_known_logon_type(std::uint32_t logon_type) {
  constexpr std::uint32_t interactive = 2, network = 3, batch = 4, service = 5, unlock = 7, remote_interactive = 10;
  return logon_type == interactive || logon_type == network || logon_type == batch || logon_type == service ||
         logon_type == unlock || logon_type == remote_interactive;
}

std::optional<Statement> decode_statement(View bytes) {
  if (bytes.size() > max_statement) return std::nullopt;
  Reader reader(bytes);
  Statement s;
  const std::uint32_t version = reader.u32();
  s.authority_id = reader.fixed<32>();
  s.account_sid = copy_of(reader.string(max_sid));
  s.user_key = copy_of(reader.string(max_key_blob));
  s.session_key = reader.fixed<32>();
  s.challenge = reader.fixed<32>();
  s.purpose = reader.u32();
  s.logon_type = reader.u32();
  const std::uint64_t not_before = reader.u64();
  const std::uint64_t not_after = reader.u64();
  constexpr std::uint64_t latest = std::uint64_t{1} << 40;  // far beyond any clock, and safe to add to
  if (!reader.finished() || version != statement_version || !is_well_formed_sid(s.account_sid) || s.user_key.empty() ||
      s.purpose == 0 || (s.purpose & ~purpose_all) != 0 || !is_known_logon_type(s.logon_type) || not_after > latest ||
      not_before > not_after || not_after - not_before > static_cast<std::uint64_t>(max_statement_seconds))
    return std::nullopt;
  s.not_before = static_cast<std::int64_t>(not_before);
  s.not_after = static_cast<std::int64_t>(not_after);
  return s;
}

}  // namespace sshkey
