// A sub-authentication package that does what it is told: by the first response when that is text ("do:..."), otherwise
// by the name of the account. SUB_AUTH_FORMS says which entry points this build has.
#include <openlsa/ntsecapi.h>
#include <openlsa/ntstatus.h>
#include <openlsa/subauth.h>
#include <openlsa/windows.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

std::string narrow(const UNICODE_STRING& string) {
  std::string text;
  const auto* units = reinterpret_cast<const char16_t*>(string.Buffer);
  for (USHORT i = 0; i < string.Length / 2; ++i) text += static_cast<char>(units[i]);
  return text;
}

std::string hexadecimal(const void* data, std::size_t size) {
  std::string text;
  char pair[3];
  for (std::size_t i = 0; i < size; ++i) {
    std::snprintf(pair, sizeof pair, "%02x", static_cast<const unsigned char*>(data)[i]);
    text += pair;
  }
  return text;
}

// "pin 4711": its first word and the rest.
struct Order {
  std::string word;
  std::string rest;
  explicit Order(std::string_view text) {
    const std::size_t space = text.find(' ');
    word = text.substr(0, space);
    if (space != text.npos) rest = text.substr(space + 1);
  }
  ULONG number() const { return static_cast<ULONG>(std::strtoul(rest.c_str(), nullptr, 16)); }
};

Order order_of(NETLOGON_LOGON_INFO_CLASS level, const void* information, const USER_ALL_INFORMATION& user) {
  if (level == NetlogonNetworkInformation) {
    const auto& network = *static_cast<const NETLOGON_NETWORK_INFO*>(information);
    const std::string_view response(network.NtChallengeResponse.Buffer, network.NtChallengeResponse.Length);
    if (response.starts_with("do:")) return Order(response.substr(3));
  }
  return Order(narrow(user.UserName));
}

std::string seen(NETLOGON_LOGON_INFO_CLASS level, const void* information, ULONG flags,
                 const USER_ALL_INFORMATION& user) {
  const auto& identity = *static_cast<const NETLOGON_LOGON_IDENTITY_INFO*>(information);
  std::string text = "level=" + std::to_string(level) + " flags=" + std::to_string(flags) +
                     " domain=" + narrow(identity.LogonDomainName) + " name=" + narrow(identity.UserName) +
                     " workstation=" + narrow(identity.Workstation) +
                     " control=" + std::to_string(identity.ParameterControl);
  if (level == NetlogonInteractiveInformation) {
    const auto& interactive = *static_cast<const NETLOGON_INTERACTIVE_INFO*>(information);
    text += " nt-owf=" + hexadecimal(&interactive.NtOwfPassword, sizeof interactive.NtOwfPassword);
  } else {
    const auto& network = *static_cast<const NETLOGON_NETWORK_INFO*>(information);
    text += " challenge=" + hexadecimal(&network.LmChallenge, sizeof network.LmChallenge) +
            " nt=" + std::to_string(network.NtChallengeResponse.Length) +
            " lm=" + hexadecimal(network.LmChallengeResponse.Buffer, network.LmChallengeResponse.Length);
  }
  text += " user=" + narrow(user.UserName) + " full=" + narrow(user.FullName) + " home=" + narrow(user.HomeDirectory) +
          " stations=" + narrow(user.WorkStations) + " parameters=" + narrow(user.Parameters) +
          " id=" + std::to_string(user.UserId) + " group=" + std::to_string(user.PrimaryGroupId) +
          " account-control=" + std::to_string(user.UserAccountControl) +
          " units=" + std::to_string(user.LogonHours.UnitsPerWeek) + " bad=" + std::to_string(user.BadPasswordCount) +
          " set=" + std::to_string(user.PasswordLastSet.QuadPart) +
          " expires=" + std::to_string(user.AccountExpires.QuadPart) +
          " key=" + hexadecimal(user.NtPassword.Buffer, user.NtPassword.Length) +
          " has-key=" + std::to_string(user.NtPasswordPresent) + " expired=" + std::to_string(user.PasswordExpired);
  if (user.LogonHours.LogonHours != nullptr) text += " hours=" + hexadecimal(user.LogonHours.LogonHours, 21);
  return text;
}

