// MsV1_0SubAuth and MsV1_0GenericPassthrough: messages for other packages.
#include <openlsa/ntstatus.h>

#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/side_doors.hpp"
#include "msv1_0/submit.hpp"
#include "support/composition.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

class PassThrough : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new AddedFile[2]{{"generic", "sub_authentication_package", {"kind=sub-authentication", "number=8"}},
                              {"probe", "probe_package", {}}};
  }
  static void TearDownTestSuite() { delete[] std::exchange(files_, nullptr); }

  static MessageAnswer sub_auth(std::string_view message, ULONG number = 8, bool trusted = true) {
    std::string bytes(sizeof(MSV1_0_SUBAUTH_REQUEST), '\0');
    bytes += message;
    MSV1_0_SUBAUTH_REQUEST request{MsV1_0SubAuth, number, static_cast<ULONG>(message.size()),
                                   reinterpret_cast<PUCHAR>(bytes.data()) + sizeof(MSV1_0_SUBAUTH_REQUEST)};
    std::memcpy(bytes.data(), &request, sizeof request);
    return send_message(bytes.data(), static_cast<ULONG>(bytes.size()), trusted);
  }
  static MessageAnswer pass(std::u16string_view domain, std::u16string_view package, const std::string& data,
                            bool trusted = true) {
    Submit<MSV1_0_PASSTHROUGH_REQUEST> submit;
    submit->MessageType = MsV1_0GenericPassthrough;
    submit.text(&MSV1_0_PASSTHROUGH_REQUEST::DomainName, domain);
    submit.text(&MSV1_0_PASSTHROUGH_REQUEST::PackageName, package);
    submit->DataLength = static_cast<ULONG>(data.size());
    submit->LogonData = static_cast<PUCHAR>(submit.append(data.data(), data.size()));
    return send_message(submit.data(), submit.size(), trusted);
  }
  static std::string validation(const MessageAnswer& answer) {
    MSV1_0_PASSTHROUGH_RESPONSE response{};
    if (answer.bytes.size() < sizeof response) return "(short)";
    std::memcpy(&response, answer.bytes.data(), sizeof response);
    return answer.bytes.substr(sizeof response, response.DataLength);
  }

 private:
  static inline AddedFile* files_ = nullptr;
};

TEST_F(PassThrough, SubAuthReachesThePackageWithTheNumber) {
  const MessageAnswer answer = sub_auth("reverse abc");
  ASSERT_STATUS(STATUS_SUCCESS, answer.protocol_status);
  MSV1_0_SUBAUTH_RESPONSE response{};
  ASSERT_EQ(sizeof response + 3, answer.bytes.size());
  std::memcpy(&response, answer.bytes.data(), sizeof response);
  EXPECT_EQ(MsV1_0SubAuth, response.MessageType);
  EXPECT_EQ(3u, response.SubAuthInfoLength);
  EXPECT_EQ("cba", answer.bytes.substr(sizeof response));
  EXPECT_STATUS(STATUS_SUCCESS, sub_auth("nothing").protocol_status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, sub_auth("status c0000022").protocol_status) << "the package's own";
}

TEST_F(PassThrough, SubAuthIsForLogonProcessesAndNumbersThatAreThere) {
  EXPECT_STATUS(STATUS_ACCESS_DENIED, sub_auth("reverse abc", 8, false).protocol_status);
  EXPECT_STATUS(STATUS_DLL_NOT_FOUND, sub_auth("reverse abc", 9).protocol_status);
  for (const ULONG number : {0u, 256u})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, sub_auth("reverse abc", number).protocol_status) << number;
  MSV1_0_SUBAUTH_REQUEST lies{MsV1_0SubAuth, 8, 4096, nullptr};
  for (ULONG size = 4; size <= sizeof lies; ++size)
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, send_message(&lies, size).protocol_status) << size;
}

TEST_F(PassThrough, SubAuthIsRefusedWhatIsNoAnswer) {
  for (const char* lie : {"huge", "beyond", "foreign"})
    EXPECT_STATUS(STATUS_INTERNAL_ERROR, sub_auth(lie).protocol_status) << lie;
}

TEST_F(PassThrough, OfThisMachineReachesAnotherPackage) {
  for (const std::u16string_view domain : {u"TESTBOX", u"testbox", u".", u""}) {
    const MessageAnswer answer = pass(domain, u"Probe", "echo hello");
    ASSERT_STATUS(STATUS_SUCCESS, answer.protocol_status);
    EXPECT_NE(std::string::npos, validation(answer).find("hello")) << validation(answer);
  }
}

TEST_F(PassThrough, KnowsNoOtherDomainAndNoOtherPackage) {
  EXPECT_STATUS(STATUS_NO_SUCH_DOMAIN, pass(u"ELSEWHERE", u"Probe", "echo hello").protocol_status);
  EXPECT_STATUS(STATUS_NO_SUCH_PACKAGE, pass(u"", u"Nobody", "echo hello").protocol_status);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, pass(u"", u"Probe", "echo hello", false).protocol_status);
}

// "MsV1_0GenericPassthrough for subauthentication on the domain controller": buffers are offsets then.
TEST_F(PassThrough, BringsSubAuthToThisPackageItself) {
  std::string data(sizeof(MSV1_0_SUBAUTH_REQUEST), '\0');
  data += "reverse abc";
  MSV1_0_SUBAUTH_REQUEST request{MsV1_0SubAuth, 8, 11, reinterpret_cast<PUCHAR>(sizeof(MSV1_0_SUBAUTH_REQUEST))};
  std::memcpy(data.data(), &request, sizeof request);
  for (const std::u16string_view package : {u"NTLM", u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0"}) {
    const MessageAnswer answer = pass(u"TESTBOX", package, data);
    ASSERT_STATUS(STATUS_SUCCESS, answer.protocol_status);
    const std::string bytes = validation(answer);
    MSV1_0_SUBAUTH_RESPONSE response{};
    ASSERT_EQ(sizeof response + 3, bytes.size());
    std::memcpy(&response, bytes.data(), sizeof response);
    EXPECT_EQ(sizeof response, reinterpret_cast<std::uintptr_t>(response.SubAuthReturnBuffer));
    EXPECT_EQ("cba", bytes.substr(sizeof response));
  }
  EXPECT_STATUS(STATUS_NOT_SUPPORTED, pass(u"", u"NTLM", std::string("\2\0\0\0", 4)).protocol_status);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, pass(u"", u"NTLM", "x").protocol_status);
}

}  // namespace
}  // namespace openlsa::test
