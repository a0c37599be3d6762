#include "service/nss/nss_answer.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "wire/nss/nss_protocol.h"

namespace openlsa::service {
namespace {

constexpr std::uint64_t past_the_last = std::uint64_t{1} << 32;  // of an enumeration: there is no larger number

// A reply with what belongs behind it, up to the asker's room.
class Reply {
 public:
  explicit Reply(std::uint32_t room) : room_(std::min<std::size_t>(room, OPENLSA_NSS_PAGE_BYTES)) {
    head.version = OPENLSA_NSS_VERSION;
    head.status = OPENLSA_NSS_ABSENT;
  }
  bool add(const void* data, std::size_t size) {
    if (size > room_ - data_.size()) return false;
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    data_.insert(data_.end(), bytes, bytes + size);
    return true;
  }
  // Its zero is part of it. A string with a zero of its own would be two.
  bool add(const std::string& text) { return add(text.c_str(), text.size() + 1); }
  void clear() { data_.clear(); }

  base::Bytes finish() {
    head.size = static_cast<std::uint32_t>(data_.size());
    base::Bytes whole(sizeof head + data_.size());
    std::memcpy(whole.data(), &head, sizeof head);
    if (!data_.empty()) std::memcpy(whole.data() + sizeof head, data_.data(), data_.size());
    return whole;
  }

  openlsa_nss_reply head{};

 private:
  const std::size_t room_;
  base::Bytes data_;
};

bool is_text(const std::string& text) { return text.find('\0') == std::string::npos; }

void write_user(Reply& reply, const std::optional<NssUser>& user) {
  if (!user) return;
  const std::string* const fields[] = {&user->name, &user->home, &user->shell, &user->gecos};
  bool whole = true;
  for (const std::string* field : fields) {
    if (!is_text(*field)) return;
    reply.head.total_size += static_cast<std::uint32_t>(field->size() + 1);
    whole = whole && reply.add(*field);
  }
  if (!whole) reply.clear();  // total_size says how much room it takes
  reply.head.status = OPENLSA_NSS_FOUND;
  reply.head.uid = user->uid;
  reply.head.gid = user->gid;
}

// `cursor`: 0 for the first page, which has the group's name, then 1 + the members that came before.
void write_group(Reply& reply, const std::optional<NssGroup>& group, std::uint64_t cursor, NssSource& source) {
  if (!group || !is_text(group->name)) return;
  const std::shared_ptr<const NssMembers> members = source.members(*group);
  const std::size_t whole_size = group->name.size() + 1 + members->size_bytes;
  if (whole_size > std::numeric_limits<std::uint32_t>::max()) return;
  std::size_t at = cursor == 0 ? 0 : static_cast<std::size_t>(cursor - 1);
  if (at > members->names.size()) return;
  reply.head.status = OPENLSA_NSS_FOUND;
  reply.head.gid = group->gid;
  reply.head.total = static_cast<std::uint32_t>(members->names.size());
  reply.head.total_size = static_cast<std::uint32_t>(whole_size);
  if (cursor == 0 && !reply.add(group->name)) return;
  while (at < members->names.size() && reply.add(members->names[at])) {
    ++at;
    ++reply.head.count;
  }
  if (at < members->names.size()) reply.head.next = at + 1;
}

void write_groups(Reply& reply, const std::optional<std::vector<std::uint32_t>>& gids, std::uint64_t cursor) {
  if (!gids) return;
  std::size_t at = cursor == 0 ? 0 : static_cast<std::size_t>(cursor - 1);
  if (at > gids->size()) return;
  reply.head.status = OPENLSA_NSS_FOUND;
  reply.head.total = static_cast<std::uint32_t>(gids->size());
  reply.head.total_size = static_cast<std::uint32_t>(gids->size() * sizeof(std::uint32_t));
  while (at < gids->size() && reply.add(&(*gids)[at], sizeof(std::uint32_t))) {
    ++at;
    ++reply.head.count;
  }
  if (at < gids->size()) reply.head.next = at + 1;
}

void write_next_user(Reply& reply, std::uint64_t cursor, NssSource& source) {
  if (cursor >= past_the_last) return;
  const auto user = source.next_user(static_cast<std::uint32_t>(cursor));
  write_user(reply, user);
  if (user) reply.head.next = std::uint64_t{user->uid} + 1;
}

void write_next_group(Reply& reply, std::uint64_t cursor, NssSource& source) {
  if (cursor >= past_the_last) return;
  const auto group = source.next_group(static_cast<std::uint32_t>(cursor));
  write_group(reply, group, 0, source);
  if (group) reply.head.next = std::uint64_t{group->gid} + 1;
}

bool has_name(std::uint32_t kind) {
  return kind == OPENLSA_NSS_USER_NAMED || kind == OPENLSA_NSS_GROUP_NAMED || kind == OPENLSA_NSS_GROUPS_OF;
}

// Everything is looked at before anything is done.
std::optional<openlsa_nss_request> read_request(base::ByteView bytes) {
  openlsa_nss_request request;
  if (bytes.size() != sizeof request) return std::nullopt;
  std::memcpy(&request, bytes.data(), sizeof request);
  if (request.version != OPENLSA_NSS_VERSION || request.zero != 0) return std::nullopt;
  if (request.kind < OPENLSA_NSS_USER_NAMED || request.kind > OPENLSA_NSS_GROUPS_OF) return std::nullopt;
  if (request.name_size > sizeof request.name || (request.name_size != 0) != has_name(request.kind))
    return std::nullopt;
  if (std::memchr(request.name, 0, request.name_size) != nullptr) return std::nullopt;
  return request;
}

}  // namespace

std::optional<base::Bytes> answer_nss(base::ByteView bytes, NssSource& source, bool enumerate) {
  const auto request = read_request(bytes);
  if (!request) return std::nullopt;
  const std::string_view name(request->name, request->name_size);
  Reply reply(request->room);
  switch (request->kind) {
    case OPENLSA_NSS_USER_NAMED:
      write_user(reply, source.user_named(name));
      break;
    case OPENLSA_NSS_USER_OF:
      write_user(reply, source.user_of(request->id));
      break;
    case OPENLSA_NSS_NEXT_USER:
      if (enumerate) write_next_user(reply, request->cursor, source);
      break;
    case OPENLSA_NSS_GROUP_NAMED:
      write_group(reply, source.group_named(name), request->cursor, source);
      break;
    case OPENLSA_NSS_GROUP_OF:
      write_group(reply, source.group_of(request->id), request->cursor, source);
      break;
    case OPENLSA_NSS_NEXT_GROUP:
      if (enumerate) write_next_group(reply, request->cursor, source);
      break;
    case OPENLSA_NSS_GROUPS_OF:
      write_groups(reply, source.groups_of(name, request->id), request->cursor);
      break;
    default:
      return std::nullopt;
  }
  return reply.finish();
}

}  // namespace openlsa::service