// As the documentation says: the old buffer goes, the new one is of the same allocator.
void set_parameters(USER_ALL_INFORMATION& user, std::string_view text) {
  MIDL_user_free(user.Parameters.Buffer);
  auto* const units = static_cast<char16_t*>(MIDL_user_allocate(text.size() * 2));
  for (std::size_t i = 0; i < text.size(); ++i) units[i] = static_cast<unsigned char>(text[i]);
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * 2);
  string.Buffer = reinterpret_cast<PWSTR>(units);
  user.Parameters = string;
}

// What no package should do.
NTSTATUS misbehave(const Order& order) {
  if (order.word == "crash") std::abort();
  if (order.word == "hang")
    for (;;) Sleep(1000);
  if (order.word == "throw") throw std::runtime_error("told to");
  if (order.word == "pin") return order.rest == "4711" ? STATUS_SUCCESS : STATUS_WRONG_PASSWORD;
  if (order.word == "status") return static_cast<NTSTATUS>(order.number());
  return STATUS_SUCCESS;
}

[[maybe_unused]] NTSTATUS judge(NETLOGON_LOGON_INFO_CLASS level, const void* information, ULONG flags,
                                USER_ALL_INFORMATION& user, ULONG& which_fields, ULONG& user_flags,
                                BOOLEAN& authoritative, LARGE_INTEGER& logoff, LARGE_INTEGER& kickoff) {
  static char16_t elsewhere[] = u"static";
  const Order order = order_of(level, information, user);
  authoritative = FALSE;
  if (order.word == "which") which_fields = order.number();
  if (order.word == "flags") user_flags = order.number();
  if (order.word == "times") logoff.QuadPart = 1000, kickoff.QuadPart = 2000;
  if (order.word == "past") kickoff.QuadPart = -1;
  if (order.word == "dump") {
    set_parameters(user, seen(level, information, flags, user));
    which_fields = USER_ALL_PARAMETERS;
  }
  if (order.word == "keep") set_parameters(user, "changed and not to be stored");
  if (order.word == "foreign") {
    UNICODE_STRING string{12, 12, reinterpret_cast<PWSTR>(elsewhere)};
    user.Parameters = string;
    which_fields = USER_ALL_PARAMETERS;
  }
  if (order.word == "beyond") {
    set_parameters(user, "short");
    user.Parameters.Length = 600;
    which_fields = USER_ALL_PARAMETERS;
  }
  if (order.word == "long") {
    set_parameters(user, std::string(16385, 'x'));
    which_fields = USER_ALL_PARAMETERS;
  }
  return misbehave(order);
}

}  // namespace

#if SUB_AUTH_FORMS & 1
EXPORT NTSTATUS NTAPI Msv1_0SubAuthenticationRoutine(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation,
                                                     ULONG Flags, PUSER_ALL_INFORMATION UserAll, PULONG WhichFields,
                                                     PULONG UserFlags, PBOOLEAN Authoritative,
                                                     PLARGE_INTEGER LogoffTime, PLARGE_INTEGER KickoffTime) {
  return judge(LogonLevel, LogonInformation, Flags, *UserAll, *WhichFields, *UserFlags, *Authoritative, *LogoffTime,
               *KickoffTime);
}
#endif

