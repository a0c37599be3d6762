// libwbclient, loaded at run time, and owners of what it gives.
#pragma once

#include <string>
#include <utility>

#include "wbclient.hpp"

namespace winbind {

// Loads the library once. Empty, or why it cannot be used, for a person.
std::string load_library();
// Its members are NULL before load_library() has succeeded.
const wbc::Functions& library();
// For tests: in the place of a library.
void use_library(const wbc::Functions& functions);

// A connection to winbindd. The library's own context is shared by all threads and not made for that: each call of the
// door has one of these, and a winbindd that was started anew is found by the next call.
class Connection {
 public:
  Connection() : context_(library().wbcCtxCreate()) {}
  ~Connection() {
    if (context_ != nullptr) library().wbcCtxFree(context_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  explicit operator bool() const { return context_ != nullptr; }
  wbc::Context* get() const { return context_; }

 private:
  wbc::Context* context_;
};

// Memory of the library.
template <class T>
class Given {
 public:
  Given() = default;
  ~Given() {
    if (value_ != nullptr) library().wbcFreeMemory(value_);
  }
  Given(const Given&) = delete;
  Given& operator=(const Given&) = delete;

  T** out() { return &value_; }
  T* get() const { return value_; }
  T* operator->() const { return value_; }
  explicit operator bool() const { return value_ != nullptr; }

 private:
  T* value_ = nullptr;
};

}  // namespace winbind
