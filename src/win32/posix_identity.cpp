#include "win32/posix_identity.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/log.hpp"

namespace openlsa::win32 {
namespace {

constexpr std::uint32_t unchanged = 0xffffffff;

struct Capabilities {
  std::array<__user_cap_data_struct, 2> words{};
  bool read() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    return syscall(SYS_capget, &header, words.data()) == 0;
  }
  bool write() const {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    return syscall(SYS_capset, &header, words.data()) == 0;
  }
  bool effective(int capability) const { return (words[capability / 32].effective >> (capability % 32) & 1) != 0; }
};

// What the thread was before it took another identity.
struct OwnIdentity {
  std::uint32_t real_uid = 0;
  std::uint32_t uid = 0;
  std::uint32_t saved_uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;
  Capabilities capabilities;
};

struct Assumed {
  OwnIdentity own;
  nt::PosixIdentity identity;
};

thread_local std::unique_ptr<Assumed> assumed;

bool read_groups(std::vector<std::uint32_t>& groups) {
  const long count = syscall(SYS_getgroups, 0, nullptr);
  if (count < 0) return false;
  groups.resize(static_cast<std::size_t>(count));
  return syscall(SYS_getgroups, count, groups.data()) == count;
}

bool read_own(OwnIdentity& own) {
  own.gid = static_cast<std::uint32_t>(syscall(SYS_getegid));
  return syscall(SYS_getresuid, &own.real_uid, &own.uid, &own.saved_uid) == 0 && read_groups(own.groups) &&
         own.capabilities.read();
}

bool set_groups(const std::vector<std::uint32_t>& groups) {
  return syscall(SYS_setgroups, groups.size(), groups.data()) == 0;
}
bool set_effective_gid(std::uint32_t gid) { return syscall(SYS_setresgid, unchanged, gid, unchanged) == 0; }
bool set_effective_uid(std::uint32_t uid) { return syscall(SYS_setresuid, unchanged, uid, unchanged) == 0; }

bool empty_effective_capabilities() {
  Capabilities now;
  if (!now.read()) return false;
  for (auto& word : now.words) word.effective = 0;
  return now.write();
}

// Reverse order. The capabilities come first, for the rest needs them, and again last: a change of the effective uid
// to 0 raises every permitted capability (capabilities(7), "Effect of user ID changes on capabilities").
bool restore(const OwnIdentity& own) {
  return own.capabilities.write() && set_effective_uid(own.uid) && set_effective_gid(own.gid) &&
         set_groups(own.groups) && own.capabilities.write();
}

void restore_or_end(const OwnIdentity& own) {
  if (restore(own)) return;
  base::log(base::LogLevel::error,
            "a thread could not leave the identity that it impersonated; the process ends, because it would go on as "
            "somebody else. Look for a change of its capabilities or ids between impersonation and revert.");
  std::abort();
}

bool may_assume(const OwnIdentity& own, const nt::PosixIdentity& identity) {
  if (!own.capabilities.effective(CAP_SETUID) || !own.capabilities.effective(CAP_SETGID)) return false;
  // When the last of a thread's uids leaves 0 the kernel empties its permitted capabilities (capabilities(7)), and
  // with them the way back: only a thread that keeps a uid 0 may visit it.
  return identity.uid != 0 || own.real_uid == 0 || own.saved_uid == 0;
}

// From the own identity; false, with nothing changed, when the kernel refuses.
bool change_to(const nt::PosixIdentity& identity, const OwnIdentity& own) {
  if (!set_groups(identity.groups)) return false;
  if (set_effective_gid(identity.gid) && set_effective_uid(identity.uid) && empty_effective_capabilities()) return true;
  restore_or_end(own);
  return false;
}

bool is_whole(const nt::PosixIdentity& identity) {
  for (std::uint32_t group : identity.groups)
    if (group == unchanged) return false;
  return identity.uid != unchanged && identity.gid != unchanged;
}

}  // namespace

void revert_posix_identity() {
  if (!assumed) return;
  restore_or_end(assumed->own);
  assumed.reset();
}

AssumeResult assume_posix_identity(const nt::PosixIdentity& identity) {
  if (!is_whole(identity)) return AssumeResult::refused;
  // All that needs memory comes before the first change.
  auto next = std::make_unique<Assumed>();
  next->identity = identity;
  if (assumed)
    next->own = assumed->own;
  else if (!read_own(next->own))
    return AssumeResult::refused;
  if (next->own.uid == identity.uid) {
    revert_posix_identity();
    return AssumeResult::token_only;
  }
  if (!may_assume(next->own, identity)) return AssumeResult::refused;
  if (assumed) restore_or_end(assumed->own);
  if (change_to(identity, next->own)) {
    assumed = std::move(next);
    return AssumeResult::assumed;
  }
  if (assumed && !change_to(assumed->identity, assumed->own)) {
    base::log(base::LogLevel::error,
              "a thread could not take up again the identity that it impersonated before; the process ends, because "
              "it would go on with its own rights.");
    std::abort();
  }
  return AssumeResult::refused;
}

}  // namespace openlsa::win32
