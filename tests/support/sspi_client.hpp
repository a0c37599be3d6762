// SSPI as a test wants it: credentials, contexts and legs as values; what is not freed by hand is freed at the end.
#pragma once

#include <openlsa/sspi.h>

#include <string>
#include <string_view>

namespace openlsa::test {

class Credential {
 public:
  // By the W function.
  Credential(const char* package, ULONG use, const char* principal = nullptr, void* identity = nullptr);
  static Credential by_ansi(const char* package, ULONG use, const char* principal = nullptr, void* identity = nullptr);
  Credential(Credential&& other) noexcept;
  ~Credential();

  SECURITY_STATUS status() const { return status_; }
  PCredHandle get() { return &handle_; }
  TimeStamp expiry() const { return expiry_; }
  SECURITY_STATUS free();

 private:
  Credential() = default;
  CredHandle handle_{};
  TimeStamp expiry_{};
  SECURITY_STATUS status_ = -1;
};

// What one leg answered.
struct Leg {
  SECURITY_STATUS status = 0;
  std::string token;
  ULONG attributes = 0;
  TimeStamp expiry{};
};

class Context {
 public:
  Context() = default;
  Context(Context&& other) noexcept;
  ~Context();

  // The first leg, or a later one. ISC_REQ_ALLOCATE_MEMORY and ASC_REQ_ALLOCATE_MEMORY work as documented.
  Leg initialize(Credential& credential, std::string_view target, std::string token = "", ULONG requirements = 0,
                 bool ansi = false);
  Leg accept(Credential& credential, std::string token, ULONG requirements = 0);

  PCtxtHandle get() { return &handle_; }
  bool exists() const { return exists_; }
  SECURITY_STATUS free();

  // Message functions: the result is the sealed or signed form, or an empty string and a status.
  std::string seal(std::string text, ULONG number, SECURITY_STATUS* status = nullptr);
  std::string unseal(std::string sealed, ULONG number, SECURITY_STATUS* status = nullptr);

 private:
  CtxtHandle handle_{};
  bool exists_ = false;
};

// Both sides in this process, driven to their end or to the first failure.
struct Conversation {
  explicit Conversation(std::string_view options, const char* package = "Probe", ULONG requirements = 0);
  Credential outbound;
  Credential inbound;
  Context initiator;
  Context acceptor;
  Leg initiator_leg;  // the last of each side
  Leg acceptor_leg;
  bool complete() const { return initiator_leg.status == SEC_E_OK && acceptor_leg.status == SEC_E_OK; }
};

}  // namespace openlsa::test
