#include "authority/names/known_sids.hpp"

namespace openlsa::authority {
namespace {

enum : std::size_t {
  null_domain,
  world_domain,
  local_domain,
  creator_domain,
  nt_authority,
  builtin,
  nt_service,
  labels
};

constexpr KnownDomain domains[] = {
    {nt::Sid{0, {}}, u""},
    {nt::Sid{1, {}}, u""},
    {nt::Sid{2, {}}, u""},
    {nt::Sid{3, {}}, u""},
    {nt::Sid{5, {}}, u"NT AUTHORITY"},
    {nt::Sid{5, {32}}, u"BUILTIN"},
    {nt::Sid{5, {80}}, u"NT SERVICE"},
    {nt::Sid{16, {}}, u"Mandatory Label"},
    {nt::well_known::unix_users, u"Unix User"},
    {nt::well_known::unix_groups, u"Unix Group"},
};
constexpr std::size_t unix_users = 8, unix_groups = 9;

constexpr NameUse group = NameUse::well_known_group;
constexpr NameUse alias = NameUse::alias;
constexpr NameUse label = NameUse::label;

constexpr KnownSid sids[] = {
    {domains[null_domain], nt::Sid{0, {0}}, group, u"NULL SID"},
    {domains[world_domain], nt::Sid{1, {0}}, group, u"Everyone"},
    {domains[local_domain], nt::Sid{2, {0}}, group, u"LOCAL"},
    {domains[local_domain], nt::Sid{2, {1}}, group, u"CONSOLE LOGON"},
    {domains[creator_domain], nt::Sid{3, {0}}, group, u"CREATOR OWNER"},
    {domains[creator_domain], nt::Sid{3, {1}}, group, u"CREATOR GROUP"},
    {domains[creator_domain], nt::Sid{3, {2}}, group, u"CREATOR OWNER SERVER"},
    {domains[creator_domain], nt::Sid{3, {3}}, group, u"CREATOR GROUP SERVER"},
    {domains[creator_domain], nt::Sid{3, {4}}, group, u"OWNER RIGHTS"},
    {domains[nt_authority], nt::Sid{5, {1}}, group, u"DIALUP"},
    {domains[nt_authority], nt::Sid{5, {2}}, group, u"NETWORK"},
    {domains[nt_authority], nt::Sid{5, {3}}, group, u"BATCH"},
    {domains[nt_authority], nt::Sid{5, {4}}, group, u"INTERACTIVE"},
    {domains[nt_authority], nt::Sid{5, {6}}, group, u"SERVICE"},
    {domains[nt_authority], nt::Sid{5, {7}}, group, u"ANONYMOUS LOGON"},
    {domains[nt_authority], nt::Sid{5, {8}}, group, u"PROXY"},
    {domains[nt_authority], nt::Sid{5, {9}}, group, u"ENTERPRISE DOMAIN CONTROLLERS"},
    {domains[nt_authority], nt::Sid{5, {10}}, group, u"SELF"},
    {domains[nt_authority], nt::Sid{5, {11}}, group, u"Authenticated Users"},
    {domains[nt_authority], nt::Sid{5, {12}}, group, u"RESTRICTED"},
    {domains[nt_authority], nt::Sid{5, {13}}, group, u"TERMINAL SERVER USER"},
    {domains[nt_authority], nt::Sid{5, {14}}, group, u"REMOTE INTERACTIVE LOGON"},
    {domains[nt_authority], nt::Sid{5, {15}}, group, u"This Organization"},
    {domains[nt_authority], nt::Sid{5, {17}}, group, u"IUSR"},
    {domains[nt_authority], nt::Sid{5, {18}}, group, u"SYSTEM"},
    {domains[nt_authority], nt::Sid{5, {19}}, group, u"LOCAL SERVICE"},
    {domains[nt_authority], nt::Sid{5, {20}}, group, u"NETWORK SERVICE"},
    {domains[nt_authority], nt::Sid{5, {64, 10}}, group, u"NTLM Authentication"},
    {domains[nt_authority], nt::Sid{5, {64, 14}}, group, u"SChannel Authentication"},
    {domains[nt_authority], nt::Sid{5, {64, 21}}, group, u"Digest Authentication"},
    {domains[nt_authority], nt::Sid{5, {113}}, group, u"Local account"},
    {domains[nt_authority], nt::Sid{5, {114}}, group, u"Local account and member of Administrators group"},
    {domains[builtin], nt::Sid{5, {32, 544}}, alias, u"Administrators"},
    {domains[builtin], nt::Sid{5, {32, 545}}, alias, u"Users"},
    {domains[builtin], nt::Sid{5, {32, 546}}, alias, u"Guests"},
    {domains[builtin], nt::Sid{5, {32, 547}}, alias, u"Power Users"},
    {domains[builtin], nt::Sid{5, {32, 551}}, alias, u"Backup Operators"},
    {domains[builtin], nt::Sid{5, {32, 552}}, alias, u"Replicator"},
    {domains[builtin], nt::Sid{5, {32, 555}}, alias, u"Remote Desktop Users"},
    {domains[builtin], nt::Sid{5, {32, 556}}, alias, u"Network Configuration Operators"},
    {domains[builtin], nt::Sid{5, {32, 558}}, alias, u"Performance Monitor Users"},
    {domains[builtin], nt::Sid{5, {32, 559}}, alias, u"Performance Log Users"},
    {domains[builtin], nt::Sid{5, {32, 562}}, alias, u"Distributed COM Users"},
    {domains[builtin], nt::Sid{5, {32, 569}}, alias, u"Cryptographic Operators"},
    {domains[builtin], nt::Sid{5, {32, 573}}, alias, u"Event Log Readers"},
    {domains[builtin], nt::Sid{5, {32, 580}}, alias, u"Remote Management Users"},
    {domains[nt_service], nt::Sid{5, {80, 0}}, group, u"ALL SERVICES"},
    {domains[labels], nt::Sid{16, {0}}, label, u"Untrusted Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x1000}}, label, u"Low Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x2000}}, label, u"Medium Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x2100}}, label, u"Medium Plus Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x3000}}, label, u"High Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x4000}}, label, u"System Mandatory Level"},
    {domains[labels], nt::Sid{16, {0x5000}}, label, u"Protected Process Mandatory Level"},
};

}  // namespace

std::span<const KnownDomain> known_domains() { return domains; }
std::span<const KnownSid> known_sids() { return sids; }
const KnownDomain& unix_users_domain() { return domains[unix_users]; }
const KnownDomain& unix_groups_domain() { return domains[unix_groups]; }

}  // namespace openlsa::authority
