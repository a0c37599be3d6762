// Who frees what: a package's wrong frees are survived, counted and told to the administrator; a buffer that a client
// got goes by its own function only.
#include <openlsa/sspi.h>

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/lsa_client.hpp"
#include "support/ownership.hpp"
#include "support/scripted.hpp"

namespace openlsa::test {
namespace {

using nlohmann::json;

// A number of `lsactl status` about the memory of a package; 0 when there is nothing to say.
std::uint64_t memory_of(const std::string& package, const char* member) {
  const json status = json::parse(admin("status").json, nullptr, false);
  for (const json& row : status.value("memory", json::array()))
    if (row.value("owner", "") == package) return row.value(member, std::uint64_t{0});
  return 0;
}

// What lsad and its hosts wrote; nothing when they are this process.
bool logged(const std::string& line) {
  return lsad() == nullptr || eventually([&] { return lsad()->messages().find(line) != std::string::npos; });
}

TEST(Ownership, ABlockThatIsFreedTwiceIsRefusedAndCounted) {
  expect_wrong_frees("Scripted refused_frees");
  const Scripted scripted;
  const std::uint64_t before = memory_of("Scripted", "refused_frees");
  for (const char* allocator : {"lsa", "private", "client"}) {
    scripted.set("CallPackageUntrusted", std::string("double-free=") + allocator + ":64");
    EXPECT_STATUS(STATUS_SUCCESS, Connection::untrusted().call("Scripted", "x").status) << allocator;
  }
  EXPECT_EQ(memory_of("Scripted", "refused_frees"), before + 3);
  EXPECT_TRUE(logged("security package Scripted gave FreeLsaHeap what is no block of the heaps"));
}

TEST(Ownership, TheHeapsMayBeMixedAndThatIsCounted) {
  expect_wrong_frees("Probe mixed_frees");
  const std::uint64_t before = memory_of("Probe", "mixed_frees");
  EXPECT_EQ(Connection::untrusted().call("Probe", "mix-heaps")["mix-heaps"], "1");
  EXPECT_EQ(memory_of("Probe", "mixed_frees"), before + 2);
  EXPECT_TRUE(logged("security package Probe freed a block with FreePrivateHeap that FreeLsaHeap should free"));
}

TEST(Ownership, AClientBufferIsNoBlockOfTheHeaps) {
  expect_wrong_frees("Probe refused_frees");
  do {
    const CallResult result = Connection::untrusted().call("Probe", "free-client-buffer-as-heap");
    ASSERT_EQ(result["free-client-buffer-as-heap"], status_text(STATUS_SUCCESS)) << "its own function still finds it";
  } while (!std::has_single_bit(memory_of("Probe", "refused_frees")));  // other refusals are only counted
  EXPECT_TRUE(logged("a client buffer, which FreeClientBuffer frees"));
}

TEST(Ownership, WhatAPackageKeepsIsThePackages) {
  const Scripted scripted;
  const std::uint64_t blocks = memory_of("Scripted", "lsa_heap"), bytes = memory_of("Scripted", "lsa_heap_bytes");
  scripted.set("CallPackageUntrusted", "leak=lsa:100");
  EXPECT_STATUS(STATUS_SUCCESS, Connection::untrusted().call("Scripted", "x").status);
  EXPECT_EQ(memory_of("Scripted", "lsa_heap"), blocks + 1);
  EXPECT_EQ(memory_of("Scripted", "lsa_heap_bytes"), bytes + 100);
}

TEST(Ownership, AClientsBufferGoesByItsOwnFunctionOnly) {
  expect_wrong_frees("libsecur32 refused_frees");
  ULONG count = 0;
  PLUID sessions = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, LsaEnumerateLogonSessions(&count, &sessions));
  ASSERT_GT(count, 0u);
  const unsigned long long first = value_of(sessions[0]);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeContextBuffer(sessions));
  EXPECT_STATUS(STATUS_UNSUCCESSFUL, LsaFreeMemory(sessions));
  EXPECT_EQ(value_of(sessions[0]), first) << "left alone";
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeReturnBuffer(sessions));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaFreeReturnBuffer(sessions)) << "once";

  PSecPkgInfoW packages = nullptr;
  ASSERT_STATUS(SEC_E_OK, EnumerateSecurityPackagesW(&count, &packages));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaFreeReturnBuffer(packages));
  EXPECT_NE(packages[0].Name[0], 0) << "left alone";
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(packages));
}

}  // namespace
}  // namespace openlsa::test
