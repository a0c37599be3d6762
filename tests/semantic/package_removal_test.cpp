// A package is removed while it works: the calls that are inside end first, and its threads may go on.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

AdminAnswer add_slow() {
  const int file = ::open(package_file("slow_package").c_str(), O_RDONLY | O_CLOEXEC);
  AdminAnswer answer = admin("package-add", {"name=slow", "file=slow_package.so", "confirm=yes"}, {file});
  ::close(file);
  return answer;
}

// A leg that ended before the removal came made a context, which is as lost as one whose leg was inside. An isolated
// host may end before its last answers are read.
void expect_lost_with_its_package(Credential& credential, Context& context, Leg leg) {
  const bool was_earlier = context.exists();
  EXPECT_EQ(was_earlier, leg.status == SEC_I_CONTINUE_NEEDED) << status_text(leg.status);
  if (was_earlier) leg = context.initialize(credential, "server", "next");
  const bool host_ended = composition() == Composition::isolated && leg.status == SEC_E_INTERNAL_ERROR;
  EXPECT_TRUE(host_ended || leg.status == SEC_E_INVALID_HANDLE) << status_text(leg.status);
}

TEST(PackageRemoval, WaitsForTheCallsThatAreInside) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_STATUS(STATUS_SUCCESS, add_slow().status);
    Credential credential("Slow", SECPKG_CRED_OUTBOUND);
    ASSERT_STATUS(SEC_E_OK, credential.status());
    Context context;
    Leg leg;
    std::thread caller([&] { leg = context.initialize(credential, "server"); });
    ::usleep(100'000);
    EXPECT_STATUS(STATUS_SUCCESS, admin("package-remove", {"name=slow"}).status);
    caller.join();
    expect_lost_with_its_package(credential, context, leg);
    // The channel closes behind its last answer.
    EXPECT_TRUE(eventually([] { return Credential("Slow", SECPKG_CRED_OUTBOUND).status() == SEC_E_SECPKG_NOT_FOUND; }));
  }
  EXPECT_STATUS(SEC_E_OK, Credential("Probe", SECPKG_CRED_OUTBOUND).status()) << "the others go on";
}

TEST(PackageRemoval, WaitsForACallPackage) {
  ASSERT_STATUS(STATUS_SUCCESS, add_slow().status);
  std::thread caller([] { Connection::untrusted().call("Slow", "x"); });
  ::usleep(100'000);
  EXPECT_STATUS(STATUS_SUCCESS, admin("package-remove", {"name=slow"}).status);
  caller.join();
  EXPECT_STATUS(SEC_E_OK, Credential("Probe", SECPKG_CRED_OUTBOUND).status()) << "the others go on";
}

// In a process that goes on, the call ends in a package that is shut down; its runtime is still there.
TEST(PackageRemoval, DoesNotWaitForEver) {
  ASSERT_STATUS(STATUS_SUCCESS, add_slow().status);
  Credential credential("Slow", SECPKG_CRED_OUTBOUND);
  ASSERT_STATUS(SEC_E_OK, credential.status());
  Context context;
  Leg leg;
  std::thread caller([&] { leg = context.initialize(credential, "overlong"); });
  ::usleep(100'000);
  EXPECT_STATUS(STATUS_SUCCESS, admin("package-remove", {"name=slow"}).status);
  caller.join();
  EXPECT_LT(leg.status, 0);
  // The channel closes behind its last answer.
  EXPECT_TRUE(eventually([] { return Credential("Slow", SECPKG_CRED_OUTBOUND).status() == SEC_E_SECPKG_NOT_FOUND; }));
  EXPECT_STATUS(SEC_E_OK, Credential("Probe", SECPKG_CRED_OUTBOUND).status()) << "the others go on";
}

}  // namespace
}  // namespace openlsa::test
