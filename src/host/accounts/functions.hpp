// The functions of OPENLSA_ACCOUNTS_INTERFACE, and how they take what a package passes. Its pointers may lead anywhere:
// a wild one ends the host like any other of its bugs.
#pragma once

#include <openlsa/openlsa.h>

#include <optional>

#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"

namespace openlsa::host::accounts {

NTSTATUS log_on(const OPENLSA_LOGON_ATTEMPT* Attempt, OPENLSA_LOGON* Logon);
NTSTATUS compute_ntlm_v2(PLUID LogonId, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, const UCHAR* Challenge,
                         const UCHAR* Blob, ULONG BlobSize, UCHAR* Proof, UCHAR* SessionBaseKey);
NTSTATUS change_password(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                         PCUNICODE_STRING NewPassword);
NTSTATUS get_ntlm_policy(OPENLSA_NTLM_POLICY* Policy);
NTSTATUS call_sub_authentication(ULONG SubAuthPackageId, PVOID SubmitBuffer, ULONG SubmitBufferSize,
                                 PVOID* ReturnBuffer, PULONG ReturnBufferSize);
NTSTATUS audit_ntlm(ULONG Use, NTSTATUS Status, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName,
                    PCUNICODE_STRING Target);

// The text; an empty one for NULL; nothing for what is no counted string.
std::optional<seam::Text> required_text(PCUNICODE_STRING string);
// Nothing for a NULL pointer with a size, and for more than the length field of a message can say.
std::optional<base::Bytes> response_of(const UCHAR* bytes, ULONG size);
// Fills all of `out`: a shorter key ends with zeros.
void copy_key(const base::Secret& key, UCHAR* out, std::size_t size);

}  // namespace openlsa::host::accounts
