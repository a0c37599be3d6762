// The names that a client gave, as winbindd is asked for them.
#pragma once

#include <optional>
#include <string>

#include "library.hpp"

#include <openlsa/ntsecapi.h>

namespace winbind {

struct AskedName {
  std::string user;
  std::string domain;  // empty: user is a user principal name
};

// None for what cannot be asked: ill-formed, too long for winbindd, or with a character that would make it another name
// there. winbindd itself takes a name apart at its separator.
std::optional<AskedName> asked_name(const UNICODE_STRING& user, const UNICODE_STRING& domain, char separator);

// winbindd's separator between domain and user (smb.conf(5), "winbind separator").
wbc::Error separator_of(const Connection& connection, char& separator);

}  // namespace winbind
