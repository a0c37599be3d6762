/* What a test package saw: the test reads it from the loaded file. */
#ifndef OPENLSA_TEST_OBSERVED_H
#define OPENLSA_TEST_OBSERVED_H

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

typedef struct _OBSERVED {
  ULONG Initialized; /* successful SpInitialize or LsaApInitializePackage calls */
  ULONG Shutdowns;
  ULONG_PTR LastPackageId;
  BOOLEAN FullTable; /* the dispatch table was the head of the whole support table */
  ULONG FreedCredentials;
  ULONG DeletedContexts;
  ULONG_PTR LastDeletedContext;
  ULONG LastFreeAttributes; /* GetCallInfo in the last freeing call */
  ULONG Terminated;         /* LogonTerminated calls */
  ULONG AcceptedCredentials;
  BOOLEAN SawPassword;
  BOOLEAN SawSupplemental;
  ULONG LastKind;  /* of CallPackage: 0 trusted, 1 untrusted, 2 pass-through */
  char Note[1024]; /* what the last call was given, in words */
  ULONG Notified;
  ULONG InitializedWhenNotified;
  ULONG NotifiedOfDropped;
} OBSERVED;

#endif
