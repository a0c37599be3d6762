// session.lookup.1m: what a look-up costs an authority with a million sessions, against one with a thousand: the call
// of LsaGetLogonSessionData from its message to its reply, without the socket.
#include <fmt/format.h>

#include <filesystem>
#include <random>

#include "authority/connection/connection.hpp"
#include "measure.hpp"
#include "populated_table.hpp"
#include "wire/codec.hpp"
#include "wire/dispatch.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t few = 1'000;
constexpr std::size_t many = 1'000'000;
constexpr std::uint16_t get_session_data = 9;  // OPENLSA_AUTHORITY_CALLS

// The sessions are there already; no package runs.
class NoHosts final : public seam::HostStarter {
 public:
  base::OrFailure<std::shared_ptr<seam::PackageHost>> start(const seam::HostSpec&, std::shared_ptr<seam::SupportCalls>,
                                                            std::function<void()>) override {
    return base::failure("this authority has no hosts");
  }
  const char* composition() const override { return "embedded"; }
};

class LookupAuthority {
 public:
  explicit LookupAuthority(std::size_t sessions) : order_(1 << 17) {
    std::string pattern = std::filesystem::temp_directory_path() / "openlsa-bench-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) give_up("cannot make " + pattern);
    directory_ = pattern;
    authority::Configuration configuration;
    configuration.state_directory = directory_;
    configuration.packages_directory = directory_ + "/packages.d";
    configuration.audit_log = directory_ + "/audit.jsonl";
    configuration.domain = "BENCH";
    auto made = authority::Authority::create(std::move(configuration), hosts_);
    if (!made) give_up(made.error().message);
    authority_ = std::move(*made);
    authority::NewAccount fresh;
    fresh.name = "user";
    const auto user = authority_->accounts().add(fresh);
    if (!user) give_up(user.error().message);
    table_ = std::make_unique<PopulatedTable>(authority_->sessions().shared_from_this(), authority_->accounts(),
                                              authority_->policy(), *user, sessions);
    connection_ = authority_->connect({.process_id = 1, .uid = 0, .gid = 0, .start_time_ticks = 1}, nullptr);
    if (connection_->hello({}).status != STATUS_SUCCESS) give_up("the authority refused its client");
    std::mt19937_64 random(42);
    for (std::uint32_t& index : order_) index = static_cast<std::uint32_t>(random() % sessions);
    std::filesystem::remove_all(directory_);  // nothing is read or written from here on
  }

  double nanoseconds_of_call() {
    std::size_t at = 0;
    return nanoseconds_each(order_.size(), [&] {
      wire::Message request = wire::encode(seam::GetSessionDataRequest{0, table_->id(order_[at++])});
      wire::Message reply;
      if (wire::dispatch(*connection_, true, get_session_data, request, reply) != wire::DispatchResult::answered ||
          reply.bytes.size() < 64)
        give_up("a session is not there");
    });
  }
  double nanoseconds_of_find() {
    std::size_t at = 0;
    return nanoseconds_each(order_.size(), [&] {
      if (table_->sessions().find(table_->id(order_[at++])) == nullptr) give_up("a session is not there");
    });
  }

 private:
  NoHosts hosts_;
  std::string directory_;
  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<PopulatedTable> table_;
  std::unique_ptr<authority::Connection> connection_;
  std::vector<std::uint32_t> order_;  // one that no prefetcher guesses; it is itself read forwards
};

}  // namespace

void session_lookup(const Selection& selection, Rows& rows) {
  if (!selection.wants("session.lookup.1m")) return;
  const Rows measured = in_child([&] {
    // Not taken apart: the process ends with them.
    auto& small = *new LookupAuthority(few);
    auto& large = *new LookupAuthority(many);
    Row row = interleaved(
        "session.lookup.1m", "ns", selection.runs, [&] { return large.nanoseconds_of_call(); },
        [&] { return small.nanoseconds_of_call(); }, "");
    const Row bare = interleaved(
        "", "", selection.runs, [&] { return large.nanoseconds_of_find(); },
        [&] { return small.nanoseconds_of_find(); }, "");
    row.note = fmt::format(
        "LsaGetLogonSessionData from message to reply, sessions in random order; the reference is the same with {} "
        "sessions; the table's find() alone: {:.0f} ns against {:.0f}",
        few, bare.ours, *bare.reference);
    return Rows{row};
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
