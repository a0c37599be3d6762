// The slots that SSPI reaches beside the handshake: arguments in, results checked before they leave the host.
#include <dlfcn.h>

#include "host/lsa_heap.hpp"
#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

class SurfaceTest : public HostTest {
 protected:
  void start(const std::string& package) {
    ASSERT_EQ(load(package).status, STATUS_SUCCESS);
    channel = open(seam::ClientView());
    credential = channel->acquire_credentials({}).credential;
    seam::InitializeContextRequest leg;
    leg.frame = frame;
    leg.credential = credential;
    context = channel->initialize_context(std::move(leg)).context;
    blocks = lsa_heap::live_blocks();
  }
  std::unique_ptr<Channel> open(seam::ClientView view) {
    view.client = {1};
    view.channel = {2};
    return runtime->open_channel(view, first_id, nullptr);
  }
  void TearDown() override {
    if (runtime != nullptr) {
      EXPECT_EQ(lsa_heap::live_blocks(), blocks) << "a block of the package's was not freed";
    }
    channel.reset();
    HostTest::TearDown();
  }
  template <class T>
  T& of_package(const char* name) {
    void* file = dlopen(path().c_str(), RTLD_NOW | RTLD_NOLOAD);
    auto* found = static_cast<T*>(dlsym(file, name));
    dlclose(file);
    return *found;
  }
  std::string seen() { return of_package<char[256]>("test_seen"); }
  static std::string text_of(const base::Secret& secret) {
    const auto bytes = secret.reveal();
    return {bytes.begin(), bytes.end()};
  }
  // Requests as a client makes them.
  template <class Request>
  Request with_credential() {
    Request request;
    request.frame = frame;
    request.credential = credential;
    return request;
  }
  template <class Request>
  Request with_context() {
    Request request;
    request.frame = frame;
    request.context = context;
    return request;
  }
  seam::ChangeAccountPasswordRequest password(const char16_t* account, std::uint32_t capacity = 0) {
    seam::ChangeAccountPasswordRequest request;
    request.frame = frame;
    request.domain = u"DOM";
    request.account = account;
    request.old_password = secret(std::string_view("o\0l\0d\0", 6));
    request.new_password = secret(std::string_view("n\0e\0w\0", 6));
    request.response = {SECBUFFER_CHANGE_PASS_RESPONSE, capacity, std::nullopt, 0};
    return request;
  }
  seam::QueryMetaDataRequest meta(const char16_t* target) {
    auto request = with_credential<seam::QueryMetaDataRequest>();
    request.target_name = target;
    request.requirements = 7;
    return request;
  }
  seam::GetUserInfoRequest user(std::uint32_t flags, std::optional<nt::Luid> logon_id = std::nullopt) {
    seam::GetUserInfoRequest request;
    request.frame = frame;
    request.logon_id = logon_id;
    request.flags = flags;
    return request;
  }
  seam::GetSavedCredentialsRequest saved(std::uint32_t how, std::uint32_t capacity) {
    auto request = with_credential<seam::GetSavedCredentialsRequest>();
    request.type = how;
    request.capacity_bytes = capacity;
    return request;
  }

  const seam::ClientCallFrame frame{
      .thread_id = 3, .token = 0, .call_attributes = 0, .window = {0x7000'0000'0000, 1 << 20}};
  std::unique_ptr<Channel> channel;
  seam::SecHandleValue credential, context;
  std::size_t blocks = 0;
};

TEST_F(SurfaceTest, AddCredentialsReadsWhatTheClientSubmitted) {
  start("test_surface");
  auto request = with_credential<seam::AddCredentialsRequest>();
  request.principal = u"me";
  request.package = u"Other";
  request.credential_use = 2;
  request.authorization_data = 0x5000;
  request.submitted = {{0x5000, base::to_bytes(base::as_bytes("data"))}};
  request.get_key_fn = 11;
  request.get_key_argument = 12;
  auto again = request;
  const auto reply = channel->add_credentials(std::move(request));
  EXPECT_EQ(reply.status, SEC_E_OK);
  EXPECT_EQ(reply.expiry.ticks, 88);
  EXPECT_EQ(seen(), "me Other 2 data 11 12");
  again.authorization_data = 0x6000;  // not submitted
  EXPECT_EQ(channel->add_credentials(again).status, STATUS_ACCESS_VIOLATION);
  again.authorization_data = 0;
  again.principal.reset();
  EXPECT_EQ(channel->add_credentials(again).status, SEC_E_OK);
  again.credential = context;
  EXPECT_EQ(channel->add_credentials(again).status, SEC_E_INVALID_HANDLE);
  again.credential = credential;
  again.frame.call_attributes = SECPKG_CALL_IS_TCB;
  EXPECT_EQ(channel->add_credentials(again).status, STATUS_INVALID_PARAMETER);
}

