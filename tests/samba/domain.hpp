// The domain that tests/samba/with_domain has started, as its environment describes it.
#pragma once

#include <string>

#include "support/sspi_client.hpp"

namespace openlsa::test {

// Whether there is one: the program was started by with_domain.
bool domain_is_here();

std::string domain_name();
std::string domain_controller();  // its DNS name
std::string domain_address();
std::string domain_directory();
std::string domain_password(const std::string& account);

// An outbound credential of an account of the domain, with its password or another one.
Credential domain_client(const std::string& account, const char* package);
Credential domain_client(const std::string& account, const char* package, const std::string& password);

}  // namespace openlsa::test
