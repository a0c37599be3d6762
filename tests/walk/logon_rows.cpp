// The LSA logon functions.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "walk/areas.hpp"
#include "walk/parameters.hpp"

namespace openlsa::walk {
namespace {

const std::string logon_script = "user=alice";
const std::string call_script = "clear";

const std::initializer_list<std::int32_t> of_connections = {STATUS_INVALID_PARAMETER, STATUS_INVALID_HANDLE,
                                                            STATUS_NAME_TOO_LONG, STATUS_NO_SUCH_PACKAGE};

Parameter connection() { return handle(Kind::connection); }
Parameter returned(const char* name) { return out<void*>(name, freed_by(LsaFreeReturnBuffer)); }

Parameter package() {
  return made([](Call& call) { return Word{call.objects.package()}; })
      .wrong("a package that is none", 0x7777)
      .wrong("the last package", 0xffffffff);
}

Parameter local_groups() {
  return null()
      .wrong("more groups than there can be",
             [](Call& call) {
               return reinterpret_cast<Word>(call.memory.copy(TOKEN_GROUPS{.GroupCount = 0xffffffff, .Groups = {}}));
             })
      .wrong("a group without a SID", [](Call& call) {
        return reinterpret_cast<Word>(call.memory.copy(TOKEN_GROUPS{.GroupCount = 1, .Groups = {}}));
      });
}

Parameter source() {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "walkwalk", sizeof source.SourceName);  // no terminating null
  return input_of(source);
}

Word buffer_to_return(Call&) {
  ULONG count = 0;
  PLUID list = nullptr;
  LsaEnumerateLogonSessions(&count, &list);
  return reinterpret_cast<Word>(list);
}

Parameter session() {
  return made([](Call& call) {
           TOKEN_STATISTICS statistics{};
           DWORD size = 0;
           GetTokenInformation(call.objects.handle(Kind::token), TokenStatistics, &statistics, sizeof statistics,
                               &size);
           return reinterpret_cast<Word>(call.memory.copy(statistics.AuthenticationId));
         })
      .wrong("NULL", 0)
      .wrong("a session that is none",
             [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{0x7777, 0x7777})); });
}

void add_logon() {
  ROW(LsaLogonUser, connection(), counted_a("walk").lenient(), choice(Network, {0, 1, 99, 0xffffffff}), package(),
      input(logon_script).lenient(), size_of(static_cast<ULONG>(logon_script.size())), local_groups(), source(),
      returned("the profile"), out<ULONG>("the profile's size"), out<LUID>("the session"),
      out<HANDLE>("the token", freed_by(CloseHandle)), out<QUOTA_LIMITS>("the quotas"),
      out<NTSTATUS>("the sub-status", {}, OnFailure::written))
      .fails(of_connections)
      .fails({STATUS_INVALID_LOGON_TYPE, STATUS_LOGON_FAILURE, STATUS_LOGON_TYPE_NOT_GRANTED, STATUS_NO_SUCH_USER,
              STATUS_INVALID_SID, STATUS_LOGON_NOT_GRANTED, STATUS_NONE_MAPPED});
}

}  // namespace

void add_logon_rows() {
  ROW(LsaRegisterLogonProcess, counted_a("walk").lenient(),
      out<HANDLE>("the connection", freed_by(LsaDeregisterLogonProcess)),
      out<LSA_OPERATIONAL_MODE>("the mode").optional())
      .fails(of_connections);
  ROW(LsaConnectUntrusted, out<HANDLE>("the connection", freed_by(LsaDeregisterLogonProcess))).fails(of_connections);
  ROW(LsaDeregisterLogonProcess, connection()).fails(of_connections).consuming();
  ROW(LsaLookupAuthenticationPackage, connection(), counted_a("Scripted"), out<ULONG>("the package"))
      .fails(of_connections);
  add_logon();
  ROW(LsaCallAuthenticationPackage, connection(), package(), input(call_script).lenient(),
      size_of(static_cast<ULONG>(call_script.size())), returned("the answer").optional(),
      out<ULONG>("the answer's size").optional(), out<NTSTATUS>("the package's status").optional())
      .fails(of_connections);
  ROW(LsaFreeReturnBuffer, made(buffer_to_return)
                               .wrong("NULL", 0, Expect::either)
                               .wrong("an address that is none",
                                      [](Call& call) { return reinterpret_cast<Word>(call.memory.copy(LUID{})); }))
      .fails({STATUS_INVALID_PARAMETER});
  ROW(LsaEnumerateLogonSessions, out<ULONG>("the count"), returned("the list")).fails(of_connections);
  ROW(LsaGetLogonSessionData, session(), returned("the data"))
      .fails({STATUS_INVALID_PARAMETER, STATUS_NO_SUCH_LOGON_SESSION, STATUS_ACCESS_DENIED});
  ROW(LsaNtStatusToWinError, value(static_cast<ULONG>(STATUS_ACCESS_DENIED))).as(Answer::nothing);
}

}  // namespace openlsa::walk
