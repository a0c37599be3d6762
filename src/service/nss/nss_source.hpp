// Whom the name service knows: users and groups as POSIX has them. Each answer comes from memory, at once, for one
// thread gives them all; every call may come from that thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openlsa::service {

struct NssUser {
  std::string name;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::string home;
  std::string shell;
  std::string gecos;
};

struct NssGroup {
  std::string name;
  std::uint32_t gid = 0;
};

// The names of a group's members, in an order that stays while the list does.
struct NssMembers {
  std::vector<std::string> names;
  std::size_t size_bytes = 0;  // of all names, each with its zero
  void add(std::string name) {
    size_bytes += name.size() + 1;
    names.push_back(std::move(name));
  }
};

class NssSource {
 public:
  virtual ~NssSource() = default;
  // Names compare byte by byte: a name of POSIX is a name with its case.
  virtual std::optional<NssUser> user_named(std::string_view name) = 0;
  virtual std::optional<NssUser> user_of(std::uint32_t uid) = 0;
  virtual std::optional<NssGroup> group_named(std::string_view name) = 0;
  virtual std::optional<NssGroup> group_of(std::uint32_t gid) = 0;
  // Enumeration: the first one whose number is `from` or more.
  virtual std::optional<NssUser> next_user(std::uint32_t from) = 0;
  virtual std::optional<NssGroup> next_group(std::uint32_t from) = 0;
  // Of a group that group_named, group_of or next_group gave; never null.
  virtual std::shared_ptr<const NssMembers> members(const NssGroup& group) = 0;
  // The supplementary groups of the user with that name and that primary group; nothing when there is none.
  virtual std::optional<std::vector<std::uint32_t>> groups_of(std::string_view user, std::uint32_t primary_gid) = 0;
};

}  // namespace openlsa::service
