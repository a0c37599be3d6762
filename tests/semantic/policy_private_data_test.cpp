// LsaStorePrivateData and LsaRetrievePrivateData, and the notification of a change.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/policy_client.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr DWORD long_wait = 30'000;

// Deletes what a test stored.
class Stored {
 public:
  explicit Stored(std::string key) : key_(std::move(key)) {}
  ~Stored() { EXPECT_STATUS(STATUS_SUCCESS, Policy(secrets_access).store(key_, std::nullopt)); }
  Stored(const Stored&) = delete;
  Stored& operator=(const Stored&) = delete;

 private:
  const std::string key_;
};

TEST(PrivateData, IsKeptUnderEachKindOfKey) {
  const Policy policy(secrets_access);
  for (const char* key : {"L$local", "G$global", "M$machine", "plain", "NL$older", "_SC_service"}) {
    NTSTATUS status = 0;
    policy.retrieve(key, &status);
    EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status) << key;
    ASSERT_STATUS(STATUS_SUCCESS, policy.store(key, "first")) << key;
    const Stored stored(key);
    EXPECT_EQ(policy.retrieve(key, &status), "first") << key;
    EXPECT_STATUS(STATUS_SUCCESS, status) << key;
    ASSERT_STATUS(STATUS_SUCCESS, policy.store(key, "second")) << key;
    EXPECT_EQ(policy.retrieve(key), "second") << key;
  }
  NTSTATUS status = 0;
  policy.retrieve("L$local", &status);
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, status) << "deleted with NULL";
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, policy.store("L$local", std::nullopt));
}

TEST(PrivateData, KeysCompareWithoutCase) {
  const Policy policy(secrets_access);
  ASSERT_STATUS(STATUS_SUCCESS, policy.store("L$Key", "text"));
  const Stored stored("l$kEY");
  EXPECT_EQ(policy.retrieve("L$KEY"), "text");
}

TEST(PrivateData, MayBeEmptyAndNeedNotBeText) {
  const Policy policy(secrets_access);
  WideText key("L$bytes");
  UCHAR bytes[] = {0, 1, 2, 0xff, 0};
  LSA_UNICODE_STRING data{sizeof bytes, sizeof bytes, reinterpret_cast<PWSTR>(bytes)}, none{0, 0, nullptr};
  ASSERT_STATUS(STATUS_SUCCESS, LsaStorePrivateData(policy.get(), key.get(), &data));
  const Stored stored("L$bytes");
  PLSA_UNICODE_STRING back = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, LsaRetrievePrivateData(policy.get(), key.get(), &back));
  ASSERT_EQ(back->Length, sizeof bytes);
  EXPECT_EQ(std::memcmp(back->Buffer, bytes, sizeof bytes), 0);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(back));
  ASSERT_STATUS(STATUS_SUCCESS, LsaStorePrivateData(policy.get(), key.get(), &none));
  ASSERT_STATUS(STATUS_SUCCESS, LsaRetrievePrivateData(policy.get(), key.get(), &back));
  EXPECT_EQ(back->Length, 0);
  EXPECT_NE(back->Buffer, nullptr);
  EXPECT_STATUS(STATUS_SUCCESS, LsaFreeMemory(back));
}

TEST(PrivateData, HasItsLimits) {
  const Policy policy(secrets_access);
  const std::string longest_name(128, 'k'), longest_data(LSA_SECRET_MAXIMUM_LENGTH / 2, 'd');
  ASSERT_STATUS(STATUS_SUCCESS, policy.store(longest_name, longest_data));
  const Stored stored(longest_name);
  EXPECT_EQ(policy.retrieve(longest_name), longest_data);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, policy.store(longest_name, longest_data + "d"));
  EXPECT_EQ(policy.retrieve(longest_name), longest_data) << "what was refused changed nothing";
  EXPECT_STATUS(STATUS_NAME_TOO_LONG, policy.store(longest_name + "k", "d"));
  for (const char* none : {"", "a\\b", "L$a\nb"})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, policy.store(none, "d")) << none;
}

TEST(PrivateData, IsForAdministrators) {
  const Policy policy(secrets_access);
  ASSERT_STATUS(STATUS_SUCCESS, policy.store("L$mine", "text"));
  const Stored stored("L$mine");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, Policy(POLICY_GET_PRIVATE_INFORMATION).store("L$new", "text"))
      << "the first time needs POLICY_CREATE_SECRET";
  EXPECT_STATUS(STATUS_SUCCESS, Policy(POLICY_GET_PRIVATE_INFORMATION).store("L$mine", "text"));
  NTSTATUS status = 0;
  Policy(POLICY_CREATE_SECRET).retrieve("L$mine", &status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, status) << "needs POLICY_GET_PRIVATE_INFORMATION";
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const ActingAs alice(logon.token);
  for (const char* key : {"L$mine", "L$new", "M$machine"}) {
    policy.retrieve(key, &status);
    EXPECT_STATUS(STATUS_ACCESS_DENIED, status) << key;
    EXPECT_STATUS(STATUS_ACCESS_DENIED, policy.store(key, "hers")) << key;
    EXPECT_STATUS(STATUS_ACCESS_DENIED, policy.store(key, std::nullopt)) << key;
  }
}

TEST(PrivateData, IsNowhereInTheClear) {
  const Policy policy(secrets_access);
  const std::string text = "a text that nothing else holds";
  ASSERT_STATUS(STATUS_SUCCESS, policy.store("L$hidden", text));
  const Stored stored("L$hidden");
  std::string wide_text;
  for (const char c : text) wide_text += {c, '\0'};
  for (const char* file : {"/accounts.db", "/accounts.db-wal", "/audit.jsonl"}) {
    const std::string bytes =
        read_file(installation().state_directory() + file) + read_file(installation().directory() + file);
    EXPECT_EQ(bytes.find(text), std::string::npos) << file;
    EXPECT_EQ(bytes.find(wide_text), std::string::npos) << file;
  }
}

