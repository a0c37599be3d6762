#include "client/policy/arguments.hpp"

#include <cstring>

#include "win32/sid_view.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t max_text_bytes = 1u << 20;  // a message has room for twice as much

}  // namespace

nt::Status copy_string(const LSA_UNICODE_STRING* string, seam::Text& copy) {
  if (string == nullptr || string->Length % sizeof(char16_t) != 0 || string->Length > string->MaximumLength ||
      (string->Buffer == nullptr && string->Length != 0))
    return STATUS_INVALID_PARAMETER;
  copy.resize(string->Length / sizeof(char16_t));
  if (!copy.empty()) std::memcpy(copy.data(), string->Buffer, string->Length);
  return STATUS_SUCCESS;
}

nt::Status copy_strings(const LSA_UNICODE_STRING* strings, ULONG count, ULONG limit, std::vector<seam::Text>& copies) {
  if (strings == nullptr || count == 0 || count > limit) return STATUS_INVALID_PARAMETER;
  std::size_t size = 0;
  for (ULONG i = 0; i < count; ++i) {
    if (const nt::Status status = copy_string(&strings[i], copies.emplace_back()); status != STATUS_SUCCESS)
      return status;
    size += strings[i].Length;
    if (size > max_text_bytes) return STATUS_INVALID_PARAMETER;
  }
  return STATUS_SUCCESS;
}

nt::Status copy_sid(PSID sid, nt::Sid& copy) {
  if (sid == nullptr) return STATUS_INVALID_PARAMETER;
  const std::optional<nt::Sid> read = win32::read_sid(sid);
  if (!read) return STATUS_INVALID_SID;
  copy = *read;
  return STATUS_SUCCESS;
}

nt::Status check_policy_access(LSA_HANDLE policy, ACCESS_MASK access) {
  const auto [client, value] = find_lsa_handle(policy);
  if (!client) return STATUS_INVALID_HANDLE;
  return client->call(&seam::AuthorityCalls::check_policy, {value, access}, handle_lost).status;
}

}  // namespace openlsa::client
