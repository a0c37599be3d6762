#include "host/accounts/logon_blocks.hpp"

#include <utility>

#include "host/lsa_heap.hpp"
#include "host/support/give_text.hpp"
#include "win32/structure_layout.hpp"

namespace openlsa::host::accounts {
namespace {

// TOKEN_GROUPS and, behind it, the SIDs.
void* groups_block(const std::vector<nt::SidAndAttributes>& groups) {
  win32::InformationBlock layout;
  win32::append_groups(layout, groups);
  void* block = lsa_heap::allocate(layout.size());
  if (block != nullptr) layout.copy_to(block);
  return block;
}

}  // namespace

LogonBlocks::LogonBlocks(const seam::LogOnAccountReply& reply) {
  const bool texts = support::give_text(reply.user_name, &user_name_) &&
                     support::give_text(reply.domain_name, &domain_name_) &&
                     support::give_text(reply.logon_server, &logon_server_);
  user_ = lsa_heap::copy_in(reply.user.to_bytes());
  primary_group_ = lsa_heap::copy_in(reply.primary_group.to_bytes());
  if (!reply.groups.empty()) groups_ = groups_block(reply.groups);
  complete_ = texts && user_ != nullptr && primary_group_ != nullptr && (reply.groups.empty() || groups_ != nullptr);
}

LogonBlocks::~LogonBlocks() {
  for (void* block : {static_cast<void*>(user_name_.Buffer), static_cast<void*>(domain_name_.Buffer),
                      static_cast<void*>(logon_server_.Buffer), user_, primary_group_, groups_})
    lsa_heap::free(block);
}

void LogonBlocks::give(OPENLSA_LOGON& logon) {
  for (UNICODE_STRING* text : {&user_name_, &domain_name_, &logon_server_}) lsa_heap::give(text->Buffer);
  logon.UserName = std::exchange(user_name_, {});
  logon.DomainName = std::exchange(domain_name_, {});
  logon.LogonServer = std::exchange(logon_server_, {});
  logon.UserSid = lsa_heap::give(std::exchange(user_, nullptr));
  logon.PrimaryGroupSid = lsa_heap::give(std::exchange(primary_group_, nullptr));
  logon.Groups = static_cast<PTOKEN_GROUPS>(lsa_heap::give(std::exchange(groups_, nullptr)));
}

}  // namespace openlsa::host::accounts
