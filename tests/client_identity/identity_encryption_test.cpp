// Encryption in place, which this process alone can undo.
#include <sys/wait.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

bool holds(base::ByteView bytes, std::u16string_view text) {
  const auto part = base::as_bytes(text.data(), 2 * text.size());
  return !std::ranges::search(bytes, part).empty();
}

TEST(IdentityEncryption, HidesEverythingBehindTheHeaderAndGivesItBack) {
  const Encoded encoded(u"alice", u"LABDOMAIN", u"secret");
  const base::Bytes clear = encoded.bytes();
  EXPECT_FALSE(SspiIsAuthIdentityEncrypted(encoded.get()));
  EXPECT_TRUE(holds(encoded.block(), u"secret"));
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_TRUE(SspiIsAuthIdentityEncrypted(encoded.get()));
  EXPECT_NE(encoded.header().Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED, 0u);
  for (const auto* text : {u"secret", u"alice", u"LABDOMAIN"}) EXPECT_FALSE(holds(encoded.block(), text));
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_OK);
  ASSERT_EQ(SspiDecryptAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_EQ(encoded.bytes(), clear);
  EXPECT_FALSE(SspiIsAuthIdentityEncrypted(encoded.get()));
}

TEST(IdentityEncryption, IsRefusedToWhoeverWantsTheContents) {
  const Encoded encoded(u"alice", u"LAB", u"secret"), other(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_EQ(Strings(encoded.get()).status, STATUS_INVALID_PARAMETER);  // the code that the page names
  BOOLEAN same = FALSE;
  EXPECT_EQ(SspiCompareAuthIdentities(encoded.get(), other.get(), &same, nullptr), SEC_E_INVALID_PARAMETER);
  Opaque made = nullptr;
  EXPECT_EQ(SspiExcludePackage(encoded.get(), wide(u"NTLM"), &made), SEC_E_INVALID_PARAMETER);
  ULONG type = 0;
  PCWSTR target = nullptr;
  EXPECT_EQ(SspiPrepareForCredRead(encoded.get(), wide(u"t"), &type, &target), SEC_E_INVALID_PARAMETER);
}

TEST(IdentityEncryption, IsDoneOnceHoweverOftenItIsAskedFor) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const base::Bytes clear = encoded.bytes();
  EXPECT_EQ(SspiDecryptAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_EQ(encoded.bytes(), clear);
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  const base::Bytes once = encoded.bytes();
  EXPECT_EQ(SspiEncryptAuthIdentityEx(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, encoded.get()), SEC_E_OK);
  EXPECT_EQ(encoded.bytes(), once);
  EXPECT_EQ(SspiDecryptAuthIdentityEx(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, encoded.get()), SEC_E_OK);
  EXPECT_EQ(encoded.bytes(), clear);
}

TEST(IdentityEncryption, SharesNoKeyStreamBetweenIdentities) {
  const Encoded a(u"alice", u"LAB", u"secret"), b(u"alice", u"LAB", u"secreT");
  const base::Bytes clear_a = a.bytes(), clear_b = b.bytes();
  ASSERT_EQ(SspiEncryptAuthIdentity(a.get()), SEC_E_OK);
  ASSERT_EQ(SspiEncryptAuthIdentity(b.get()), SEC_E_OK);
  std::size_t equal = 0;
  const std::size_t body = sizeof(SEC_WINNT_AUTH_IDENTITY_EX2), end = clear_a.size() - 8;
  for (std::size_t i = body; i < end; ++i)
    if ((a.block()[i] ^ b.block()[i]) == (clear_a[i] ^ clear_b[i])) ++equal;
  EXPECT_LT(equal, (end - body) / 2);
}

TEST(IdentityEncryption, NoticesEveryChange) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  const base::Bytes good = encoded.bytes();
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::memcpy(encoded.get(), good.data(), good.size());
    static_cast<std::uint8_t*>(encoded.get())[at] ^= 0x10;
    const base::Bytes changed(static_cast<std::uint8_t*>(encoded.get()),
                              static_cast<std::uint8_t*>(encoded.get()) + good.size());
    const SECURITY_STATUS status = SspiDecryptAuthIdentity(encoded.get());
    // Without the flag that says so it is no encrypted identity, and nothing is decrypted.
    if (at == offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, Flags)) {
      EXPECT_EQ(status, SEC_E_OK);
    } else if (at == 6 || at == 7 || at == 18 || at == 19 || at == 26 || at == 27 || at == 34 || at == 35 || at >= 46) {
      EXPECT_EQ(status, SEC_E_DECRYPT_FAILURE) << at;  // holes of the header, body and tag
    } else {
      EXPECT_LT(status, 0) << at;
    }
    EXPECT_EQ(0, std::memcmp(encoded.get(), changed.data(), changed.size())) << at;
  }
  std::memcpy(encoded.get(), good.data(), good.size());
  EXPECT_EQ(SspiDecryptAuthIdentity(encoded.get()), SEC_E_OK);
}

