// A request to the name service's socket, from any program of the machine: a reply that is no larger than the asker's
// room, or none.
#include <cstring>

#include "fuzz/fuzz.hpp"
#include "service/nss/nss_answer.hpp"
#include "wire/nss/nss_protocol.h"

using namespace openlsa;

namespace {

// Every user is there, and each group has a few members.
class Everybody final : public service::NssSource {
 public:
  std::optional<service::NssUser> user_named(std::string_view name) override { return user(std::string(name), 70000); }
  std::optional<service::NssUser> user_of(std::uint32_t uid) override { return user("somebody", uid); }
  std::optional<service::NssUser> next_user(std::uint32_t from) override { return user("next", from); }
  std::optional<service::NssGroup> group_named(std::string_view name) override { return {{std::string(name), 80000}}; }
  std::optional<service::NssGroup> group_of(std::uint32_t gid) override { return {{"some", gid}}; }
  std::optional<service::NssGroup> next_group(std::uint32_t from) override { return {{"next", from}}; }
  std::shared_ptr<const service::NssMembers> members(const service::NssGroup& group) override {
    auto members = std::make_shared<service::NssMembers>();
    for (std::uint32_t i = 0; i < group.gid % 64; ++i) members->add("member");
    return members;
  }
  std::optional<std::vector<std::uint32_t>> groups_of(std::string_view, std::uint32_t gid) override {
    return std::vector<std::uint32_t>(gid % 64, gid);
  }

 private:
  static service::NssUser user(std::string name, std::uint32_t uid) {
    return {std::move(name), uid, uid, "/", "/", ""};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Everybody everybody;
  const auto reply = service::answer_nss({data, size}, everybody, true);
  if (!reply) return 0;
  openlsa_nss_request request;
  openlsa_nss_reply head;
  fuzz::require(size == sizeof request && reply->size() >= sizeof head);
  std::memcpy(&request, data, sizeof request);
  std::memcpy(&head, reply->data(), sizeof head);
  fuzz::require(head.size == reply->size() - sizeof head);
  fuzz::require(head.size <= request.room && head.size <= OPENLSA_NSS_PAGE_BYTES);
  fuzz::require(head.status == OPENLSA_NSS_FOUND || (head.status == OPENLSA_NSS_ABSENT && head.size == 0));
  return 0;
}
