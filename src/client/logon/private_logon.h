/* What the PAM module asks beyond the documented logon functions; for libraries of this build. */
#ifndef OPENLSA_CLIENT_PRIVATE_LOGON_H
#define OPENLSA_CLIENT_PRIVATE_LOGON_H

#include <openlsa/ntdef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* From now on this process uses the machine's authority: OPENLSA_AUTHORITY is not read any more, and a connection that
 * it led to is left. The environment of a logon program may be somebody else's. */
void openlsa_private_use_system_authority(void);

/* Until it is called again, the calls that this thread makes to the authority wait for at most that many milliseconds,
 * all together; what cannot be answered in that time fails as if the authority had gone. Returns what was left of the
 * limit before. */
#define OPENLSA_NO_WAIT_LIMIT 0xffffffffu
uint32_t openlsa_private_limit_waits(uint32_t milliseconds);

#define OPENLSA_LOGON_CLAIM_BYTES 16

/* The token is kept for another process of the logon program, for a minute; it stays the caller's too. Needs TCB. */
NTSTATUS openlsa_private_leave_claim(HANDLE token, uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES]);
/* Once. `uid`: of the account whose session is opened.
 *   STATUS_NOT_FOUND      no such claim, or no more
 *   STATUS_LOGON_FAILURE  another account's; it is gone now */
NTSTATUS openlsa_private_redeem_claim(const uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES], uint32_t uid, HANDLE* token);

/* STATUS_SUCCESS, STATUS_NO_SUCH_USER: the authority has no account with this uid, or what is wrong with the account.
 */
NTSTATUS openlsa_private_check_account(uint32_t uid);

#ifdef __cplusplus
}
#endif

#endif
