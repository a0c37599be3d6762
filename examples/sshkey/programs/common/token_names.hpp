// Names for numbers in a token.
#pragma once

#include <openlsa/windows.h>

#include <string>

namespace sshkey::programs {

std::string logon_type_text(ULONG logon_type);
std::string privilege_text(const LUID& privilege);
std::string group_attributes_text(DWORD attributes);

}  // namespace sshkey::programs
