#include "headers/layout_rows.h"

const struct layout_table layout_in_c = LAYOUT_TABLE;
