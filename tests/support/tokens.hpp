// What GetTokenInformation says of a token, as values.
#pragma once

#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace openlsa::test {

// The bytes of one information class; empty when GetTokenInformation failed, and its length answers are checked.
std::vector<UCHAR> token_information(HANDLE token, TOKEN_INFORMATION_CLASS information_class);

std::string token_user(HANDLE token);
std::map<std::string, ULONG> token_groups(HANDLE token);   // SID -> attributes
std::map<unsigned, ULONG> token_privileges(HANDLE token);  // the LUID's low part -> attributes
TOKEN_STATISTICS token_statistics(HANDLE token);
unsigned long long token_logon_id(HANDLE token);
OPENLSA_POSIX_IDENTITY posix_identity(HANDLE token);
bool is_open(HANDLE token);

}  // namespace openlsa::test
