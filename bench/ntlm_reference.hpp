// Another NTLM to compare with: a program of bench/peers in a process of its own, which does as many operations as it
// is told and says what processor time they took.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>

namespace openlsa::bench {

class NtlmReference {
 public:
  enum class Which { winpr, gss_ntlmssp };
  explicit NtlmReference(Which which);
  ~NtlmReference();
  NtlmReference(const NtlmReference&) = delete;
  NtlmReference& operator=(const NtlmReference&) = delete;

  static const char* name(Which which) { return which == Which::winpr ? "winpr" : "gss_ntlmssp"; }
  // Why it cannot be compared with; empty: it can.
  const std::string& missing() const { return missing_; }
  // Nanoseconds of one "handshake", "seal" or "sign".
  double nanoseconds_each(const char* operation, std::size_t size, std::size_t count);

 private:
  void start(Which which, const std::string& program);
  std::string line();

  std::string missing_, directory_;
  pid_t process_ = -1;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

}  // namespace openlsa::bench
