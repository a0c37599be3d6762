// USER_ALL_INFORMATION as a routine gets it: every string in memory that the routine may change, Parameters in memory
// that it may free and allocate anew (MIDL_user_allocate).
#pragma once

#include "seam/door_calls.hpp"

#include <openlsa/subauth.h>

namespace openlsa::host {

class UserAll {
 public:
  static constexpr std::size_t max_parameters_bytes = 32 * 1024;  // of what is to be stored

  explicit UserAll(const seam::UserAllInformation& user);
  UserAll(const UserAll&) = delete;
  UserAll& operator=(const UserAll&) = delete;
  ~UserAll();

  PUSER_ALL_INFORMATION get() { return &information_; }

  // After the call, once: `parameters` is what WhichFields asks to have stored. What is wrong with it, or null. The
  // buffer of Parameters goes in every case.
  const char* take_parameters(ULONG which_fields, seam::OptionalText& parameters);

 private:
  seam::Text user_name_;
  seam::Text full_name_;
  seam::Text home_directory_;
  seam::Text work_stations_;
  base::Secret nt_password_;
  base::Bytes logon_hours_;
  USER_ALL_INFORMATION information_{};
  bool taken_ = false;
};

}  // namespace openlsa::host
