// seal.ntlm.* and sign.ntlm.*: EncryptMessage and MakeSignature on a finished context, in processor time. References:
// the same of WinPR, which has no MakeSignature for NTLM, and gss_wrap and gss_get_mic of gss-ntlmssp.
#include <fmt/format.h>
#include <openlsa/security.h>

#include <algorithm>

#include "measure.hpp"
#include "ntlm_parties.hpp"
#include "ntlm_reference.hpp"

namespace openlsa::bench {
namespace {

using Which = NtlmReference::Which;
constexpr std::size_t bytes_each_run = 16u << 20, most_messages_each_run = 50'000, reference_bytes_each_run = 4u << 20,
                      most_reference_messages_each_run = 5'000;
constexpr std::size_t signature_bytes = 16;

class OurMessages {
 public:
  OurMessages(CtxtHandle* context, std::size_t size) : context_(context), message_(size, 0x5a) {}
  void protect(bool sealed) {
    SecBuffer buffers[2] = {{signature_bytes, SECBUFFER_TOKEN, signature_},
                            {static_cast<ULONG>(message_.size()), SECBUFFER_DATA, message_.data()}};
    SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
    const SECURITY_STATUS status =
        sealed ? EncryptMessage(context_, 0, &message, 0) : MakeSignature(context_, 0, &message, 0);
    if (status != SEC_E_OK)
      give_up(fmt::format("NTLM: {} answered {:#010x}", sealed ? "EncryptMessage" : "MakeSignature",
                          static_cast<std::uint32_t>(status)));
  }

 private:
  CtxtHandle* context_;
  std::vector<std::uint8_t> message_;
  std::uint8_t signature_[signature_bytes];
};

struct Wanted {
  std::string name;
  bool sealed;
  std::size_t size;
  Which which;
};

Row measure(CtxtHandle* context, const Wanted& wanted, NtlmReference& reference, int runs) {
  if (!wanted.sealed && wanted.which == Which::winpr)
    return not_run(wanted.name, "MakeSignature of WinPR 2 does not support NTLM (SEC_E_UNSUPPORTED_FUNCTION)");
  if (!reference.missing().empty()) return not_run(wanted.name, reference.missing());
  const std::size_t count = std::min(most_messages_each_run, bytes_each_run / wanted.size);
  const std::size_t reference_count =
      std::min(most_reference_messages_each_run, reference_bytes_each_run / wanted.size);
  OurMessages ours(context, wanted.size);
  const ProcessorTime time({});
  return interleaved(
      wanted.name, "ns", runs, [&] { return time.nanoseconds_each(count, [&] { ours.protect(wanted.sealed); }); },
      [&] { return reference.nanoseconds_each(wanted.sealed ? "seal" : "sign", wanted.size, reference_count); },
      fmt::format("processor time of a message of {} bytes in place, over {} a run and {} of the reference",
                  wanted.size, count, reference_count));
}

}  // namespace

void ntlm_messages(const Selection& selection, Rows& rows) {
  std::vector<Wanted> wanted;
  for (const bool sealed : {true, false})
    for (const std::size_t size : {64, 1024, 16384, 65536})
      for (const auto which : {Which::winpr, Which::gss_ntlmssp}) {
        std::string name = fmt::format("{}.ntlm.{}.vs_{}", sealed ? "seal" : "sign", size, NtlmReference::name(which));
        if (selection.wants(name)) wanted.push_back({std::move(name), sealed, size, which});
      }
  if (wanted.empty()) return;
  const NtlmAuthority authority("isolated");
  const Rows measured = in_child([&] {
    NtlmReference winpr(Which::winpr), gss_ntlmssp(Which::gss_ntlmssp);
    NtlmParties parties;
    NtlmConversation conversation(parties);
    Rows all;
    for (const Wanted& one : wanted)
      all.push_back(
          measure(conversation.client(), one, one.which == Which::winpr ? winpr : gss_ntlmssp, selection.runs));
    return all;
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
