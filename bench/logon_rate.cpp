// logon.rate: LsaLogonUser with an account's password (MSV1_0_INTERACTIVE_LOGON) and the token closed, in the isolated
// composition. Reference: one datagram of the same size each way between two processes.
#include <fmt/format.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/windows.h>

#include <cstring>

#include "measure.hpp"
#include "ntlm_parties.hpp"
#include "one_processor.hpp"
#include "ping_pong.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t logons_each_run = 500, exchanges_each_run = 10'000, bytes_of_exchange = 512;

class Logons {
 public:
  Logons() {
    LSA_STRING name = RTL_CONSTANT_STRING("openlsa-bench"), package = RTL_CONSTANT_STRING(MSV1_0_PACKAGE_NAME);
    LSA_OPERATIONAL_MODE mode = 0;
    need(LsaRegisterLogonProcess(&name, &lsa_, &mode), "LsaRegisterLogonProcess");
    need(LsaLookupAuthenticationPackage(lsa_, &package, &package_), "LsaLookupAuthenticationPackage");
    submit_.resize(sizeof(MSV1_0_INTERACTIVE_LOGON));
    header().MessageType = MsV1_0InteractiveLogon;
    append(offsetof(MSV1_0_INTERACTIVE_LOGON, LogonDomainName), ntlm_domain);
    append(offsetof(MSV1_0_INTERACTIVE_LOGON, UserName), ntlm_user);
    append(offsetof(MSV1_0_INTERACTIVE_LOGON, Password), ntlm_password);
    std::memcpy(source_.SourceName, "bench", 5);
  }
  ~Logons() { LsaDeregisterLogonProcess(lsa_); }
  Logons(const Logons&) = delete;
  Logons& operator=(const Logons&) = delete;

  void log_on() {
    // Each call gets a fresh copy: the password in it is the package's to wipe.
    std::vector<char> submit = submit_;
    place(submit);
    LSA_STRING origin = RTL_CONSTANT_STRING("openlsa-bench");
    PVOID profile = nullptr;
    ULONG profile_size = 0;
    LUID logon_id{};
    HANDLE token = nullptr;
    QUOTA_LIMITS quotas{};
    NTSTATUS sub_status = 0;
    need(LsaLogonUser(lsa_, &origin, Interactive, package_, submit.data(), static_cast<ULONG>(submit.size()), nullptr,
                      &source_, &profile, &profile_size, &logon_id, &token, &quotas, &sub_status),
         "LsaLogonUser");
    if (profile != nullptr) LsaFreeReturnBuffer(profile);
    CloseHandle(token);
  }

 private:
  static void need(NTSTATUS status, const char* what) {
    if (status != 0) give_up(fmt::format("{} answered {:#010x}", what, static_cast<std::uint32_t>(status)));
  }
  MSV1_0_INTERACTIVE_LOGON& header() { return *reinterpret_cast<MSV1_0_INTERACTIVE_LOGON*>(submit_.data()); }
  void append(std::size_t member, std::string_view text) {
    strings_.push_back({member, submit_.size(), text.size() * 2});
    for (const char c : text) {
      submit_.push_back(c);
      submit_.push_back(0);
    }
  }
  void place(std::vector<char>& submit) const {
    for (const auto& [member, offset, size] : strings_) {
      UNICODE_STRING string{};
      string.Length = string.MaximumLength = static_cast<USHORT>(size);
      string.Buffer = reinterpret_cast<PWSTR>(submit.data() + offset);
      std::memcpy(submit.data() + member, &string, sizeof string);
    }
  }

  struct String {
    std::size_t member, offset, size_bytes;
  };
  HANDLE lsa_ = nullptr;
  ULONG package_ = 0;
  TOKEN_SOURCE source_{};
  std::vector<char> submit_;
  std::vector<String> strings_;
};

}  // namespace

void logon_rate(const Selection& selection, Rows& rows) {
  if (!selection.wants("logon.rate")) return;
  const OneProcessor processor;
  const NtlmAuthority authority("isolated");
  const Rows measured = in_child([&] {
    Logons logons;
    PingPong reference(bytes_of_exchange, bytes_of_exchange);
    Row row = interleaved(
        "logon.rate", "us", selection.runs,
        [&] { return nanoseconds_each(logons_each_run, [&] { logons.log_on(); }) / 1000; },
        [&] { return nanoseconds_each(exchanges_each_run, [&] { reference.exchange(); }) / 1000; }, "");
    row.note = fmt::format(
        "LsaLogonUser of an account with its password, token closed: {:.0f} logons a second; the reference is one raw "
        "round trip of {} bytes each way; {}",
        1e6 / row.ours, bytes_of_exchange, processor.words());
    return Rows{row};
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
