/* One structure or field as a compiler lays it out, beside what Windows x64 has. */
#ifndef OPENLSA_TESTS_HEADERS_LAYOUT_ROW_H
#define OPENLSA_TESTS_HEADERS_LAYOUT_ROW_H

#include <stddef.h>

struct layout_row {
  const char* name;            /* "STRUCTURE." is the structure itself: its position is its alignment */
  size_t position, size;       /* here */
  size_t windows_position, windows_size;
};

struct layout_table {
  const struct layout_row* rows;
  size_t count;
};

#ifdef __cplusplus
extern "C" {
#endif
extern const struct layout_table layout_in_c, layout_in_cpp, layout_in_cpp_unicode;
#ifdef __cplusplus
}
#endif

#endif
