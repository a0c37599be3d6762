#include "common/token_description.hpp"

#include <openlsa/ntsecapi.h>
#include <openlsa/ntstatus.h>

#include <cstdio>

#include "common/token_names.hpp"
#include "core/bytes.hpp"
#include "core/utf.hpp"

namespace sshkey::programs {
namespace {

// One information class. It is aligned as the structures are.
class Information {
 public:
  static OrFailure<Information> read(HANDLE token, TOKEN_INFORMATION_CLASS information_class, const char* name) {
    Information information;
    DWORD size = 0;
    GetTokenInformation(token, information_class, nullptr, 0, &size);
    information.words_.resize(size / sizeof(std::uint64_t) + 1);
    if (!GetTokenInformation(token, information_class, information.words_.data(),
                             static_cast<DWORD>(information.words_.size() * sizeof(std::uint64_t)), &size))
      return fail(std::string("reading the token (GetTokenInformation, ") + name + "): error " +
                  std::to_string(GetLastError()) + ". Is the logon session still there (lsactl session list)?");
    return information;
  }
  template <class T>
  const T& as() const {
    return *reinterpret_cast<const T*>(words_.data());
  }

 private:
  std::vector<std::uint64_t> words_;
};

std::string sid_text(PSID sid) {
  LPSTR text = nullptr;
  if (!ConvertSidToStringSidA(sid, &text)) return "(no valid SID)";
  const std::string copy = text;
  LocalFree(text);
  return copy;
}

std::string text_of_unicode(const UNICODE_STRING& string) {
  if (string.Buffer == nullptr) return {};
  const auto* characters = reinterpret_cast<const char16_t*>(string.Buffer);
  return to_utf8({characters, string.Length / sizeof(char16_t)}).value_or("(not UTF-16)");
}

// The session's data is for its owner and for administrators; for others the token alone speaks.
void add_session(TokenDescription& description) {
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  if (LsaGetLogonSessionData(&description.logon_id, &data) != 0 || data == nullptr) return;
  const std::string domain = text_of_unicode(data->LogonDomain);
  const std::string account = text_of_unicode(data->UserName);
  description.user_name = domain.empty() ? account : domain + "\\" + account;
  description.package = text_of_unicode(data->AuthenticationPackage);
  description.session_type = logon_type_text(data->LogonType);
  LsaFreeReturnBuffer(data);
}

}  // namespace

OrFailure<TokenDescription> describe(HANDLE token) {
  TokenDescription description;
  const auto user = Information::read(token, TokenUser, "TokenUser");
  if (!user) return std::unexpected(user.error());
  description.user_sid = sid_text(user->as<TOKEN_USER>().User.Sid);

  const auto statistics = Information::read(token, TokenStatistics, "TokenStatistics");
  if (!statistics) return std::unexpected(statistics.error());
  description.logon_id = statistics->as<TOKEN_STATISTICS>().AuthenticationId;
  description.token_id = statistics->as<TOKEN_STATISTICS>().TokenId;
  description.type = statistics->as<TOKEN_STATISTICS>().TokenType;
  description.level = statistics->as<TOKEN_STATISTICS>().ImpersonationLevel;

  const auto groups = Information::read(token, TokenGroups, "TokenGroups");
  if (!groups) return std::unexpected(groups.error());
  const auto& group_list = groups->as<TOKEN_GROUPS>();
  for (DWORD i = 0; i < group_list.GroupCount; ++i)
    description.groups.push_back({sid_text(group_list.Groups[i].Sid), group_list.Groups[i].Attributes});

  const auto privileges = Information::read(token, TokenPrivileges, "TokenPrivileges");
  if (!privileges) return std::unexpected(privileges.error());
  const auto& privilege_list = privileges->as<TOKEN_PRIVILEGES>();
  for (DWORD i = 0; i < privilege_list.PrivilegeCount; ++i)
    description.privileges.push_back({privilege_text(privilege_list.Privileges[i].Luid),
                                      (privilege_list.Privileges[i].Attributes & SE_PRIVILEGE_ENABLED) != 0});

  // A warning (more groups than the structure holds) still fills the structure in, for display.
  const NTSTATUS status = OpenLsaGetTokenPosixIdentity(token, &description.posix);
  if (status != 0 && status != STATUS_BUFFER_OVERFLOW)
    return fail_with_status("asking for the token's POSIX identity (OpenLsaGetTokenPosixIdentity)", status);
  add_session(description);
  return description;
}

std::string luid_text(const LUID& luid) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%x:0x%x", static_cast<unsigned>(luid.HighPart), luid.LowPart);
  return text;
}

}  // namespace sshkey::programs
