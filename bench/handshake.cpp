// handshake.sshkey.*: a mutual authentication of two parties, from the first InitializeSecurityContext to both contexts
// deleted, in each composition. Reference: the cryptography in it, and nothing else.
#include "bare_handshake.hpp"
#include "measure.hpp"
#include "sshkey_peers.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t handshakes_each_run = 200;

Row measure(const std::string& name, int runs) {
  SshkeyParty client("bench-client", SECPKG_CRED_OUTBOUND);
  SshkeyParty server("bench-server", SECPKG_CRED_INBOUND);
  std::vector<SEC_WCHAR> target = target_of("bench-server");
  BareHandshake bare;
  bare.run();
  return interleaved(
      name, "us", runs,
      [&] {
        return nanoseconds_each(handshakes_each_run, [&] { const Conversation one(client, server, target); }) / 1000;
      },
      [&] { return nanoseconds_each(handshakes_each_run, [&] { bare.run(); }) / 1000; },
      "a handshake with both sides in one process; the reference does " + bare.counts());
}

}  // namespace

void handshakes(const Selection& selection, Rows& rows) {
  const std::pair<const char*, const char*> compositions[] = {{"handshake.sshkey.embedded", "embedded"},
                                                              {"handshake.sshkey.in_authority", "in-authority"},
                                                              {"handshake.sshkey.isolated", "isolated"}};
  for (const auto& [name, composition] : compositions) {
    if (!selection.wants(name)) continue;
    const SshkeyAuthority authority(composition);
    const Rows measured = in_child([&] { return Rows{measure(name, selection.runs)}; });
    rows.insert(rows.end(), measured.begin(), measured.end());
  }
}

}  // namespace openlsa::bench