TEST(PrivateData, ArgumentsAreChecked) {
  const Policy policy(secrets_access);
  WideText key("L$key"), data("text");
  LSA_UNICODE_STRING odd{3, 8, key.get()->Buffer}, null{4, 4, nullptr}, beyond{8, 4, data.get()->Buffer};
  PLSA_UNICODE_STRING back = key.get();
  for (PLSA_UNICODE_STRING bad : {&odd, &null, static_cast<PLSA_UNICODE_STRING>(nullptr)}) {
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaStorePrivateData(policy.get(), bad, data.get()));
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRetrievePrivateData(policy.get(), bad, &back));
  }
  for (PLSA_UNICODE_STRING bad : {&null, &beyond})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaStorePrivateData(policy.get(), key.get(), bad));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRetrievePrivateData(policy.get(), key.get(), nullptr));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaStorePrivateData(nullptr, key.get(), data.get()));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaRetrievePrivateData(nullptr, key.get(), &back));
  EXPECT_STATUS(STATUS_OBJECT_NAME_NOT_FOUND, LsaRetrievePrivateData(policy.get(), key.get(), &back));
  EXPECT_EQ(back, key.get()) << "written by a call that failed";
}

class Event {
 public:
  explicit Event(bool manual_reset = false) : handle_(CreateEventW(nullptr, manual_reset, FALSE, nullptr)) {}
  ~Event() { EXPECT_TRUE(CloseHandle(handle_)); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  HANDLE get() const { return handle_; }
  DWORD wait(DWORD milliseconds) const { return WaitForSingleObject(handle_, milliseconds); }

 private:
  HANDLE handle_;
};

void change_machine_password() { ASSERT_STATUS(STATUS_SUCCESS, Policy(secrets_access).store("$machine.acc", "new")); }

TEST(PolicyNotification, SignalsAChangeOfItsClass) {
  const Event password, audit;
  ASSERT_STATUS(STATUS_SUCCESS,
                LsaRegisterPolicyChangeNotification(PolicyNotifyMachineAccountPasswordInformation, password.get()));
  ASSERT_STATUS(STATUS_SUCCESS, LsaRegisterPolicyChangeNotification(PolicyNotifyAuditEventsInformation, audit.get()));
  EXPECT_EQ(password.wait(0), WAIT_TIMEOUT) << "nothing has changed yet";
  change_machine_password();
  const Stored stored("$MACHINE.ACC");
  EXPECT_EQ(password.wait(long_wait), WAIT_OBJECT_0);
  EXPECT_EQ(password.wait(0), WAIT_TIMEOUT) << "an auto-reset event is consumed";
  EXPECT_EQ(audit.wait(0), WAIT_TIMEOUT) << "another class";
  std::thread waiter([&] { EXPECT_EQ(password.wait(INFINITE), WAIT_OBJECT_0); });
  change_machine_password();
  waiter.join();
  EXPECT_TRUE(SetEvent(audit.get())) << "the process still sets it itself";
  EXPECT_EQ(audit.wait(long_wait), WAIT_OBJECT_0);
  EXPECT_STATUS(STATUS_SUCCESS, LsaUnregisterPolicyChangeNotification(PolicyNotifyAuditEventsInformation, audit.get()));
  EXPECT_STATUS(STATUS_SUCCESS,
                LsaUnregisterPolicyChangeNotification(PolicyNotifyMachineAccountPasswordInformation, password.get()));
}

TEST(PolicyNotification, EndsWithItsRegistration) {
  const Event event(true);
  constexpr auto password = PolicyNotifyMachineAccountPasswordInformation;
  ASSERT_STATUS(STATUS_SUCCESS, LsaRegisterPolicyChangeNotification(password, event.get()));
  ASSERT_STATUS(STATUS_SUCCESS, LsaUnregisterPolicyChangeNotification(password, event.get()));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaUnregisterPolicyChangeNotification(password, event.get()));
  change_machine_password();
  const Stored stored("$MACHINE.ACC");
  EXPECT_EQ(event.wait(0), WAIT_TIMEOUT);
  // And once more, beyond what an authority holds at a time: those that ended leave room.
  for (int i = 0; i < 600; ++i)
    ASSERT_STATUS(STATUS_SUCCESS, LsaRegisterPolicyChangeNotification(password, event.get())) << i;
  ASSERT_STATUS(STATUS_SUCCESS, LsaUnregisterPolicyChangeNotification(password, event.get()));
}

TEST(PolicyNotification, IsForAdministratorsAndEvents) {
  const Event event;
  constexpr auto password = PolicyNotifyMachineAccountPasswordInformation;
  for (const int none : {0, 9, -1})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, LsaRegisterPolicyChangeNotification(
                                                static_cast<POLICY_NOTIFICATION_INFORMATION_CLASS>(none), event.get()));
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  for (HANDLE bad :
       {static_cast<HANDLE>(nullptr), INVALID_HANDLE_VALUE, logon.token.get(), reinterpret_cast<HANDLE>(0x7ffffffc)}) {
    EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaRegisterPolicyChangeNotification(password, bad));
    EXPECT_STATUS(STATUS_INVALID_HANDLE, LsaUnregisterPolicyChangeNotification(password, bad));
  }
  const ActingAs alice(logon.token);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, LsaRegisterPolicyChangeNotification(password, event.get()));
}

}  // namespace
}  // namespace openlsa::test