TEST_F(SurfaceTest, AnAttributeIsACopyWhosePointersCanBeFollowed) {
  start("test_surface");
  const std::uint64_t pointer = 0x5000;
  auto setting = with_context<seam::SetContextAttributesRequest>();
  setting.attribute = 33;
  setting.buffer = base::Secret(base::as_bytes(&pointer, sizeof pointer));
  setting.buffer_address = 0x9000;
  setting.submitted = {{0x5000, base::to_bytes(base::as_bytes("abcdef"))}};
  EXPECT_EQ(channel->set_context_attributes(std::move(setting)).status, SEC_E_OK);
  EXPECT_EQ(seen(), "33 8 abcdef");

  // Into itself: eight bytes of pointer, then text.
  std::uint8_t self[14] = {0x08, 0x90, 0, 0, 0, 0, 0, 0, 'i', 'n', 's', 'i', 'd', 'e'};
  auto other = with_credential<seam::SetCredentialsAttributesRequest>();
  other.buffer = base::Secret(base::ByteView(self));
  other.buffer_address = 0x9000;
  EXPECT_EQ(channel->set_credentials_attributes(std::move(other)).status, SEC_E_OK);
  EXPECT_EQ(seen(), "0 14 inside");
  self[0] = 0x09;  // one byte beyond
  other = with_credential<seam::SetCredentialsAttributesRequest>();
  other.buffer = base::Secret(base::ByteView(self));
  other.buffer_address = 0x9000;
  EXPECT_EQ(channel->set_credentials_attributes(std::move(other)).status, STATUS_ACCESS_VIOLATION);
  other = with_credential<seam::SetCredentialsAttributesRequest>();
  other.credential = context;
  EXPECT_EQ(channel->set_credentials_attributes(std::move(other)).status, SEC_E_INVALID_HANDLE);
}

