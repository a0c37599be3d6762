// An application, a fake authority and a fake host of the package "half".
#pragma once

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>

#include "client/fake_host.hpp"

namespace openlsa::client {

class Sspi : public ::testing::Test {
 protected:
  Sspi() : host_(authority_, installed_half()) {}

  SECURITY_STATUS acquire(CredHandle& credential) {
    return AcquireCredentialsHandleA(nullptr, const_cast<char*>("Half"), SECPKG_CRED_BOTH, nullptr, nullptr, nullptr,
                                     nullptr, &credential, nullptr);
  }
  // One buffer in, one out.
  SECURITY_STATUS initialize(CredHandle& credential, CtxtHandle* context, CtxtHandle& fresh, ULONG requirements = 0) {
    in_ = {5, SECBUFFER_TOKEN, in_bytes_};
    out_ = {sizeof out_bytes_, SECBUFFER_TOKEN, out_bytes_};
    SecBufferDesc input{SECBUFFER_VERSION, 1, &in_}, output{SECBUFFER_VERSION, 1, &out_};
    return InitializeSecurityContextA(&credential, context, const_cast<char*>("target"), requirements, 0, 0,
                                      context == nullptr ? nullptr : &input, 0, &fresh, &output, &attributes_,
                                      &expiry_);
  }
  SECURITY_STATUS accept(CredHandle& credential, CtxtHandle& fresh) {
    in_ = {5, SECBUFFER_TOKEN, in_bytes_};
    SecBufferDesc input{SECBUFFER_VERSION, 1, &in_};
    return AcceptSecurityContext(&credential, nullptr, &input, 0, 0, &fresh, nullptr, nullptr, nullptr);
  }
  SECURITY_STATUS encrypt(CtxtHandle& context, char* text, ULONG size) {
    SecBuffer buffer{size, SECBUFFER_DATA, text};
    SecBufferDesc message{SECBUFFER_VERSION, 1, &buffer};
    return EncryptMessage(&context, 0, &message, 0);
  }
  // A variable of the loaded half.
  template <class T>
  static T& of_half(const char* name) {
    static void* half = ::dlopen(installed_half().c_str(), RTLD_NOW | RTLD_LOCAL);
    return *static_cast<T*>(::dlsym(half, name));
  }
  static seam::SecBufferValue token_of(std::string_view text) {
    return {SECBUFFER_TOKEN, static_cast<std::uint32_t>(text.size()), base::to_bytes(base::as_bytes(text)), 0};
  }

  FakeAuthority authority_;
  FakeHost host_;
  SecBuffer in_{}, out_{};
  char in_bytes_[8] = "token";
  char out_bytes_[16] = {};
  ULONG attributes_ = 0;
  TimeStamp expiry_{};
};

}  // namespace openlsa::client
