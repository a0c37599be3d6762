/* Measures every row of layout_rows.inc under the headers as the including file sees them. layout.cmake makes
   layout_rows.inc from layout.tsv; a structure or field that our headers lack does not compile. */
#define _SEC_WINNT_AUTH_TYPES
#include <openlsa/ntsecapi.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/security.h>
#include <openlsa/subauth.h>
#include <openlsa/winnt.h>

#include "headers/layout_row.h"

#ifdef __cplusplus
#define OPENLSA_ALIGNOF(type) alignof(type)
#else
#define OPENLSA_ALIGNOF(type) _Alignof(type)
#endif

#define LAYOUT_STRUCTURE(text, type, alignment, size) {text, OPENLSA_ALIGNOF(type), sizeof(type), alignment, size},
#define LAYOUT_FIELD(text, type, field, offset, size) \
  {text, offsetof(type, field), sizeof(((type*)0)->field), offset, size},

static const struct layout_row layout_rows[] = {
#include "layout_rows.inc"
};

#define LAYOUT_TABLE {layout_rows, sizeof(layout_rows) / sizeof(layout_rows[0])}
