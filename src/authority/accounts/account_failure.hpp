// Why a change of the accounts was refused: a status for the API, a line for people.
#pragma once

#include <expected>
#include <string>

#include "base/result.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

struct AccountFailure {
  nt::Status status = STATUS_INTERNAL_DB_ERROR;
  std::string message;
  AccountFailure(nt::Status why, std::string text) : status(why), message(std::move(text)) {}
};

template <class T = void>
using AccountResult = std::expected<T, AccountFailure>;

inline std::unexpected<AccountFailure> account_failure(nt::Status status, std::string message) {
  return std::unexpected(AccountFailure(status, std::move(message)));
}

}  // namespace openlsa::authority
