#include "lsa_mode/profile.hpp"

namespace msv1_0 {

NTSTATUS make_interactive_profile(const Package& package, PLSA_CLIENT_REQUEST request, const AccountLogon& logon,
                                  std::optional<ClientBlock>& block) {
  MSV1_0_INTERACTIVE_PROFILE profile{};
  const std::u16string_view server = logon.server();
  block.emplace(*package.setting.lsa, request,
                sizeof profile + (logon.user().size() + server.size()) * sizeof(char16_t));
  if (const NTSTATUS status = block->allocate(); status < 0) return status;
  const OPENLSA_LOGON& facts = logon.facts();
  std::size_t offset = sizeof profile;
  profile.MessageType = MsV1_0InteractiveProfile;
  profile.BadPasswordCount = facts.BadPasswordCount;
  profile.LogonTime = facts.LogonTime;
  profile.LogoffTime = logon.logoff_time();
  profile.KickOffTime = facts.KickOffTime;
  profile.PasswordLastSet = facts.PasswordLastSet;
  profile.PasswordCanChange = facts.PasswordCanChange;
  profile.PasswordMustChange = facts.PasswordMustChange;
  profile.FullName = block->append(offset, logon.user());
  profile.LogonServer = block->append(offset, server);
  profile.UserFlags = facts.UserFlags;
  block->put(&profile, sizeof profile);
  return block->copy();
}

NTSTATUS make_network_profile(const Package& package, PLSA_CLIENT_REQUEST request, const AccountLogon& logon,
                              std::optional<ClientBlock>& block) {
  MSV1_0_LM20_LOGON_PROFILE profile{};
  const std::u16string_view server = logon.server();
  block.emplace(*package.setting.lsa, request,
                sizeof profile + (logon.domain().size() + server.size()) * sizeof(char16_t));
  if (const NTSTATUS status = block->allocate(); status < 0) return status;
  const OPENLSA_LOGON& facts = logon.facts();
  std::size_t offset = sizeof profile;
  profile.MessageType = MsV1_0Lm20LogonProfile;
  profile.KickOffTime = facts.KickOffTime;
  profile.LogoffTime = logon.logoff_time();
  profile.UserFlags = facts.UserFlags;
  static_assert(sizeof profile.UserSessionKey == sizeof facts.SessionBaseKey);
  std::memcpy(profile.UserSessionKey, facts.SessionBaseKey, sizeof profile.UserSessionKey);
  std::memcpy(profile.LanmanSessionKey, facts.LmSessionKey, sizeof profile.LanmanSessionKey);
  profile.LogonDomainName = block->append(offset, logon.domain());
  profile.LogonServer = block->append(offset, server);
  block->put(&profile, sizeof profile);
  wipe(&profile, sizeof profile);
  return block->copy();
}

}  // namespace msv1_0