TEST_F(SurfaceTest, APasswordIsChangedForWhomTheAuthorityKnows) {
  start("test_surface");
  auto reply = channel->change_account_password(password(u"ours", 8));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(seen(), "DOM ours old new 0 8");
  EXPECT_EQ(host::test::text_of(reply.response.data), "ours");
  EXPECT_EQ(host::test::text_of(channel->change_account_password(password(u"heap")).response.data), "heap");
  reply = channel->change_account_password(password(u"client"));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_NE(reply.response.client_address, 0u);
  ASSERT_EQ(reply.writes.allocations.size(), 1u);
  EXPECT_EQ(reply.writes.allocations[0].address, reply.response.client_address);
  reply = channel->change_account_password(password(u"refused"));
  EXPECT_EQ(reply.status, STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(host::test::text_of(reply.response.data), "heap") << "it says why";
  for (const char16_t* how : {u"wild", u"long"}) {
    reply = channel->change_account_password(password(how, 4));
    EXPECT_EQ(reply.status, SEC_E_INTERNAL_ERROR);
    EXPECT_FALSE(reply.response.data);
  }
  seam::ClientView view;
  view.impersonating = true;
  const auto other = open(view);
  other->change_account_password(password(u"ours", 4));
  EXPECT_EQ(seen(), "DOM ours old new 1 4");
}

TEST_F(SurfaceTest, MetaDataMakesAContextOrNone) {
  start("test_surface");
  const auto first = channel->query_meta_data(meta(u"peer"));
  ASSERT_EQ(first.status, SEC_E_OK);
  EXPECT_EQ(text_of(first.meta_data), "meta");
  EXPECT_EQ(seen(), "1 peer 7 0");
  seam::ExchangeMetaDataRequest exchange;
  exchange.frame = frame;
  exchange.context = first.context;
  exchange.meta_data = secret("theirs");
  const auto second = channel->exchange_meta_data(std::move(exchange));
  EXPECT_EQ(second.status, SEC_E_OK);
  EXPECT_EQ(second.context, first.context);
  EXPECT_EQ(seen(), "theirs");
  EXPECT_EQ(channel->delete_context({first.context}).status, SEC_E_OK);
  EXPECT_EQ(of_package<unsigned>("test_deleted"), 1u);

  // What a failed call made is deleted again.
  const auto contexts = runtime->host_health({}).context_handles;
  EXPECT_EQ(channel->query_meta_data(meta(u"fails")).status, SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(channel->query_meta_data(meta(u"wild")).status, SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(channel->query_meta_data(meta(u"long")).status, SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(of_package<unsigned>("test_deleted"), 4u);
  EXPECT_EQ(channel->query_meta_data(meta(u"none")).status, SEC_E_INTERNAL_ERROR) << "success without a context";
  EXPECT_EQ(runtime->host_health({}).context_handles, contexts);
  auto neither = meta(u"peer");
  neither.credential = {};
  EXPECT_EQ(channel->query_meta_data(neither).status, SEC_E_INVALID_HANDLE);
  neither.context = credential;  // of the other kind
  EXPECT_EQ(channel->query_meta_data(neither).status, SEC_E_INVALID_HANDLE);
}

TEST_F(SurfaceTest, UserInfoComesOutOfTheClientsMemoryOnly) {
  start("test_surface");
  seam::ClientView view;
  view.logon_id = nt::Luid::from_parts(42, 0);
  const auto own = open(view);
  const auto reply = own->get_user_info(user(0));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(seen(), "42 0");
  EXPECT_EQ(reply.user_name, u"alice");
  EXPECT_FALSE(reply.logon_server);
  ASSERT_TRUE(reply.sid);
  EXPECT_EQ(reply.sid->to_string(), "S-1-5-18");
  for (std::uint32_t flags = 1; flags <= 4; ++flags)
    EXPECT_EQ(own->get_user_info(user(flags)).status, SEC_E_INTERNAL_ERROR) << flags;
  // Another's session needs SeTcbPrivilege.
  EXPECT_EQ(own->get_user_info(user(0, nt::Luid::from_parts(43, 0))).status, SEC_E_NOT_OWNER);
  EXPECT_EQ(own->get_user_info(user(0, nt::Luid::from_parts(42, 0))).status, STATUS_SUCCESS);
  view.has_tcb = true;
  EXPECT_EQ(open(view)->get_user_info(user(0, nt::Luid::from_parts(43, 0))).status, STATUS_SUCCESS);
  EXPECT_EQ(seen(), "43 0");
}

TEST_F(SurfaceTest, CredentialProvidersAskByContext) {
  start("test_surface");
  auto ask = with_context<seam::GetCredUiContextRequest>();
  EXPECT_EQ(text_of(channel->get_cred_ui_context(ask).flat), "flat");
  ask.type[0] = 1;  // a length beyond the block
  EXPECT_EQ(channel->get_cred_ui_context(ask).status, SEC_E_INTERNAL_ERROR);
  ask.context = credential;
  EXPECT_EQ(channel->get_cred_ui_context(ask).status, SEC_E_INVALID_HANDLE);
  auto update = with_context<seam::UpdateContextCredentialsRequest>();
  update.type[0] = 9;
  update.flat = secret("fresh");
  EXPECT_EQ(channel->update_context_credentials(std::move(update)).status, SEC_E_OK);
  EXPECT_EQ(seen(), "9 fresh");
}

TEST_F(SurfaceTest, SavedCredentialsComeFromWhereverTheyMay) {
  start("test_surface");
  auto save = with_credential<seam::SaveCredentialsRequest>();
  save.type = SECBUFFER_DATA;
  save.credentials = secret("kept");
  EXPECT_EQ(channel->save_credentials(std::move(save)).status, SEC_E_OK);
  EXPECT_EQ(seen(), "1 kept");
  auto remove = with_credential<seam::DeleteSavedCredentialsRequest>();
  remove.key = secret("key");
  EXPECT_EQ(channel->delete_saved_credentials(std::move(remove)).status, SEC_E_OK);
  EXPECT_EQ(seen(), "0 key");

  EXPECT_EQ(text_of(channel->get_saved_credentials(saved(0, 0)).credentials), "cred") << "the LSA heap";
  EXPECT_EQ(text_of(channel->get_saved_credentials(saved(0, 8)).credentials), "cred") << "the caller's buffer";
  EXPECT_EQ(text_of(channel->get_saved_credentials(saved(52, 0)).credentials), "client") << "the client's memory";
  const auto small = channel->get_saved_credentials(saved(50, 4));
  EXPECT_EQ(small.status, SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(small.needed_bytes, 10u);
  for (const auto& [how, capacity] : {std::pair{51u, 8u}, {53u, 8u}, {53u, 0u}}) {
    const auto refused = channel->get_saved_credentials(saved(how, capacity));
    EXPECT_EQ(refused.status, SEC_E_INTERNAL_ERROR) << how;
    EXPECT_TRUE(refused.credentials.empty());
  }
}

// Every call of these, on handles that are good.
class Missing : public SurfaceTest {
 protected:
  void expect_unsupported(bool with_old_slots) {
    const nt::Status old = with_old_slots ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
    EXPECT_EQ(channel->set_context_attributes(with_context<seam::SetContextAttributesRequest>()).status,
              SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->set_credentials_attributes(with_credential<seam::SetCredentialsAttributesRequest>()).status,
              SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->change_account_password(password(u"ours", 4)).status, SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->query_meta_data(meta(u"x")).status, SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->exchange_meta_data(with_credential<seam::ExchangeMetaDataRequest>()).status,
              SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->get_cred_ui_context(with_context<seam::GetCredUiContextRequest>()).status,
              SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->update_context_credentials(with_context<seam::UpdateContextCredentialsRequest>()).status,
              SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(channel->add_credentials(with_credential<seam::AddCredentialsRequest>()).status, old);
    EXPECT_EQ(channel->save_credentials(with_credential<seam::SaveCredentialsRequest>()).status, old);
  }
};

TEST_F(Missing, NullSlotsAreNotCalled) {
  start("test_surface_null");
  expect_unsupported(false);
  EXPECT_EQ(channel->get_user_info(user(0)).status, SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(channel->get_saved_credentials(saved(0, 0)).status, SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(channel->delete_saved_credentials(with_credential<seam::DeleteSavedCredentialsRequest>()).status,
            SEC_E_UNSUPPORTED_FUNCTION);
}

TEST_F(Missing, SlotsBeyondTheInterfaceVersionAreNotCalled) {
  start("test_surface_old");
  expect_unsupported(true);
}

}  // namespace
}  // namespace openlsa::host::test
