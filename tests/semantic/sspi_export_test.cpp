// ExportSecurityContext and ImportSecurityContext, within a process and between two.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

struct Packed {
  SECURITY_STATUS status = 0;
  std::string bytes;
  HANDLE token = nullptr;
};

Packed pack(Context& context, ULONG flags, bool with_token = false) {
  Packed packed;
  SecBuffer buffer{0, SECBUFFER_EMPTY, nullptr};
  packed.status = ExportSecurityContext(context.get(), flags, &buffer, with_token ? &packed.token : nullptr);
  if (buffer.pvBuffer != nullptr) {
    packed.bytes.assign(static_cast<const char*>(buffer.pvBuffer), buffer.cbBuffer);
    EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(buffer.pvBuffer));
  }
  return packed;
}

// A context of its own, for the message functions of the helper class.
class Imported {
 public:
  explicit Imported(std::string bytes, const char* package = "Scripted", HANDLE token = nullptr) {
    SecBuffer buffer{static_cast<ULONG>(bytes.size()), SECBUFFER_EMPTY, bytes.data()};
    auto name = wide(package);
    status_ = ImportSecurityContextW(name.data(), &buffer, token, context_.get());
  }
  ~Imported() {
    if (status_ == SEC_E_OK) DeleteSecurityContext(context_.get());
  }
  Imported(const Imported&) = delete;
  Imported& operator=(const Imported&) = delete;
  SECURITY_STATUS status() const { return status_; }
  PCtxtHandle get() { return context_.get(); }
  Context& context() { return context_; }
  SECURITY_STATUS free() {
    status_ = -1;
    return DeleteSecurityContext(context_.get());
  }

 private:
  Context context_;
  SECURITY_STATUS status_ = -1;
};

TEST(SspiExport, ACopySpeaksForTheContext) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const Packed packed = pack(talk.acceptor, 0);
  ASSERT_STATUS(SEC_E_OK, packed.status);
  Imported copy(packed.bytes);
  ASSERT_STATUS(SEC_E_OK, copy.status());
  EXPECT_EQ(copy.context().unseal(talk.initiator.seal("to the copy", 3), 3), "to the copy");
  EXPECT_EQ(talk.initiator.unseal(copy.context().seal("from the copy", 4), 4), "from the copy");
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("to the old one", 5), 5), "to the old one");
  SecPkgContext_NamesW names{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(copy.get(), SECPKG_ATTR_NAMES, &names));
  EXPECT_EQ(narrow(names.sUserName), "alice");
  FreeContextBuffer(names.sUserName);
  const std::size_t deleted = scripted.count("DeleteContext");
  EXPECT_STATUS(SEC_E_OK, copy.free());
  EXPECT_EQ(scripted.count("DeleteContext"), deleted) << "there was no half in LSA mode";
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("still", 6), 6), "still");
}

TEST(SspiExport, WhatLsaModeAnswersIsNotAnsweredForACopy) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  SecPkgContext_Lifespan span{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_LIFESPAN, &span));
  Imported copy(pack(talk.acceptor, 0).bytes);
  ASSERT_STATUS(SEC_E_OK, copy.status());
  span = {};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, QueryContextAttributesW(copy.get(), SECPKG_ATTR_LIFESPAN, &span));
  EXPECT_EQ(span.tsExpiry.QuadPart, 0);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, SetContextAttributesW(copy.get(), 0x7777, &span, sizeof span));
}

TEST(SspiExport, ResetNewStartsTheCopyAnew) {
  const Scripted scripted;
  Conversation talk("user=alice&sequence=1", "Scripted");
  ASSERT_TRUE(talk.complete());
  const std::string first = talk.initiator.seal("first", 0), second = talk.initiator.seal("second", 0);
  ASSERT_EQ(talk.acceptor.unseal(first, 0), "first");
  Imported as_it_is(pack(talk.acceptor, 0).bytes), anew(pack(talk.acceptor, SECPKG_CONTEXT_EXPORT_RESET_NEW).bytes);
  ASSERT_STATUS(SEC_E_OK, as_it_is.status());
  ASSERT_STATUS(SEC_E_OK, anew.status());
  SECURITY_STATUS status = SEC_E_OK;
  EXPECT_EQ(as_it_is.context().unseal(first, 0, &status), "") << "it knows that the first message has come";
  EXPECT_LT(status, 0);
  EXPECT_EQ(anew.context().unseal(first, 0), "first");
}

