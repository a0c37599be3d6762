#include "client/logon/private_logon.h"

#include <algorithm>

#include "client/c_edge.hpp"
#include "client/connection/authority_address.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "wire/wait_limit.hpp"

using namespace openlsa::client;
using openlsa::seam::AuthorityCalls;

extern "C" void openlsa_private_use_system_authority() { use_system_authority(); }

extern "C" std::uint32_t openlsa_private_limit_waits(std::uint32_t milliseconds) {
  const auto before = openlsa::wire::wait_left();
  openlsa::wire::limit_waits(
      milliseconds == OPENLSA_NO_WAIT_LIMIT ? std::nullopt : std::optional(std::chrono::milliseconds(milliseconds)));
  return before ? static_cast<std::uint32_t>(before->count()) : OPENLSA_NO_WAIT_LIMIT;
}

extern "C" NTSTATUS openlsa_private_leave_claim(HANDLE token, std::uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES]) {
  return at_edge([&]() -> NTSTATUS {
    const auto number = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(token));
    const auto reply = CurrentClient().call(&AuthorityCalls::leave_claim, {number}, authority_lost);
    if (openlsa::nt::succeeded(reply.status)) std::copy(reply.claim.begin(), reply.claim.end(), claim);
    return reply.status;
  });
}

extern "C" NTSTATUS openlsa_private_redeem_claim(const std::uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES], std::uint32_t uid,
                                                 HANDLE* token) {
  return at_edge([&]() -> NTSTATUS {
    openlsa::seam::RedeemClaimRequest request;
    std::copy_n(claim, request.claim.size(), request.claim.begin());
    request.uid = uid;
    const auto reply = CurrentClient().call(&AuthorityCalls::redeem_claim, std::move(request), authority_lost);
    if (openlsa::nt::succeeded(reply.status)) *token = reinterpret_cast<HANDLE>(std::uintptr_t{reply.token});
    return reply.status;
  });
}

extern "C" NTSTATUS openlsa_private_check_account(std::uint32_t uid) {
  return at_edge(
      [&]() -> NTSTATUS { return CurrentClient().call(&AuthorityCalls::check_account, {uid}, authority_lost).status; });
}
