// handshake.ntlm.*: from the first InitializeSecurityContext to both contexts deleted, in each composition: processor
// time of the client, of lsad and of its hosts together. References: WinPR and gss-ntlmssp, both sides in one process.
#include <fmt/format.h>

#include "measure.hpp"
#include "ntlm_parties.hpp"
#include "ntlm_reference.hpp"
#include "one_processor.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t handshakes_each_run = 300, reference_handshakes_each_run = 100;

Row measure(const std::string& name, NtlmReference::Which which, const PrivateAuthority& authority, const char* where,
            int runs) {
  NtlmReference reference(which);
  if (!reference.missing().empty()) return not_run(name, reference.missing());
  NtlmParties parties;
  {
    const NtlmConversation first(parties);
  }  // by now all hosts run
  const ProcessorTime time(authority.processes());
  return interleaved(
      name, "us", runs,
      [&] { return time.nanoseconds_each(handshakes_each_run, [&] { const NtlmConversation one(parties); }) / 1000; },
      [&] { return reference.nanoseconds_each("handshake", 0, reference_handshakes_each_run) / 1000; },
      fmt::format("processor time of a handshake, all processes together; credentials acquired once on both sides; "
                  "the reference is in one process; {}",
                  where));
}

}  // namespace

void ntlm_handshakes(const Selection& selection, Rows& rows) {
  const std::pair<const char*, const char*> compositions[] = {
      {"embedded", "embedded"}, {"in_authority", "in-authority"}, {"isolated", "isolated"}};
  for (const auto& [word, composition] : compositions)
    for (const auto which : {NtlmReference::Which::winpr, NtlmReference::Which::gss_ntlmssp}) {
      const std::string name = fmt::format("handshake.ntlm.{}.vs_{}", word, NtlmReference::name(which));
      if (!selection.wants(name)) continue;
      const OneProcessor processor;
      const NtlmAuthority authority(composition);
      const Rows measured = in_child(
          [&] { return Rows{measure(name, which, authority.authority(), processor.words(), selection.runs)}; });
      rows.insert(rows.end(), measured.begin(), measured.end());
    }
}

}  // namespace openlsa::bench
