/* The ELF note of a package: which table sizes it was built with.
 *
 * SpLsaModeInitialize returns an array of tables, and the interface version does not tell how far apart they are. So
 * every source file that includes ntsecpkg.h puts this note into the shared object:
 *
 *   section ".note.openlsa", owner "OpenLSA", type OPENLSA_NOTE_PACKAGE, descriptor: four-byte words in the byte order
 *   of the machine: OPENLSA_NOTE_VERSION, sizeof(SECPKG_FUNCTION_TABLE), sizeof(SECPKG_USER_FUNCTION_TABLE).
 *
 * Several equal notes in one file count as one. Code that is no package defines OPENLSA_NO_PACKAGE_NOTE. */
#ifndef OPENLSA_NTSECPKG_NOTE_H
#define OPENLSA_NTSECPKG_NOTE_H

#include "package_functions.h"
#include "user_functions.h"

#define OPENLSA_NOTE_SECTION ".note.openlsa"
#define OPENLSA_NOTE_OWNER "OpenLSA"
#define OPENLSA_NOTE_PACKAGE 1
#define OPENLSA_NOTE_VERSION 1

/* The note as it stands in the file. The owner's name fills eight bytes with its zero, so nothing is padded. */
typedef struct _OPENLSA_NOTE {
  uint32_t NameSize; /* 8 */
  uint32_t DescriptorSize;
  uint32_t Type; /* OPENLSA_NOTE_PACKAGE */
  char Name[8];
  uint32_t Version; /* the descriptor begins here */
  uint32_t FunctionTableSize;
  uint32_t UserFunctionTableSize;
} OPENLSA_NOTE;

#if !defined(OPENLSA_NO_PACKAGE_NOTE) && defined(__ELF__)
static const OPENLSA_NOTE openlsa_package_note
    __attribute__((section(OPENLSA_NOTE_SECTION), used, aligned(4))) = {
        8, 12, OPENLSA_NOTE_PACKAGE, OPENLSA_NOTE_OWNER, OPENLSA_NOTE_VERSION,
        (uint32_t)sizeof(SECPKG_FUNCTION_TABLE), (uint32_t)sizeof(SECPKG_USER_FUNCTION_TABLE)};
#endif

#endif
