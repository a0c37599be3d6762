#include "populated_table.hpp"

#include <filesystem>

#include "measure.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t handles_each_client = 10'000;
constexpr seam::PackageId package = 1;
constexpr std::uint32_t interactive = 2;

authority::Rights every_account() {
  authority::Rights rights;
  rights.vouch_for = {"*"};
  return rights;
}

}  // namespace

BenchAccounts::BenchAccounts() {
  std::string pattern = std::filesystem::temp_directory_path() / "openlsa-bench-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) give_up("cannot make " + pattern);
  directory_ = pattern;
  authority::AccountStore::Options options;
  options.path = directory_ + "/accounts.db";
  options.domain = "BENCH";
  auto opened = authority::AccountStore::open(std::move(options));
  if (!opened) give_up(opened.error().message);
  store_ = std::move(*opened);
  auto policy = authority::PolicyStore::open(directory_);
  if (!policy) give_up(policy.error().message);
  policy_ = std::move(*policy);
  authority::NewAccount fresh;
  fresh.name = "user";
  fresh.groups = {2001, 2002, 2003};
  auto user = store_->add(fresh);
  if (!user) give_up(user.error().message);
  user_ = std::move(*user);
}

BenchAccounts::~BenchAccounts() {
  policy_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

PopulatedTable::PopulatedTable(const BenchAccounts& accounts, std::size_t count)
    : PopulatedTable(std::make_shared<authority::SessionTable>([](const std::shared_ptr<authority::Session>&) {}),
                     accounts.store(), accounts.policy(), accounts.user(), count) {}

PopulatedTable::PopulatedTable(std::shared_ptr<authority::SessionTable> sessions, const authority::AccountStore& store,
                               const authority::PolicyStore& policy, const authority::Account& user, std::size_t count)
    : sessions_(std::move(sessions)),
      tokens_(sessions_, store, domains_, policy),
      rights_(every_account()),
      size_(count) {
  first_ = sessions_->allocate(static_cast<std::uint32_t>(count)).value;
  for (std::size_t i = 0; i < count; ++i) log_on(store, user, id(i));
}

// What LsaLogonUser does once the package has answered: 3 groups of the account, 2 of the domain, and what the
// authority adds.
void PopulatedTable::log_on(const authority::AccountStore& store, const authority::Account& user, nt::Luid id) {
  if (sessions_->create(id, package, {}) != STATUS_SUCCESS) give_up("a session could not be made");
  authority::TokenRequest request;
  request.session = sessions_->find(id);
  request.rights = &rights_;
  request.logon_type = interactive;
  request.source = {"Bench", {}};
  request.information.type = 1;  // LsaTokenInformationV1
  request.information.user.sid = user.sid;
  request.information.primary_group = nt::well_known::users;
  for (const std::uint32_t rid : {513u, 1105u})
    request.information.groups.push_back({store.domain_sid().with_rid(rid), 7});
  request.details.user_name = u"user";
  request.details.logon_domain = u"BENCH";
  request.details.logon_server = u"BENCH";
  auto token = tokens_.create(std::move(request));
  if (!token) give_up("a token could not be made");
  if (handles_.empty() || handles_.back()->size() == handles_each_client)
    handles_.push_back(std::make_unique<authority::HandleTable>());
  if (handles_.back()->insert(std::move(*token)) == 0) give_up("a handle could not be made");
}

}  // namespace openlsa::bench
