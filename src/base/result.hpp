// Results: a value or an error, never an exception. OPENLSA_TRY leaves the enclosing function with the error.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace openlsa::base {

template <class T, class E>
using Result = std::expected<T, E>;

// An error for people: what happened, where, and what to do next, in one line.
struct Failure {
  std::string message;
};

template <class T = void>
using OrFailure = std::expected<T, Failure>;

inline std::unexpected<Failure> failure(std::string message) { return std::unexpected(Failure{std::move(message)}); }

}  // namespace openlsa::base

// value = OPENLSA_TRY(expression): unwraps, or returns the error from the enclosing function.
#define OPENLSA_TRY(expression)                                                             \
  ({                                                                                        \
    auto openlsa_try_result = (expression);                                                 \
    if (!openlsa_try_result) return std::unexpected(std::move(openlsa_try_result).error()); \
    std::move(openlsa_try_result).value();                                                  \
  })
