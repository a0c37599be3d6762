// The user-mode half through the table of SpUserModeInitialize, with contexts that the test packs itself.
#include <openlsa/windows.h>

#include <ctime>

#include "package_fixture.hpp"
#include "protocol/packed_context.hpp"
#include "protocol/protection.hpp"
#include "user_mode/context_table.hpp"

namespace sshkey::test {
namespace {

std::set<void*>& heap() {
  static std::set<void*> blocks;
  return blocks;
}
PVOID allocate(ULONG size) {
  void* block = std::calloc(1, size);
  heap().insert(block);
  return block;
}
VOID release(PVOID block) {
  if (heap().erase(block) == 1) std::free(block);
}

std::int64_t file_time(std::int64_t seconds_from_now) {
  return file_time_of(std::time(nullptr) + seconds_from_now).QuadPart;
}

// One message: data buffers and a token behind them.
struct Message {
  explicit Message(std::vector<std::string> parts, std::vector<ULONG> flags = {})
      : texts(std::move(parts)), token(message_token_size) {
    for (std::size_t i = 0; i < texts.size(); ++i)
      buffers.push_back(
          {static_cast<ULONG>(texts[i].size()), SECBUFFER_DATA | (i < flags.size() ? flags[i] : 0), texts[i].data()});
    buffers.push_back({static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()});
  }
  Message(const Message& other) : texts(other.texts), token(other.token), buffers(other.buffers) { aim(); }
  Message& operator=(const Message&) = delete;
  void aim() {
    for (std::size_t i = 0; i < texts.size(); ++i) buffers[i].pvBuffer = texts[i].data();
    buffers[texts.size()].pvBuffer = token.data();
  }
  PSecBufferDesc description() {
    desc = {SECBUFFER_VERSION, static_cast<ULONG>(buffers.size()), buffers.data()};
    return &desc;
  }
  std::vector<std::string> texts;
  Bytes token;
  std::vector<SecBuffer> buffers;
  SecBufferDesc desc{};
};

class UserModeTest : public ::testing::Test {
 protected:
  static constexpr LSA_SEC_HANDLE client = 71, server = 72;

  UserModeTest() {
    ULONG version = 0, count = 0;
    PSECPKG_USER_FUNCTION_TABLE tables = nullptr;
    EXPECT_EQ(SpUserModeInitialize(SECPKG_INTERFACE_VERSION, &version, &tables, &count), STATUS_SUCCESS);
    EXPECT_EQ(count, 1u);
    table_ = tables[0];
    functions_ = {allocate, release, nullptr, nullptr};
    void* unused = nullptr;
    EXPECT_EQ(table_.InstanceInit(SECPKG_INTERFACE_VERSION, &functions_, &unused), STATUS_SUCCESS);
    lsa_.client_tokens[96] = {};
  }
  ~UserModeTest() override {
    table_.DeleteUserModeContext(client);
    table_.DeleteUserModeContext(server);
    EXPECT_TRUE(heap().empty());  // the packed contexts too
  }

