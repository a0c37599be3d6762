// Sub-authentication packages: what a routine is given, and what of its answers is believed.
#include <openlsa/subauth.h>

#include "host/side_door.hpp"
#include "nt/utf.hpp"

namespace openlsa::host::test {
namespace {

using seam::SubAuthenticationEntry;

constexpr const char* routines = "sub_authentication_package";

class SubAuthenticationDoorTest : public SideDoorTest {
 protected:
  void load(const std::string& file = routines) {
    const seam::LoadReply reply = open(file, seam::Door::sub_authentication);
    ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  }
  // An attempt whose response tells the package what to do.
  static seam::SubAuthenticateRequest attempt(std::string_view order) {
    seam::SubAuthenticateRequest request;
    request.level = NetlogonNetworkInformation;
    const std::string text = "do:" + std::string(order);
    request.nt_response.assign(text.begin(), text.end());
    request.user.user_name = u"alice";
    request.user.user_id = 1001;
    return request;
  }
  seam::SubAuthenticateReply ask(std::string_view order,
                                 SubAuthenticationEntry entry = SubAuthenticationEntry::routine) {
    seam::SubAuthenticateRequest request = attempt(order);
    request.entry = entry;
    return runtime->sub_authenticate(std::move(request));
  }
  static std::string text(const seam::OptionalText& text) { return text ? nt::to_utf8_lossy(*text) : "(none)"; }
};

TEST_F(SubAuthenticationDoorTest, FindsTheEntryPointsThatAreThere) {
  EXPECT_EQ(open(routines, seam::Door::sub_authentication, true).entry_points,
            (std::vector<std::string>{"Msv1_0SubAuthenticationRoutine", "Msv1_0SubAuthenticationRoutineEx",
                                      "Msv1_0SubAuthenticationRoutineGeneric"}));
  EXPECT_EQ(open("sub_authentication_filter_package", seam::Door::sub_authentication).entry_points,
            std::vector<std::string>{"Msv1_0SubAuthenticationFilter"});
}

TEST_F(SubAuthenticationDoorTest, AFileWithoutAnyIsRefusedWithAReason) {
  const seam::LoadReply reply = open("password_filter_package", seam::Door::sub_authentication);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL);
  EXPECT_NE(reply.reason.find("exports none of Msv1_0SubAuthenticationRoutine"), std::string::npos) << reply.reason;
}

TEST_F(SubAuthenticationDoorTest, TheRoutineGetsTheAccountAndTheNetworkLogon) {
  load();
  seam::SubAuthenticateRequest request = attempt("dump");
  request.flags = MSV1_0_PASSTHRU;
  request.domain_name = u"TESTBOX";
  request.user_name = u"Alice";
  request.workstation = u"CLIENT";
  request.parameter_control = 0x05000002;
  request.challenge = {1, 2, 3, 4, 5, 6, 7, 8};
  request.lm_response = {0xaa, 0xbb};
  seam::UserAllInformation& user = request.user;
  user.full_name = u"Alice Liddell";
  user.home_directory = u"/home/alice";
  user.work_stations = u"A,B";
  user.parameters = u"stored";
  user.primary_group_id = 513;
  user.user_account_control = USER_NORMAL_ACCOUNT | USER_ACCOUNT_DISABLED;
  user.logon_hours = base::Bytes(21, 0xff);
  user.bad_password_count = 3;
  user.times.password_set = 77;
  user.account_expires = 88;
  user.nt_password_present = true;
  user.password_expired = true;
  const seam::SubAuthenticateReply reply = runtime->sub_authenticate(std::move(request));
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_FALSE(reply.authoritative);
  EXPECT_EQ(text(reply.parameters),
            "level=2 flags=1 domain=TESTBOX name=Alice workstation=CLIENT control=83886082 challenge=0102030405060708 "
            "nt=7 lm=aabb user=alice full=Alice Liddell home=/home/alice stations=A,B parameters=stored id=1001 "
            "group=513 account-control=17 units=168 bad=3 set=77 expires=88 key= has-key=1 expired=1 hours=" +
                std::string(42, 'f'));
}

TEST_F(SubAuthenticationDoorTest, AnInteractiveLogonBringsTheKeysThatTheFileMayHave) {
  load();
  seam::SubAuthenticateRequest request;
  request.level = NetlogonInteractiveInformation;
  request.nt_key = secret("0123456789abcdef");
  request.user.user_name = u"dump";
  request.user.nt_password = secret("fedcba9876543210");
  const std::string told = text(runtime->sub_authenticate(std::move(request)).parameters);
  EXPECT_NE(told.find(" nt-owf=30313233343536373839616263646566 "), std::string::npos) << told;
  EXPECT_NE(told.find(" key=66656463626139383736353433323130 "), std::string::npos) << told;
  EXPECT_NE(told.find(" units=0 "), std::string::npos) << told;
}

TEST_F(SubAuthenticationDoorTest, AnotherLevelIsNone) {
  load();
  seam::SubAuthenticateRequest request = attempt("status 0");
  request.level = NetlogonServiceInformation;
  EXPECT_EQ(runtime->sub_authenticate(std::move(request)).status, STATUS_INVALID_INFO_CLASS);
}

TEST_F(SubAuthenticationDoorTest, TheRoutinesStatusFlagsAndTimesComeBack) {
  load();
  EXPECT_EQ(ask("pin 4711").status, STATUS_SUCCESS);
  EXPECT_EQ(ask("pin 4711").actions_performed, 0xffu) << "the plain form is responsible for everything";
  EXPECT_EQ(ask("pin 1234").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(ask("status c0000072").status, STATUS_ACCOUNT_DISABLED);
  EXPECT_EQ(ask("flags 81000002").user_flags, 0x81000002u);
  const seam::SubAuthenticateReply times = ask("times");
  EXPECT_EQ(times.logoff_time, 1000);
  EXPECT_EQ(times.kickoff_time, 2000);
  EXPECT_FALSE(ask("pin 4711").kickoff_time.has_value());
}

// What is not documented is no success.
TEST_F(SubAuthenticationDoorTest, LiesAreRefused) {
  load();
  for (const char* lie : {"status 103", "which 200001", "foreign", "beyond", "long", "past"})
    EXPECT_EQ(ask(lie).status, STATUS_INTERNAL_ERROR) << lie;
  EXPECT_EQ(ask("pin 4711").status, STATUS_SUCCESS) << "the package stays";
}

TEST_F(SubAuthenticationDoorTest, ParametersAreStoredOnlyWhenAsked) {
  load();
  const seam::SubAuthenticateReply kept = ask("keep");
  EXPECT_EQ(kept.status, STATUS_SUCCESS);
  EXPECT_FALSE(kept.parameters.has_value());
}

TEST_F(SubAuthenticationDoorTest, AnExceptionEndsInTheHost) {
  load();
  EXPECT_EQ(ask("throw").status, STATUS_UNHANDLED_EXCEPTION);
  EXPECT_EQ(ask("throw", SubAuthenticationEntry::routine_ex).status, STATUS_UNHANDLED_EXCEPTION);
  EXPECT_EQ(runtime->sub_authenticate_generic({secret("throw")}).status, STATUS_UNHANDLED_EXCEPTION);
}

TEST_F(SubAuthenticationDoorTest, TheExFormSaysWhatItDidAndFillsWhatItNames) {
  load();
  const auto ex = SubAuthenticationEntry::routine_ex;
  EXPECT_EQ(ask("actions 4", ex).actions_performed, 4u);
  const seam::SubAuthenticateReply key = ask("key", ex);
  ASSERT_TRUE(key.session_key.has_value());
  EXPECT_TRUE(base::equal(key.session_key->reveal(), base::Bytes(16, 0x5a)));
  EXPECT_EQ(key.user_flags, 0x02000000u);
  EXPECT_FALSE(key.authoritative);
  const seam::SubAuthenticateReply server = ask("server", ex);
  EXPECT_EQ(server.logon_server, u"SUBAUTH");
  EXPECT_EQ(server.logon_domain_name, u"SUBAUTH");
  EXPECT_EQ(server.logoff_time, 1000);
  EXPECT_EQ(server.kickoff_time, 2000);
  EXPECT_EQ(ask("other", ex).user_id, 1002u);
  const seam::SubAuthenticateReply plain = ask("pin 4711", ex);
  EXPECT_FALSE(plain.session_key || plain.kickoff_time || plain.logon_server || plain.user_id);
  EXPECT_EQ(ask("actions 100", ex).status, STATUS_INTERNAL_ERROR) << "there is no such action";
  EXPECT_EQ(ask("which 80", ex).status, STATUS_INTERNAL_ERROR) << "there is no such field";
}

TEST_F(SubAuthenticationDoorTest, TheFormThatIsMissingIsNotFound) {
  load("sub_authentication_ex_package");
  EXPECT_EQ(ask("pin 4711").status, STATUS_SUCCESS) << "the Ex form stands in for the plain one";
  EXPECT_EQ(ask("pin 4711").actions_performed, ULONG{MSV1_0_SUBAUTH_PASSWORD});
  EXPECT_EQ(ask("pin 4711", SubAuthenticationEntry::filter).status, STATUS_PROCEDURE_NOT_FOUND);
  EXPECT_EQ(runtime->sub_authenticate_generic({secret("reverse abc")}).status, STATUS_PROCEDURE_NOT_FOUND);
  load("sub_authentication_filter_package");
  EXPECT_EQ(ask("pin 4711").status, STATUS_PROCEDURE_NOT_FOUND);
  EXPECT_EQ(ask("pin 4711", SubAuthenticationEntry::routine_ex).status, STATUS_PROCEDURE_NOT_FOUND);
  EXPECT_EQ(ask("pin 4711", SubAuthenticationEntry::filter).status, STATUS_SUCCESS);
}

TEST_F(SubAuthenticationDoorTest, TheGenericRoutineReturnsABoundedBlockOfItsOwn) {
  load();
  const seam::SubAuthenticateGenericReply reply = runtime->sub_authenticate_generic({secret("reverse abc")});
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_TRUE(base::equal(reply.returned.reveal(), base::as_bytes("cba")));
  EXPECT_TRUE(runtime->sub_authenticate_generic({secret("nothing")}).returned.empty());
  for (const char* lie : {"huge", "beyond", "foreign"}) {
    const seam::SubAuthenticateGenericReply refused = runtime->sub_authenticate_generic({secret(lie)});
    EXPECT_EQ(refused.status, STATUS_INTERNAL_ERROR) << lie;
    EXPECT_TRUE(refused.returned.empty()) << lie;
  }
  EXPECT_EQ(runtime->sub_authenticate_generic({secret("status c0000022")}).status, STATUS_ACCESS_DENIED);
}

// A file of this kind has none of the other kinds' functions.
TEST_F(SubAuthenticationDoorTest, OtherDoorsAreClosed) {
  load();
  EXPECT_EQ(runtime->filter_password({}).status, STATUS_NOT_SUPPORTED);
  EXPECT_EQ(runtime->find(first_id), nullptr);
}

}  // namespace
}  // namespace openlsa::host::test
