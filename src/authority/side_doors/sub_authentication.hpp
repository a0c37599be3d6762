// Sub-authentication packages (Lsa\MSV1_0, Auth<number>): which one has a say in an attempt to log on, and what it
// says. Number 0 is the filter, which is asked after MSV1_0's own validation of every attempt; 1 to 255 are asked by
// name instead of it, for logons that are not interactive ("Registering Subauthentication Packages").
#pragma once

#include <memory>
#include <string>

#include "authority/accounts/account_store.hpp"
#include "authority/accounts/logon_check.hpp"
#include "authority/packages/registry.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

// The package that the client asks for, of the top byte of ParameterControl; 0: none.
std::uint32_t sub_authentication_number(const seam::LogOnAccountRequest& request);
// Null: none is registered with this number.
std::shared_ptr<PackageFile> sub_authentication_file(Registry& registry, std::uint32_t number);
// Whether log_on_account must leave the attempt to log_on_elsewhere, which may wait.
bool sub_authentication_has_a_say(Registry& registry, const seam::LogOnAccountRequest& request);

// What a package is told of an attempt at this account. Keys go only to a file with the right to account keys.
seam::SubAuthenticateRequest sub_authenticate_request(const AccountStore& accounts, const Account& account,
                                                      const Rights& rights, const seam::LogOnAccountRequest& attempt);

// Asks the package; with no lock held, and done before `until`. STATUS_INTERNAL_ERROR: it does not run, or did not
// answer.
seam::SubAuthenticateReply ask_sub_authentication(Registry& registry, PackageFile& file,
                                                  RunningCalls::Clock::time_point until,
                                                  seam::SubAuthenticateRequest request);

// What a package must not decide, though it says success; a reason for the audit trail, or an empty text.
std::string objection_to_answer(const PackageFile& file, const Account& account,
                                const seam::SubAuthenticateReply& answer);

// What the package adds to a logon that succeeded: flags, times, the session key.
void add_sub_authentication(const seam::SubAuthenticateReply& said, seam::LogOnAccountReply& reply);

// Restrictions that an answer says were looked at.
CheckedElsewhere checked_by(const seam::SubAuthenticateReply& answer);

}  // namespace openlsa::authority
