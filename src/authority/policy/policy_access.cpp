#include "authority/policy/policy_access.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t delete_access = 0x00010000;  // winnt.h: DELETE
constexpr std::uint32_t read_control = 0x00020000;
constexpr std::uint32_t write_dac = 0x00040000;
constexpr std::uint32_t write_owner = 0x00080000;
constexpr std::uint32_t maximum_allowed = 0x02000000;
constexpr std::uint32_t generic_all = 0x10000000;
constexpr std::uint32_t generic_execute = 0x20000000;
constexpr std::uint32_t generic_write = 0x40000000;
constexpr std::uint32_t generic_read = 0x80000000;
constexpr std::uint32_t generic_bits = generic_all | generic_execute | generic_write | generic_read | maximum_allowed;

constexpr std::uint32_t policy_notification = 0x1000;
constexpr std::uint32_t policy_read = read_control | 0x0006;   // POLICY_READ
constexpr std::uint32_t policy_write = read_control | 0x07f8;  // POLICY_WRITE
constexpr std::uint32_t policy_execute = read_control | policy_view_local_information | policy_lookup_names;
constexpr std::uint32_t policy_all = delete_access | read_control | write_dac | write_owner | 0x0fff;

std::uint32_t map_generic(std::uint32_t desired) {
  std::uint32_t access = desired & ~generic_bits;
  if ((desired & generic_read) != 0) access |= policy_read;
  if ((desired & generic_write) != 0) access |= policy_write;
  if ((desired & generic_execute) != 0) access |= policy_execute;
  if ((desired & generic_all) != 0) access |= policy_all;
  return access;
}

bool may_act(const Token& token, std::uint32_t handle) {
  return handle == 0 || token.level() >= nt::ImpersonationLevel::impersonation;
}

}  // namespace

std::expected<std::uint32_t, nt::Status> grant_policy_access(std::uint32_t desired, bool administrator) {
  const std::uint32_t allowed = administrator ? policy_all | policy_notification : policy_execute;
  const std::uint32_t wanted = map_generic(desired);
  if ((wanted & ~allowed) != 0) return std::unexpected(STATUS_ACCESS_DENIED);
  return (desired & maximum_allowed) != 0 ? allowed : wanted;
}

bool acts_as_tcb(const Client& client, const Token& token, std::uint32_t handle) {
  return client.has_tcb() && (handle == 0 || (may_act(token, handle) && holds_tcb(token)));
}

bool acts_as_administrator(const Client& client, const Token& token, std::uint32_t handle) {
  if (acts_as_tcb(client, token, handle)) return true;
  return may_act(token, handle) && token.information()->has_enabled_group(nt::well_known::administrators);
}

}  // namespace openlsa::authority
