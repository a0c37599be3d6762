// The unsuffixed names mean the wide forms under UNICODE: they rename members of tables as well.
#define UNICODE
#include "headers/layout_rows.h"

const struct layout_table layout_in_cpp_unicode = LAYOUT_TABLE;