TEST(SspiExport, DeleteOldMovesTheContext) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const Packed packed = pack(talk.acceptor, SECPKG_CONTEXT_EXPORT_DELETE_OLD, true);
  ASSERT_STATUS(SEC_E_OK, packed.status);
  EXPECT_EQ(std::stoul(scripted.only("user/ExportContext")["flags"], nullptr, 16),
            ULONG{SECPKG_CONTEXT_EXPORT_DELETE_OLD});
  EXPECT_TRUE(scripted.wait("DeleteContext"));
  SECURITY_STATUS status = SEC_E_OK;
  EXPECT_EQ(talk.acceptor.seal("gone", 1, &status), "");
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, talk.acceptor.free());
  ASSERT_NE(packed.token, nullptr);
  EXPECT_TRUE(is_open(packed.token)) << "the caller's own";
  const unsigned long long session = token_logon_id(packed.token);
  {
    Imported moved(packed.bytes, "Scripted", packed.token);
    ASSERT_STATUS(SEC_E_OK, moved.status());
    EXPECT_TRUE(CloseHandle(packed.token)) << "still the caller's";
    EXPECT_EQ(talk.initiator.unseal(moved.context().seal("moved", 2), 2), "moved");
    HANDLE token = nullptr;
    ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(moved.get(), &token));
    EXPECT_EQ(token_user(token), alice().sid);
    CloseHandle(token);
    EXPECT_TRUE(session_listed(session)) << "the context holds it";
  }
  EXPECT_TRUE(scripted.wait("LogonTerminated"));
  EXPECT_FALSE(session_listed(session));
}

TEST(SspiExport, IsRefused) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, pack(talk.acceptor, SECPKG_CONTEXT_EXPORT_TO_KERNEL).status);
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, pack(talk.acceptor, 0x100).status);
  Context none;
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, pack(none, 0).status);
  EXPECT_EQ(scripted.count("user/ExportContext"), 0u);
  scripted.set("user/ExportContext", "return=0x80090317");
  EXPECT_STATUS(SEC_E_CONTEXT_EXPIRED, pack(talk.acceptor, SECPKG_CONTEXT_EXPORT_DELETE_OLD).status);
  scripted.clear();
  EXPECT_NE(talk.acceptor.seal("here", 1), "") << "what is not exported is not deleted";
  Credential half_open("Scripted", SECPKG_CRED_OUTBOUND);
  Context started;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, started.initialize(half_open, "user=alice").status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, pack(started, 0).status);
  Conversation without("a-user=alice", "Probe");
  ASSERT_TRUE(without.complete());
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, pack(without.acceptor, 0).status) << "a package without the slot";
}

TEST(SspiExport, WhatIsForeignNeverReachesTheHalf) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const Packed packed = pack(talk.acceptor, 0);
  ASSERT_STATUS(SEC_E_OK, packed.status);
  for (const std::size_t at : {std::size_t{0}, std::size_t{20}, packed.bytes.size() / 2, packed.bytes.size() - 1}) {
    std::string changed = packed.bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_STATUS(SEC_E_INVALID_TOKEN, Imported(changed).status()) << at;
  }
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, Imported(packed.bytes.substr(0, packed.bytes.size() - 1)).status());
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, Imported("role=acceptor\nkey=mine\nuser=root\n").status());
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, Imported(packed.bytes, "Scripted2").status()) << "another package's";
  EXPECT_EQ(scripted.count("user/ImportContext"), 0u);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, Imported(packed.bytes, "Scripted", reinterpret_cast<HANDLE>(0x7ffffff8)).status())
      << "no token of this process";
  EXPECT_EQ(scripted.count("user/ImportContext"), 0u);
  scripted.set("user/ImportContext", "return=0x80090308");
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, Imported(packed.bytes).status());
  EXPECT_EQ(scripted.count("user/ImportContext"), 1u);
}

// Packs the context, and gives it with its token to another process.
std::string use_in_child(const Line& line) {
  int descriptor = -1;
  const std::string bytes = line.hear(&descriptor);
  HANDLE token = nullptr;
  if (OpenLsaTokenFromDescriptor(descriptor, &token) != STATUS_SUCCESS) return "no token";
  ::close(descriptor);
  Imported context(bytes, "Scripted", token);
  CloseHandle(token);
  if (context.status() != SEC_E_OK) return "import " + status_text(context.status());
  const std::string question = context.context().unseal(line.hear(), 1);
  HANDLE own = nullptr;
  const SECURITY_STATUS queried = QuerySecurityContextToken(context.get(), &own);
  const std::string user = queried == SEC_E_OK ? token_user(own) : status_text(queried);
  CloseHandle(own);
  const SECURITY_STATUS acting = OpenLsaImpersonateContextTokenOnly(context.get());
  RevertSecurityContext(context.get());
  if (acting != SEC_E_OK) return "impersonation " + status_text(acting);
  line.say(context.context().seal(question + " " + user, 2));
  return context.free() == SEC_E_OK ? "done" : "not deleted";
}

TEST(SspiExport, AnotherProcessGoesOnWithTheContext) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  Child worker(use_in_child);
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const Packed packed = pack(talk.acceptor, SECPKG_CONTEXT_EXPORT_DELETE_OLD, true);
  ASSERT_STATUS(SEC_E_OK, packed.status);
  int descriptor = -1;
  ASSERT_STATUS(STATUS_SUCCESS, OpenLsaTokenToDescriptor(packed.token, &descriptor));
  worker.line().say(packed.bytes, descriptor);
  ::close(descriptor);
  EXPECT_TRUE(CloseHandle(packed.token));
  worker.line().say(talk.initiator.seal("who", 1));
  EXPECT_EQ(talk.initiator.unseal(worker.line().hear(), 2), "who " + alice().sid);
  EXPECT_EQ(worker.finish(), "done");
}

}  // namespace
}  // namespace openlsa::test