  void make(bool replay = true, bool sequence = true, std::int64_t seconds = 3600) {
    Secret keys[4];
    for (Secret& key : keys) {
      key = Secret(key_size);
      fill_random(key.reveal_mutable());
    }
    for (const Role role : {Role::initiator, Role::acceptor}) {
      const bool first = role == Role::initiator;
      PackedContext context;
      context.role = role;
      context.replay_detect = replay;
      context.sequence_detect = sequence;
      context.attributes = 0x1234;
      context.token_handle = first ? 0 : 96;
      context.starts = file_time(-10);
      context.expires = file_time(seconds);
      context.own_account = first ? "ada" : "web";
      context.peer_account = first ? "web" : "ada";
      context.own_authority = context.peer_authority = test_authority(0xa1);
      context.seal_send = keys[first ? 0 : 1].duplicate();
      context.seal_receive = keys[first ? 1 : 0].duplicate();
      context.sign_send = keys[first ? 2 : 3].duplicate();
      context.sign_receive = keys[first ? 3 : 2].duplicate();
      const Secret bytes = encode(context);
      SecBuffer packed{static_cast<ULONG>(bytes.reveal().size()), SECBUFFER_TOKEN,
                       allocate(static_cast<ULONG>(bytes.reveal().size()))};
      std::memcpy(packed.pvBuffer, bytes.reveal().data(), packed.cbBuffer);
      ASSERT_EQ(table_.InitUserModeContext(first ? client : server, &packed), STATUS_SUCCESS);
    }
  }
  NTSTATUS seal(Message& message) { return table_.SealMessage(client, 0, message.description(), 0); }
  NTSTATUS unseal(Message& message) { return table_.UnsealMessage(server, message.description(), 0, nullptr); }
  Message sealed(std::string text) {
    Message message({std::move(text)});
    EXPECT_EQ(seal(message), SEC_E_OK);
    return message;
  }
  NTSTATUS query(LSA_SEC_HANDLE handle, ULONG attribute, void* buffer) {
    return table_.QueryContextAttributes(handle, attribute, buffer);
  }

