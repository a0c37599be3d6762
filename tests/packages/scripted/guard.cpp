// Remote Credential Guard and TBAL (no public prose; the signatures are all there is): buffers for a redirected logon,
// its handle, and the callbacks of the package that answer for it.
#include "entry.hpp"
#include "objects.hpp"

namespace scripted {
namespace {

// The reply of a redirected logon is what it was asked, after the name of the package.
NTSTATUS NTAPI redirected_call(HANDLE, PVOID buffer, ULONG size, PVOID* returned, PULONG returned_size) {
  const std::string text = "Scripted:" + bytes_text(buffer, size);
  return lsa_entry(0, "RedirectedLogonCallback", Words().number("size", size), [&](const Rule& rule) -> NTSTATUS {
    const Given given = give(rule, "ReturnBuffer", "lsa", text);
    *returned = given.block;
    *returned_size = given.size;
    return STATUS_SUCCESS;
  });
}

VOID NTAPI redirected_cleanup(HANDLE handle) {
  lsa_entry(0, "RedirectedLogonCleanup", Words().number("handle", handle != nullptr),
            [](const Rule&) -> NTSTATUS { return STATUS_SUCCESS; });
}

void give_redirection(PHANDLE handle, PLSA_REDIRECTED_LOGON_CALLBACK* callback,
                      PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK* cleanup) {
  *handle = reinterpret_cast<HANDLE>(ULONG_PTR{0x7ed});
  *callback = redirected_call;
  *cleanup = redirected_cleanup;
}

template <unsigned package>
struct GuardSlots {
  static NTSTATUS NTAPI logon_buffer(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PUNICODE_STRING target,
                                     PHANDLE handle, PLSA_REDIRECTED_LOGON_CALLBACK* callback,
                                     PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK* cleanup, PULONG size, PVOID* buffer) {
    Words arguments;
    arguments.number("known", credentials().find(credential) != nullptr).string("target", target);
    arguments.number("context", contexts().find(context) != nullptr);
    return lsa_entry(package, "GetRemoteCredGuardLogonBuffer", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (credentials().find(credential) == nullptr) return SEC_E_INVALID_HANDLE;
      give_redirection(handle, callback, cleanup);
      const Given given = give(rule, "LogonBuffer", "lsa", "redirected logon to " + narrow(target));
      *buffer = given.block;
      *size = given.size;
      return STATUS_SUCCESS;
    });
  }

  static NTSTATUS NTAPI supplemental(LSA_SEC_HANDLE credential, PUNICODE_STRING target, PHANDLE handle,
                                     PLSA_REDIRECTED_LOGON_CALLBACK* callback,
                                     PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK* cleanup, PULONG size, PVOID* buffer) {
    Words arguments;
    arguments.number("known", credentials().find(credential) != nullptr).string("target", target);
    return lsa_entry(package, "GetRemoteCredGuardSupplementalCreds", arguments, [&](const Rule& rule) -> NTSTATUS {
      if (credentials().find(credential) == nullptr) return SEC_E_INVALID_HANDLE;
      give_redirection(handle, callback, cleanup);
      const Given given = give(rule, "SupplementalCreds", "lsa", "redirected credentials for " + narrow(target));
      *buffer = given.block;
      *size = given.size;
      return STATUS_SUCCESS;
    });
  }

  static NTSTATUS NTAPI tbal(LUID luid, PULONG size, PVOID* buffer) {
    return lsa_entry(package, "GetTbalSupplementalCreds", Words().luid("luid", &luid),
                     [&](const Rule& rule) -> NTSTATUS {
                       const Given given = give(rule, "SupplementalCreds", "lsa", "tbal of " + luid_text(luid));
                       *buffer = given.block;
                       *size = given.size;
                       return STATUS_SUCCESS;
                     });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.GetRemoteCredGuardLogonBuffer = logon_buffer;
    table.GetRemoteCredGuardSupplementalCreds = supplemental;
    table.GetTbalSupplementalCreds = tbal;
  }
};

}  // namespace

void add_guard_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<GuardSlots>(table, package); }

}  // namespace scripted