#if SUB_AUTH_FORMS & 2
EXPORT NTSTATUS NTAPI Msv1_0SubAuthenticationRoutineEx(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation,
                                                       ULONG Flags, PUSER_ALL_INFORMATION UserAll, SAM_HANDLE,
                                                       PMSV1_0_VALIDATION_INFO ValidationInfo,
                                                       PULONG ActionsPerformed) {
  static char16_t server[] = u"SUBAUTH";
  (void)Flags;
  const Order order = order_of(LogonLevel, LogonInformation, *UserAll);
  *ActionsPerformed = MSV1_0_SUBAUTH_PASSWORD;
  ValidationInfo->Authoritative = FALSE;
  if (order.word == "actions") *ActionsPerformed = order.number();
  if (order.word == "which") ValidationInfo->WhichFields = order.number();
  if (order.word == "key") {
    ValidationInfo->WhichFields = MSV1_0_VALIDATION_SESSION_KEY | MSV1_0_VALIDATION_USER_FLAGS;
    std::memset(&ValidationInfo->SessionKey, 0x5a, sizeof ValidationInfo->SessionKey);
    ValidationInfo->UserFlags = 0x02000000;
  }
  if (order.word == "server") {
    ValidationInfo->WhichFields = MSV1_0_VALIDATION_LOGON_SERVER | MSV1_0_VALIDATION_LOGON_DOMAIN |
                                  MSV1_0_VALIDATION_LOGOFF_TIME | MSV1_0_VALIDATION_KICKOFF_TIME;
    ValidationInfo->LogonServer = {14, 16, reinterpret_cast<PWSTR>(server)};
    ValidationInfo->LogonDomainName = {14, 16, reinterpret_cast<PWSTR>(server)};
    ValidationInfo->LogoffTime.QuadPart = 1000;
    ValidationInfo->KickoffTime.QuadPart = 2000;
  }
  if (order.word == "other") {
    ValidationInfo->WhichFields = MSV1_0_VALIDATION_USER_ID;
    ValidationInfo->UserId = UserAll->UserId + 1;
  }
  if (order.word == "same") {
    ValidationInfo->WhichFields = MSV1_0_VALIDATION_USER_ID;
    ValidationInfo->UserId = UserAll->UserId;
  }
  return misbehave(order);
}
#endif

#if SUB_AUTH_FORMS & 4
EXPORT NTSTATUS NTAPI Msv1_0SubAuthenticationRoutineGeneric(PVOID SubmitBuffer, ULONG SubmitBufferLength,
                                                            PULONG ReturnBufferLength, PVOID* ReturnBuffer) {
  static char elsewhere[] = "static";
  const std::string_view text(static_cast<const char*>(SubmitBuffer), SubmitBufferLength);
  const Order order(text);
  *ReturnBuffer = nullptr;
  *ReturnBufferLength = 0;
  if (order.word == "reverse") {
    const std::string reversed(order.rest.rbegin(), order.rest.rend());
    *ReturnBuffer = MIDL_user_allocate(reversed.size());
    *ReturnBufferLength = static_cast<ULONG>(reversed.size());
    std::memcpy(*ReturnBuffer, reversed.data(), reversed.size());
  }
  if (order.word == "huge" || order.word == "beyond") {
    *ReturnBuffer = MIDL_user_allocate(order.word == "huge" ? 65537 : 4);
    *ReturnBufferLength = order.word == "huge" ? 65537 : 5;
  }
  if (order.word == "foreign") {
    *ReturnBuffer = elsewhere;
    *ReturnBufferLength = 6;
  }
  return misbehave(order);
}
#endif

#if SUB_AUTH_FORMS & 8
EXPORT NTSTATUS NTAPI Msv1_0SubAuthenticationFilter(NETLOGON_LOGON_INFO_CLASS LogonLevel, PVOID LogonInformation,
                                                    ULONG Flags, PUSER_ALL_INFORMATION UserAll, PULONG WhichFields,
                                                    PULONG UserFlags, PBOOLEAN Authoritative, PLARGE_INTEGER LogoffTime,
                                                    PLARGE_INTEGER KickoffTime) {
  const NTSTATUS status = judge(LogonLevel, LogonInformation, Flags, *UserAll, *WhichFields, *UserFlags, *Authoritative,
                                *LogoffTime, *KickoffTime);
  // An account tells by its name what becomes of its logons.
  const std::string name = narrow(UserAll->UserName);
  if (name == "vetoed") return STATUS_ACCOUNT_RESTRICTION;
  if (name == "wrong-token") return STATUS_WRONG_PASSWORD;
  if (name == "early") KickoffTime->QuadPart = 2000;
  return status;
}
#endif
