#include "common/accounts.hpp"

#include <openlsa/ntstatus.h>
#include <pwd.h>
#include <unistd.h>

#include "core/utf.hpp"

namespace sshkey::programs {
namespace {

constexpr std::size_t max_account_name = 256;
constexpr std::size_t max_lines = 64 * 1024;  // SSHKEY_ENROL_REQUEST
constexpr ULONG max_entries = 4096;

std::string printable(View bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += byte < 0x20 || byte == 0x7f ? '?' : static_cast<char>(byte);
  return text;
}

// The element at `index` of an array that starts at `offset` of a response.
template <class T>
std::optional<T> element(const ReturnBuffer& buffer, std::size_t offset, ULONG index) {
  const auto bytes = within(buffer, static_cast<ULONG>(offset + index * sizeof(T)), sizeof(T));
  if (!bytes) return std::nullopt;
  T value;
  std::memcpy(&value, bytes->data(), sizeof value);
  return value;
}

}  // namespace

OrFailure<std::u16string> account_name(const std::string& text) {
  const auto name = to_utf16(text);
  if (!name || name->empty() || name->size() > max_account_name)
    return fail("the account name \"" + text +
                "\" is empty, too long, or not UTF-8. Give it as lsactl account list shows it.");
  return *name;
}

OrFailure<std::string> own_account() {
  passwd entry{};
  passwd* found = nullptr;
  char buffer[4096];
  if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) != 0 || found == nullptr)
    return fail("uid " + std::to_string(geteuid()) + " has no name on this machine. Give one with --account NAME.");
  return std::string(found->pw_name);
}

OrFailure<Enrolment> enrol(const LsaConnection& lsa, const std::string& account, std::string_view lines) {
  if (lines.size() > max_lines)
    return fail("the file has " + std::to_string(lines.size()) +
                " bytes; the package takes 64 KiB at a time. Split it.");
  SSHKEY_ENROL_REQUEST request{};
  request.MessageType = SshKeyEnrol;
  request.LinesLength = static_cast<ULONG>(lines.size());
  SubmitBuffer buffer(request);
  if (!account.empty()) {
    const auto name = account_name(account);
    if (!name) return std::unexpected(name.error());
    buffer.text(offsetof(SSHKEY_ENROL_REQUEST, AccountName), *name);
  }
  Bytes submit = buffer.data(offsetof(SSHKEY_ENROL_REQUEST, Lines), view_of(lines)).take();
  const std::string what = account.empty() ? "enrolling for your own account" : "enrolling for account " + account;
  const auto answer = lsa.call(what, submit);
  if (!answer) return std::unexpected(answer.error());
  // No response: the request as a whole was refused, not lines of it.
  if (!within(answer->buffer, 0, offsetof(SSHKEY_ENROL_RESPONSE, Refused)))
    return fail_with_status(what, answer->protocol_status);
  const auto* header = static_cast<const SSHKEY_ENROL_RESPONSE*>(answer->buffer.data);
  Enrolment enrolment{header->KeysEnrolled, {}};
  for (ULONG i = 0; i < header->LinesRefused && i < max_entries; ++i) {
    const auto line = element<SSHKEY_REFUSED_LINE>(answer->buffer, offsetof(SSHKEY_ENROL_RESPONSE, Refused), i);
    if (!line) return fail(what + ": the package's answer is cut short. Do the versions of program and package fit?");
    const auto reason = within(answer->buffer, line->ReasonOffset, line->ReasonLength);
    enrolment.refused.push_back({line->LineNumber, reason ? printable(*reason) : std::string("no reason given")});
  }
  return enrolment;
}

std::optional<std::vector<std::string>> enrolled_fingerprints(const LsaConnection& lsa, const std::u16string& account) {
  SSHKEY_LIST_KEYS_REQUEST request{};
  request.MessageType = SshKeyListKeys;
  Bytes submit = SubmitBuffer(request).text(offsetof(SSHKEY_LIST_KEYS_REQUEST, AccountName), account).take();
  const auto answer = lsa.call("listing the enrolled keys", submit);
  if (!answer || answer->protocol_status != STATUS_SUCCESS) return std::nullopt;
  const auto head = within(answer->buffer, 0, offsetof(SSHKEY_LIST_KEYS_RESPONSE, Keys));
  if (!head) return std::nullopt;
  const ULONG count = static_cast<const SSHKEY_LIST_KEYS_RESPONSE*>(answer->buffer.data)->KeyCount;
  std::vector<std::string> fingerprints;
  for (ULONG i = 0; i < count && i < max_entries; ++i) {
    const auto entry = element<SSHKEY_KEY_ENTRY>(answer->buffer, offsetof(SSHKEY_LIST_KEYS_RESPONSE, Keys), i);
    if (!entry) return std::nullopt;
    const auto fingerprint = within(answer->buffer, entry->FingerprintOffset, entry->FingerprintLength);
    if (!fingerprint) return std::nullopt;
    fingerprints.push_back(text_of(*fingerprint));
  }
  return fingerprints;
}

}  // namespace sshkey::programs
