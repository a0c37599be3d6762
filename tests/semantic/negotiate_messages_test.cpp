// LsaCallAuthenticationPackage with Negotiate: NEGOTIATE_MESSAGES.
#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/ntstatus.h>

#include <cstring>
#include <map>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/ownership.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

struct Returned {
  Returned() = default;
  Returned(Returned&& other) noexcept : status(other.status), buffer(std::exchange(other.buffer, nullptr)) {
    size = other.size;
  }
  ~Returned() {
    if (buffer != nullptr) LsaFreeReturnBuffer(buffer);
  }
  NTSTATUS status = 0;
  PVOID buffer = nullptr;
  ULONG size = 0;
};

Returned ask(const Connection& connection, const void* message, std::size_t bytes) {
  Returned returned;
  NTSTATUS protocol = STATUS_UNSUCCESSFUL;
  returned.status =
      LsaCallAuthenticationPackage(connection.handle(), connection.package("Negotiate"), const_cast<void*>(message),
                                   static_cast<ULONG>(bytes), &returned.buffer, &returned.size, &protocol);
  if (NT_SUCCESS(returned.status)) EXPECT_STATUS(STATUS_SUCCESS, protocol);
  return returned;
}

// The name, or the status.
std::string name_of(const Connection& connection, LUID session) {
  const NEGOTIATE_CALLER_NAME_REQUEST request{NegGetCallerName, session};
  const Returned returned = ask(connection, &request, sizeof request);
  if (!NT_SUCCESS(returned.status)) return status_text(returned.status);
  const auto* const response = static_cast<const NEGOTIATE_CALLER_NAME_RESPONSE*>(returned.buffer);
  EXPECT_EQ(response->MessageType, static_cast<ULONG>(NegGetCallerName));
  const auto* const begin = static_cast<const char*>(returned.buffer);
  EXPECT_EQ(reinterpret_cast<const char*>(response->CallerName), begin + sizeof *response)
      << "its address is right in the caller";
  std::string name;
  for (const auto* at = reinterpret_cast<const char16_t*>(response->CallerName); *at != 0; ++at)
    name.push_back(static_cast<char>(*at));
  EXPECT_EQ(returned.size, sizeof *response + 2 * (name.size() + 1));
  return name;
}

LUID luid_of(unsigned long long value) { return {static_cast<ULONG>(value), static_cast<LONG>(value >> 32)}; }

TEST(NegotiateMessages, TheNameOfASession) {
  const Connection connection = Connection::untrusted();
  const LogonResult logon = connection.logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  LUID session = luid_of(logon.luid);
  ASSERT_STATUS(STATUS_SUCCESS, LsaGetLogonSessionData(&session, &data));
  std::string expected;
  for (const UNICODE_STRING* part : {&data->LogonDomain, &data->UserName}) {
    if (!expected.empty()) expected += '\\';
    for (int i = 0; i < part->Length / 2; ++i) expected.push_back(static_cast<char>(part->Buffer[i]));
  }
  LsaFreeReturnBuffer(data);
  EXPECT_EQ(name_of(connection, session), expected);
  EXPECT_NE(expected.find("alice"), std::string::npos) << expected;
}

TEST(NegotiateMessages, ZeroIsTheCallersOwn) {
  const Connection connection = Connection::untrusted();
  const std::string own = name_of(connection, {0, 0});
  EXPECT_EQ(own.find("0x"), std::string::npos) << own;
  if (is_root()) EXPECT_NE(own.find("SYSTEM"), std::string::npos) << own;
}

TEST(NegotiateMessages, AnothersSessionIsNotShown) {
  if (composition() == Composition::embedded || !is_root()) {
    std::printf("not run: a caller of another uid needs root and a daemon\n");
    GTEST_SKIP();
  }
  const Connection connection = Connection::untrusted();
  const LogonResult logon = connection.logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const auto ask_as_other = [&](LUID session) {
    return in_child([session] { return name_of(Connection::untrusted(), session); }, Identity{70123, 70123});
  };
  EXPECT_EQ(ask_as_other(luid_of(logon.luid)), status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(ask_as_other({0x3e7, 0}), status_text(STATUS_ACCESS_DENIED));
  EXPECT_EQ(ask_as_other({0, 0}), "Unix User\\70123");
}

TEST(NegotiateMessages, ASessionThatIsNone) {
  EXPECT_EQ(name_of(Connection::untrusted(), {0x7fffffff, 0x7fffffff}), status_text(STATUS_NO_SUCH_LOGON_SESSION));
}

TEST(NegotiateMessages, ThePrefixesOfThePackages) {
  const Connection connection = Connection::untrusted();
  const ULONG type = NegEnumPackagePrefixes;
  const Returned returned = ask(connection, &type, sizeof type);
  ASSERT_STATUS(STATUS_SUCCESS, returned.status);
  const auto* const head = static_cast<const NEGOTIATE_PACKAGE_PREFIXES*>(returned.buffer);
  EXPECT_EQ(head->MessageType, type);
  ASSERT_EQ(returned.size, head->Offset + head->PrefixCount * sizeof(NEGOTIATE_PACKAGE_PREFIX));
  std::map<ULONG_PTR, std::string> prefixes;
  for (ULONG i = 0; i < head->PrefixCount; ++i) {
    NEGOTIATE_PACKAGE_PREFIX prefix;
    std::memcpy(&prefix, static_cast<const char*>(returned.buffer) + head->Offset + i * sizeof prefix, sizeof prefix);
    ASSERT_LE(prefix.PrefixLen, sizeof prefix.Prefix);
    prefixes[prefix.PackageId].assign(reinterpret_cast<const char*>(prefix.Prefix), prefix.PrefixLen);
  }
  EXPECT_EQ(prefixes.size(), head->PrefixCount);
  // What the probe states as its object identifier (packages/probe/entry.cpp), DER.
  ASSERT_TRUE(prefixes.contains(connection.package("Probe")));
  EXPECT_EQ(prefixes[connection.package("Probe")].substr(0, 1), "\x06");
  EXPECT_TRUE(prefixes.contains(connection.package("Witness")));
  EXPECT_FALSE(prefixes.contains(connection.package("ClassicProbe"))) << "not negotiable";
  EXPECT_FALSE(prefixes.contains(connection.package("Negotiate")));
}

TEST(NegotiateMessages, WhatIsNoMessage) {
  const Connection connection = Connection::untrusted();
  for (const ULONG type : {ULONG{NegTransferCredentials}, ULONG{NegMsgReserved1}}) {
    const ULONG message[8] = {type};
    const Returned returned = ask(connection, message, sizeof message);
    EXPECT_STATUS(STATUS_NOT_SUPPORTED, returned.status);
    EXPECT_EQ(returned.buffer, nullptr);
  }
  for (const ULONG type : {ULONG{NegCallPackageMax}, ~ULONG{0}})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, ask(connection, &type, sizeof type).status);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, ask(connection, nullptr, 0).status);
  const NEGOTIATE_CALLER_NAME_REQUEST request{NegGetCallerName, {0, 0}};
  for (std::size_t size = 1; size < sizeof request; ++size)
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, ask(connection, &request, size).status) << size;
}

}  // namespace
}  // namespace openlsa::test