  FakeLsa lsa_;
  SECPKG_DLL_FUNCTIONS functions_{};
  SECPKG_USER_FUNCTION_TABLE table_{};
};

TEST_F(UserModeTest, WhatIsSealedHereIsUnsealedThereInPlace) {
  make();
  Message message({"one", "", "three of them"});
  ASSERT_EQ(seal(message), SEC_E_OK);
  EXPECT_NE(message.texts[2], "three of them");
  ASSERT_EQ(unseal(message), SEC_E_OK);
  EXPECT_EQ(message.texts, (std::vector<std::string>{"one", "", "three of them"}));
  Message back({"answer"});
  ASSERT_EQ(table_.SealMessage(server, 0, back.description(), 0), SEC_E_OK);
  ASSERT_EQ(table_.UnsealMessage(client, back.description(), 0, nullptr), SEC_E_OK);
  EXPECT_EQ(back.texts[0], "answer");
}

TEST_F(UserModeTest, EachAlteredByteIsFoundAndNothingOfTheMessageIsLeft) {
  make();
  Message good({"header", "some text"}, {SECBUFFER_READONLY_WITH_CHECKSUM});
  ASSERT_EQ(seal(good), SEC_E_OK);
  EXPECT_EQ(good.texts[0], "header");
  for (std::size_t i = 0; i < 6 + 9 + message_token_size; ++i) {
    Message bad(good);
    if (i < 6)
      bad.texts[0][i] ^= 1;
    else if (i < 15)
      bad.texts[1][i - 6] ^= 1;
    else
      bad.token[i - 15] ^= 1;
    EXPECT_EQ(unseal(bad), SEC_E_MESSAGE_ALTERED) << i;
    EXPECT_EQ(bad.texts[1], std::string(9, '\0'));
  }
  EXPECT_EQ(unseal(good), SEC_E_OK);  // and the forgeries moved nothing
  EXPECT_EQ(good.texts[1], "some text");
}

TEST_F(UserModeTest, OneDirectionsMessageIsNotTheOthersAndASealIsNotASignature) {
  make();
  Message own = sealed("text");
  EXPECT_EQ(table_.UnsealMessage(client, own.description(), 0, nullptr), SEC_E_MESSAGE_ALTERED);
  Message as_signature = sealed("text");
  EXPECT_EQ(table_.VerifySignature(server, as_signature.description(), 0, nullptr), SEC_E_MESSAGE_ALTERED);
}

TEST_F(UserModeTest, SequenceDetectionFindsReplayLossAndReordering) {
  make(true, true);
  Message first = sealed("1"), second = sealed("2"), third = sealed("3");
  Message replay(first), early(second);
  EXPECT_EQ(unseal(early), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(early.texts[0], std::string(1, '\0'));
  EXPECT_EQ(unseal(first), SEC_E_OK);
  EXPECT_EQ(unseal(replay), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(unseal(third), SEC_E_OUT_OF_SEQUENCE);  // the second is missing
  EXPECT_EQ(unseal(second), SEC_E_OK);
}

TEST_F(UserModeTest, ReplayDetectionAloneTakesEachOnceInAnyOrder) {
  make(true, false);
  Message first = sealed("1"), second = sealed("2");
  Message replay(first);
  EXPECT_EQ(unseal(second), SEC_E_OK);
  EXPECT_EQ(unseal(first), SEC_E_OK);
  EXPECT_EQ(unseal(replay), SEC_E_OUT_OF_SEQUENCE);
}

TEST_F(UserModeTest, SignaturesCoverAllDataAndShareTheSequence) {
  make();
  Message message({"signed ", "text"});
  ASSERT_EQ(table_.MakeSignature(client, 0, message.description(), 0), SEC_E_OK);
  EXPECT_EQ(message.texts[0] + message.texts[1], "signed text");
  Message altered(message), replay(message);
  altered.texts[1][0] ^= 1;
  EXPECT_EQ(table_.VerifySignature(server, altered.description(), 0, nullptr), SEC_E_MESSAGE_ALTERED);
  Message next = sealed("after it");
  Message ahead(next);
  EXPECT_EQ(unseal(ahead), SEC_E_OUT_OF_SEQUENCE);
  ULONG quality = 7;
  EXPECT_EQ(table_.VerifySignature(server, message.description(), 0, &quality), SEC_E_OK);
  EXPECT_EQ(quality, 0u);
  EXPECT_EQ(table_.VerifySignature(server, replay.description(), 0, nullptr), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(unseal(next), SEC_E_OK);
}

TEST_F(UserModeTest, ReadOnlyBuffersAreLeftOutAndPaddingShrinks) {
  make();
  Message message({"free to change", "secret"}, {SECBUFFER_READONLY});
  std::uint8_t padding[16] = {};
  message.buffers.push_back({sizeof padding, SECBUFFER_PADDING, padding});
  message.buffers.push_back({0, SECBUFFER_EMPTY, nullptr});
  ASSERT_EQ(seal(message), SEC_E_OK);
  EXPECT_EQ(message.texts[0], "free to change");
  EXPECT_EQ(message.buffers[3].cbBuffer, 0u);
  message.texts[0][0] = 'F';
  EXPECT_EQ(unseal(message), SEC_E_OK);
  EXPECT_EQ(message.texts[1], "secret");
}

TEST_F(UserModeTest, DescriptorsThatAreNoMessageAreRefused) {
  make();
  Message message({"text"});
  message.buffers[1].cbBuffer = message_token_size - 1;
  EXPECT_EQ(seal(message), SEC_E_BUFFER_TOO_SMALL);
  message.buffers[1].BufferType = SECBUFFER_EMPTY;
  EXPECT_EQ(seal(message), SEC_E_INVALID_TOKEN);
  message.buffers[1].BufferType = SECBUFFER_STREAM_HEADER;
  EXPECT_EQ(seal(message), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(message.texts[0], "text");
  Message other({"text"});
  EXPECT_EQ(table_.SealMessage(client, SECQOP_WRAP_NO_ENCRYPT, other.description(), 0), SEC_E_QOP_NOT_SUPPORTED);
  EXPECT_EQ(table_.SealMessage(99, 0, other.description(), 0), SEC_E_INVALID_HANDLE);
  Message received = sealed("text");
  received.buffers[1].cbBuffer = 23;
  EXPECT_EQ(unseal(received), SEC_E_INVALID_TOKEN);
}

TEST_F(UserModeTest, TheSequenceDoesNotWrap) {
  make(false, false);
  find_user_context(client)->set_next_sequence(max_messages - 1);
  Message last({"last"});
  EXPECT_EQ(seal(last), SEC_E_OK);
  EXPECT_EQ(unseal(last), SEC_E_OK);
  Message beyond({"beyond"});
  EXPECT_EQ(seal(beyond), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(table_.MakeSignature(client, 0, beyond.description(), 0), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(beyond.texts[0], "beyond");
}

TEST_F(UserModeTest, AnExpiredContextProtectsNothing) {
  make(true, true, -1);
  Message message({"text"});
  EXPECT_EQ(seal(message), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(unseal(message), SEC_E_CONTEXT_EXPIRED);
}

TEST_F(UserModeTest, Attributes) {
  make();
  SecPkgContext_Sizes sizes{};
  ASSERT_EQ(query(client, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
  EXPECT_EQ(sizes.cbSecurityTrailer, message_token_size);
  EXPECT_EQ(sizes.cbMaxSignature, message_token_size);
  for (const LSA_SEC_HANDLE side : {client, server}) {
    SecPkgContext_NamesW names{};
    ASSERT_EQ(query(side, SECPKG_ATTR_NAMES, &names), SEC_E_OK);
    EXPECT_EQ(std::u16string(names.sUserName), u"ada");
    release(names.sUserName);
    SecPkgContext_NativeNamesW native{};
    ASSERT_EQ(query(side, SECPKG_ATTR_NATIVE_NAMES, &native), SEC_E_OK);
    EXPECT_EQ(std::u16string(native.sClientName).substr(0, 4), u"ada@");
    EXPECT_EQ(std::u16string(native.sServerName).substr(0, 4), u"web@");
    release(native.sClientName);
    release(native.sServerName);
  }
  SecPkgContext_PackageInfoW info{};
  ASSERT_EQ(query(client, SECPKG_ATTR_PACKAGE_INFO, &info), SEC_E_OK);
  EXPECT_EQ(std::u16string(info.PackageInfo->Name), u"sshkey");
  EXPECT_EQ(info.PackageInfo->cbMaxToken, sizes.cbMaxToken);
  release(info.PackageInfo);
  SecPkgContext_Flags flags{};
  ASSERT_EQ(query(client, SECPKG_ATTR_FLAGS, &flags), SEC_E_OK);
  EXPECT_EQ(flags.Flags, 0x1234u);
  SecPkgContext_Lifespan lifespan{};
  ASSERT_EQ(query(client, SECPKG_ATTR_LIFESPAN, &lifespan), SEC_E_OK);
  EXPECT_LT(lifespan.tsStart.QuadPart, lifespan.tsExpiry.QuadPart);
  SecPkgContext_StreamSizes stream{};
  EXPECT_EQ(query(client, SECPKG_ATTR_STREAM_SIZES, &stream), SEC_E_UNSUPPORTED_FUNCTION);
  SecPkgContext_SessionKey key{};
  EXPECT_EQ(query(client, SECPKG_ATTR_SESSION_KEY, &key), SEC_E_UNSUPPORTED_FUNCTION);
}

TEST_F(UserModeTest, TheTokenIsTheContextsUntilItGoes) {
  make();
  HANDLE token = nullptr;
  EXPECT_EQ(table_.GetContextToken(client, &token), SEC_E_NO_IMPERSONATION);
  ASSERT_EQ(table_.GetContextToken(server, &token), SEC_E_OK);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(token), 96u);
  SecPkgContext_AccessToken attribute{};
  ASSERT_EQ(query(server, SECPKG_ATTR_ACCESS_TOKEN, &attribute), SEC_E_OK);
  EXPECT_EQ(attribute.AccessToken, token);
  EXPECT_TRUE(lsa_.client_tokens.contains(96));
  EXPECT_EQ(table_.DeleteUserModeContext(server), SEC_E_OK);
  EXPECT_FALSE(lsa_.client_tokens.contains(96));
  EXPECT_EQ(table_.GetContextToken(server, &token), SEC_E_INVALID_HANDLE);
}

TEST_F(UserModeTest, WhatIsNoPackedContextIsRefusedAndFreed) {
  SecBuffer packed{16, SECBUFFER_TOKEN, allocate(16)};
  EXPECT_EQ(table_.InitUserModeContext(client, &packed), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(packed.pvBuffer, nullptr);
}

}  // namespace
}  // namespace sshkey::test
