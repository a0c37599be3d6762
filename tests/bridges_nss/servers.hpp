// Who answers at /run/openlsa/nss: our server over a table of the tests', or one that does as the test says. Each in a
// process of its own, for the module never asks its own process.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "service/nss/nss_source.hpp"
#include "support/child.hpp"
#include "wire/nss/nss_protocol.h"

namespace openlsa::test {

inline constexpr const char* nss_socket = "/run/openlsa/nss";

// alice (70001, her own group, "Alice"), bob (70002, gid 100, groups 70001 and 80000), busy (70003, 3,000 groups); the
// group crowd (80000) with `members` members.
class Table final : public service::NssSource {
 public:
  explicit Table(std::size_t members);
  std::optional<service::NssUser> user_named(std::string_view name) override;
  std::optional<service::NssUser> user_of(std::uint32_t uid) override;
  std::optional<service::NssGroup> group_named(std::string_view name) override;
  std::optional<service::NssGroup> group_of(std::uint32_t gid) override;
  std::optional<service::NssUser> next_user(std::uint32_t from) override;
  std::optional<service::NssGroup> next_group(std::uint32_t from) override;
  std::shared_ptr<const service::NssMembers> members(const service::NssGroup& group) override;
  std::optional<std::vector<std::uint32_t>> groups_of(std::string_view user, std::uint32_t primary_gid) override;

 private:
  std::vector<service::NssUser> users_;
  std::vector<service::NssGroup> groups_;
  std::shared_ptr<service::NssMembers> crowd_ = std::make_shared<service::NssMembers>();
};
std::string crowd_member(std::size_t i);

struct TableServer {
  explicit TableServer(std::size_t members = 3, bool enumerate = true);
  std::unique_ptr<Child> process;
};

// Answers each request with what the function makes of it; nothing: never.
using Liar = std::function<std::optional<std::string>(const openlsa_nss_request&)>;
struct LyingServer {
  explicit LyingServer(Liar liar, std::optional<Identity> identity = {});
  std::unique_ptr<Child> process;
};

// A reply as the protocol has it.
std::string reply_bytes(openlsa_nss_reply head, const std::string& data);
openlsa_nss_reply found_user(std::uint32_t uid, std::uint32_t gid);
int listen_at(const std::string& path, int backlog);

}  // namespace openlsa::test
