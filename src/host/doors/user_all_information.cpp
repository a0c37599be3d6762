#include "host/doors/user_all_information.hpp"

#include <algorithm>

#include "host/marshal/strings.hpp"
#include "win32/midl_memory.hpp"

namespace openlsa::host {
namespace {

LARGE_INTEGER time_of(std::int64_t ticks) {
  LARGE_INTEGER time{};
  time.QuadPart = ticks;
  return time;
}

UNICODE_STRING view_of_key(base::Secret& key) {
  UNICODE_STRING view{};
  view.Length = view.MaximumLength = static_cast<USHORT>(key.size());
  view.Buffer = key.empty() ? nullptr : reinterpret_cast<PWSTR>(key.reveal_mutable().data());
  return view;
}

// In a block that the package may give back; an empty one has no buffer.
UNICODE_STRING midl_string(const seam::Text& text) {
  UNICODE_STRING string{};
  const std::size_t size = std::min(text.size() * sizeof(char16_t), UserAll::max_parameters_bytes);
  if (size == 0) return string;
  string.Buffer = static_cast<PWSTR>(MIDL_user_allocate(size));
  if (string.Buffer == nullptr) return string;
  std::memcpy(string.Buffer, text.data(), size);
  string.Length = string.MaximumLength = static_cast<USHORT>(size);
  return string;
}

}  // namespace

UserAll::UserAll(const seam::UserAllInformation& user)
    : user_name_(user.user_name),
      full_name_(user.full_name),
      home_directory_(user.home_directory),
      work_stations_(user.work_stations),
      logon_hours_(user.logon_hours) {
  if (user.nt_password) nt_password_ = user.nt_password->duplicate();
  USER_ALL_INFORMATION& all = information_;
  all.LastLogon = time_of(user.last_logon);
  all.LastLogoff = time_of(user.last_logoff);
  all.PasswordLastSet = time_of(user.times.password_set);
  all.AccountExpires = time_of(user.account_expires);
  all.PasswordCanChange = time_of(user.times.password_can_change);
  all.PasswordMustChange = time_of(user.times.password_must_change);
  all.UserName = marshal::view_of(user_name_);
  all.FullName = marshal::view_of(full_name_);
  all.HomeDirectory = marshal::view_of(home_directory_);
  all.WorkStations = marshal::view_of(work_stations_);
  all.Parameters = midl_string(user.parameters);
  all.NtPassword = view_of_key(nt_password_);
  all.UserId = user.user_id;
  all.PrimaryGroupId = user.primary_group_id;
  all.UserAccountControl = user.user_account_control;
  all.LogonHours.UnitsPerWeek = logon_hours_.empty() ? 0 : SAM_HOURS_PER_WEEK;
  all.LogonHours.LogonHours = logon_hours_.empty() ? nullptr : logon_hours_.data();
  all.BadPasswordCount = user.bad_password_count;
  all.LogonCount = user.logon_count;
  all.NtPasswordPresent = user.nt_password_present ? TRUE : FALSE;
  all.PasswordExpired = user.password_expired ? TRUE : FALSE;
}

UserAll::~UserAll() {
  seam::OptionalText unused;
  (void)take_parameters(0, unused);
}

const char* UserAll::take_parameters(ULONG which_fields, seam::OptionalText& parameters) {
  if (std::exchange(taken_, true)) return nullptr;
  const UNICODE_STRING string = information_.Parameters;
  information_.Parameters = {};
  std::size_t room = 0;
  const bool block = string.Buffer != nullptr && openlsa_private_midl_block(string.Buffer, &room);
  const char* wrong = nullptr;
  if ((which_fields & ~static_cast<ULONG>(USER_ALL_PARAMETERS)) != 0)
    wrong = "WhichFields with more than USER_ALL_PARAMETERS";
  else if (string.Buffer != nullptr && !block)
    wrong = "Parameters that MIDL_user_allocate did not give";
  else if (string.Length % sizeof(char16_t) != 0 || string.Length > room || string.Length > max_parameters_bytes)
    wrong = "Parameters beyond their block, of an odd length, or of more than 32 KiB";
  else if ((which_fields & USER_ALL_PARAMETERS) != 0)
    parameters = seam::Text(reinterpret_cast<const char16_t*>(string.Buffer), string.Length / sizeof(char16_t));
  if (block) MIDL_user_free(string.Buffer);
  return wrong;
}

}  // namespace openlsa::host
