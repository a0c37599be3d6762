// Bare SSPs of the tests, each in a directory that only its owner can change.
#pragma once

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "client/sspi_fixture.hpp"

namespace openlsa::client {

// A copy of a file that was built with the tests, gone at the end of the process.
inline std::string installed_file(const std::string& name) {
  static const std::string& directory = []() -> const std::string& {
    char text[] = "/tmp/openlsa-client-bare-XXXXXX";
    static const std::string& made = *new std::string(::mkdtemp(text));
    std::atexit([] { std::filesystem::remove_all(made); });
    return made;
  }();
  const std::string path = directory + "/" + name + ".so";
  if (!std::filesystem::exists(path)) {
    std::filesystem::copy_file(CLIENT_TEST_PACKAGES "/" + name + ".so", path);
    std::filesystem::permissions(path, std::filesystem::perms(0755));
  }
  return path;
}

inline SECURITY_STATUS add_provider(const std::string& path) {
  return AddSecurityPackageA(const_cast<char*>(path.c_str()), nullptr);
}
inline SECURITY_STATUS remove_provider(const std::string& name) {
  return DeleteSecurityPackageA(const_cast<char*>(name.c_str()));
}

// A variable of the provider.
template <class T>
T& of_provider(const char* name, const std::string& file = "bare_provider") {
  void* const loaded = ::dlopen(installed_file(file).c_str(), RTLD_NOW | RTLD_LOCAL);
  return *static_cast<T*>(::dlsym(loaded, name));
}

// With an authority beside it, which has the package "half".
class Bare : public Sspi {
 protected:
  void SetUp() override { ASSERT_EQ(add_provider(installed_file("bare_provider")), SEC_E_OK); }
  void TearDown() override { remove_provider(installed_file("bare_provider")); }

  static SECURITY_STATUS acquire_bare(CredHandle& credential, const char* package = "Bare") {
    return AcquireCredentialsHandleA(nullptr, const_cast<char*>(package), SECPKG_CRED_BOTH, nullptr, nullptr, nullptr,
                                     nullptr, &credential, nullptr);
  }
};

// A finished handshake, and what it was made with.
struct BarePair {
  explicit BarePair(const char* package = "Bare") {
    AcquireCredentialsHandleA(nullptr, const_cast<char*>(package), SECPKG_CRED_BOTH, nullptr, nullptr, nullptr, nullptr,
                              &credential, nullptr);
    char first[80], second[80];
    SecBuffer out{sizeof first, SECBUFFER_TOKEN, first}, answer{sizeof second, SECBUFFER_TOKEN, second},
        none{80, SECBUFFER_TOKEN, first};
    SecBufferDesc outs{SECBUFFER_VERSION, 1, &out}, answers{SECBUFFER_VERSION, 1, &answer},
        nones{SECBUFFER_VERSION, 1, &none};
    ULONG attributes = 0;
    initiated = InitializeSecurityContextA(&credential, nullptr, const_cast<char*>("peter"), 0, 0, 0, nullptr, 0,
                                           &initiator, &outs, &attributes, nullptr);
    accepted = AcceptSecurityContext(&credential, nullptr, &outs, 0, 0, &acceptor, &answers, &attributes, nullptr);
    completed = InitializeSecurityContextA(&credential, &initiator, const_cast<char*>("peter"), 0, 0, 0, &answers, 0,
                                           nullptr, &nones, &attributes, nullptr);
  }
  ~BarePair() {
    DeleteSecurityContext(&initiator);
    DeleteSecurityContext(&acceptor);
    FreeCredentialsHandle(&credential);
  }
  bool complete() const { return initiated == SEC_I_CONTINUE_NEEDED && accepted == SEC_E_OK && completed == SEC_E_OK; }

  CredHandle credential{};
  CtxtHandle initiator{}, acceptor{};
  SECURITY_STATUS initiated = -1, accepted = -1, completed = -1;
};

}  // namespace openlsa::client
