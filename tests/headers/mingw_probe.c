/* The numbers of constants.tsv as the headers give them: ours here, those of mingw-w64 when its compiler builds this.
   Its object file is not run: the section with the table is copied out and read by mingw_compare. */
#define SECURITY_WIN32
#ifdef __MINGW32__
/* windows.h has a few of ntstatus.h's names of its own; this lets ntstatus.h define all of them. */
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <subauth.h>
#include <security.h>
#include <ntsecapi.h>
#include <ntsecpkg.h>
#define PROBE_SECTION __attribute__((section(".probe"), used))
#else
#include <openlsa/windows.h>
#include <openlsa/ntstatus.h>
#include <openlsa/subauth.h>
#include <openlsa/security.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/ntsecpkg.h>
#define PROBE_SECTION
#endif

#include "mingw_probe.h"

#define PROBE(name) {#name, (long long)(name)},

const struct probe openlsa_probes[] PROBE_SECTION = {
#include "mingw_probe.inc"
};
const unsigned long long openlsa_probe_count = sizeof openlsa_probes / sizeof openlsa_probes[0];
