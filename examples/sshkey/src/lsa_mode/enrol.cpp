// SshKeyEnrol: lines of an authorized_keys file become keys of an account.
#include <algorithm>

#include "lsa_mode/log.hpp"
#include "lsa_mode/messages.hpp"
#include "lsa_mode/permission.hpp"
#include "lsa_mode/response.hpp"
#include "sshkey_protocol.h"

namespace sshkey {
namespace {

Bytes response_of(const AuthorizedKeys& parsed, std::size_t enrolled) {
  SSHKEY_ENROL_RESPONSE head{};
  head.MessageType = SshKeyEnrol;
  head.KeysEnrolled = static_cast<ULONG>(enrolled);
  head.LinesRefused = static_cast<ULONG>(parsed.refused.size());
  const std::size_t array = offsetof(SSHKEY_ENROL_RESPONSE, Refused);
  Response response(std::max(sizeof head, array + parsed.refused.size() * sizeof(SSHKEY_REFUSED_LINE)));
  response.put(0, head);
  for (std::size_t i = 0; i < parsed.refused.size(); ++i) {
    const RefusedLine& line = parsed.refused[i];
    SSHKEY_REFUSED_LINE entry{};
    entry.LineNumber = line.number;
    entry.ReasonLength = static_cast<ULONG>(line.reason.size());
    entry.ReasonOffset = response.add(line.reason);
    response.put(array + i * sizeof entry, entry);
  }
  return response.take();
}

std::size_t count_after(std::vector<AuthorizedKey> keys, const std::vector<AuthorizedKey>& added) {
  std::vector<Bytes> blobs;
  keys.insert(keys.end(), added.begin(), added.end());
  for (const AuthorizedKey& key : keys)
    if (std::find(blobs.begin(), blobs.end(), key.key.blob()) == blobs.end()) blobs.push_back(key.key.blob());
  return blobs.size();
}

NTSTATUS store(Package& package, View sid, const std::vector<AuthorizedKey>& added) {
  if (added.empty()) return STATUS_INVALID_PARAMETER;
  // No account can take more, and comparing this many is cheap.
  if (added.size() > 2 * max_keys_per_account) return STATUS_QUOTA_EXCEEDED;
  const auto result = package.change_keys([&](KeyStore& keys) -> std::expected<void, NTSTATUS> {
    if (count_after(keys.list(sid), added) > max_keys_per_account) return std::unexpected(STATUS_QUOTA_EXCEEDED);
    if (const auto done = keys.add(sid, added); !done) {
      log_line(done.error());
      return std::unexpected(STATUS_UNSUCCESSFUL);
    }
    return {};
  });
  return result ? STATUS_SUCCESS : result.error();
}

}  // namespace

AnswerOrMalformed enrol(Package& package, const Caller& caller, const SubmitBuffer& buffer) {
  SSHKEY_ENROL_REQUEST request{};
  if (!buffer.read(request) || request.LinesLength > SSHKEY_MAX_LINES_SIZE) return std::nullopt;
  const auto name = buffer.text_of(request.AccountName);
  const auto lines = buffer.bytes_at(request.Lines, request.LinesLength);
  if (!name || !lines) return std::nullopt;
  const auto account = account_to_manage(package, caller, *name);
  if (!account) return Answer{account.error(), {}};

  const std::string text = text_of(*lines);
  const AuthorizedKeys parsed = parse_authorized_keys(text);
  const NTSTATUS status = store(package, account->sid, parsed.keys);
  if (status == STATUS_INVALID_PARAMETER) return Answer{status, response_of(parsed, 0)};
  if (status != STATUS_SUCCESS) return Answer{status, {}};
  return Answer{parsed.refused.empty() ? STATUS_SUCCESS : STATUS_SOME_NOT_MAPPED,
                response_of(parsed, parsed.keys.size())};
}

}  // namespace sshkey