TEST(IdentityEncryption, TravelsInsideTheProcess) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  Opaque copied = nullptr;
  ASSERT_EQ(SspiCopyAuthIdentity(encoded.get(), &copied), SEC_E_OK);
  const Encoded copy(copied);
  ULONG length = 0;
  char* bytes = nullptr;
  ASSERT_EQ(SspiMarshalAuthIdentity(copy.get(), &length, &bytes), SEC_E_OK);
  EXPECT_FALSE(holds(base::as_bytes(bytes, length), u"secret"));
  Opaque made = nullptr;
  ASSERT_EQ(SspiUnmarshalAuthIdentity(length, bytes, &made), SEC_E_OK);
  SspiLocalFree(bytes);
  const Encoded back(made);
  EXPECT_TRUE(SspiIsAuthIdentityEncrypted(back.get()));
  ASSERT_EQ(SspiDecryptAuthIdentity(back.get()), SEC_E_OK);
  EXPECT_EQ(Strings(back.get()).credentials, u"secret");
}

TEST(IdentityEncryption, IsClosedToAChildOfTheProcess) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  const pid_t child = ::fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    if (SspiDecryptAuthIdentity(encoded.get()) != SEC_E_DECRYPT_FAILURE) ::_exit(1);
    // With its own key it can do both.
    Opaque own = nullptr;
    if (SspiEncodeStringsAsAuthIdentity(wide(u"bob"), nullptr, wide(u"word"), &own) != SEC_E_OK) ::_exit(2);
    if (SspiEncryptAuthIdentity(own) != SEC_E_OK || SspiDecryptAuthIdentity(own) != SEC_E_OK) ::_exit(3);
    ::_exit(Strings(own).credentials == u"word" ? 0 : 4);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(SspiDecryptAuthIdentity(encoded.get()), SEC_E_OK);
}

// Pages that neither a child nor a core file gets (proc(5), VmFlags of smaps).
int kept_pages() {
  std::ifstream file("/proc/self/smaps");
  int count = 0;
  bool one_page = false;
  const std::string one = std::to_string(::sysconf(_SC_PAGESIZE) / 1024) + " kB";
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Size:")) one_page = line.ends_with(" " + one);
    if (one_page && line.starts_with("VmFlags:") && line.contains(" dc") && line.contains(" dd")) ++count;
  }
  return count;
}

TEST(IdentityEncryption, KeepsItsKeyFromChildrenAndCoreFiles) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  ASSERT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_GE(kept_pages(), 1);
  const pid_t child = ::fork();
  ASSERT_NE(child, -1);
  if (child == 0) ::_exit(kept_pages());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(IdentityEncryption, NeedsTheRoomThatIsDocumented) {
  base::Bytes block = block_by_hand(u"alice", u"LAB", password_by_hand(u"secret"));
  const AtEndOfPage tight(block);
  EXPECT_EQ(SspiEncryptAuthIdentity(tight.get()), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(tight.bytes(), block);
  WideIdentity pointers;
  EXPECT_EQ(SspiEncryptAuthIdentity(&pointers.identity), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(pointers.password, u"secret");

  poke(block, offsetof(SEC_WINNT_AUTH_IDENTITY_EX2, Flags), ULONG{SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED});
  block.resize(block.size() + 8);
  const AtEndOfPage roomy(block);
  ASSERT_EQ(SspiEncryptAuthIdentity(roomy.get()), SEC_E_OK);
  EXPECT_FALSE(holds(roomy.bytes(), u"secret"));
  ASSERT_EQ(SspiDecryptAuthIdentity(roomy.get()), SEC_E_OK);
  EXPECT_EQ(roomy.bytes(), block);
}

TEST(IdentityEncryption, IsOfferedForTheProcessAlone) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const base::Bytes clear = encoded.bytes();
  using Function = SECURITY_STATUS (*)(ULONG, Opaque);
  for (const Function function : {Function(SspiEncryptAuthIdentityEx), Function(SspiDecryptAuthIdentityEx)}) {
    for (const ULONG options : {1u, 4u, 3u, 7u})
      EXPECT_EQ(function(options, encoded.get()), SEC_E_UNSUPPORTED_FUNCTION);
    for (const ULONG options : {0u, 8u, 0xau}) EXPECT_EQ(function(options, encoded.get()), SEC_E_INVALID_PARAMETER);
    EXPECT_EQ(function(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, nullptr), SEC_E_INVALID_PARAMETER);
  }
  EXPECT_EQ(encoded.bytes(), clear);
  // What someone protected for a session or the system can be told, and that is all.
  for (const ULONG flag : {SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_PROTECTED, SEC_WINNT_AUTH_IDENTITY_FLAGS_USER_PROTECTED,
                           SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_ENCRYPTED}) {
    const Encoded other(u"alice", u"LAB", u"secret");
    other.header().Flags |= flag;
    EXPECT_TRUE(SspiIsAuthIdentityEncrypted(other.get()));
    EXPECT_EQ(SspiDecryptAuthIdentity(other.get()), SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(SspiEncryptAuthIdentity(other.get()), SEC_E_UNSUPPORTED_FUNCTION);
  }
  EXPECT_FALSE(SspiIsAuthIdentityEncrypted(nullptr));
}

TEST(IdentityEncryption, IsForManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([i] {
      const std::u16string password(static_cast<std::size_t>(i) + 3, u'p');
      for (int round = 0; round < 50; ++round) {
        const Encoded encoded(u"alice", u"LAB", password.c_str());
        EXPECT_EQ(SspiEncryptAuthIdentity(encoded.get()), SEC_E_OK);
        EXPECT_EQ(SspiDecryptAuthIdentity(encoded.get()), SEC_E_OK);
        EXPECT_EQ(Strings(encoded.get()).credentials, password);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace openlsa::client
