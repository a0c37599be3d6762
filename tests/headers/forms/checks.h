/* What the tables hold, slot by slot. */
#pragma once

#include "plain_tables.h"
#include "spelled_tables.h"

#include <stdio.h>
#include <string.h>

static int failures;

static uintptr_t slot_of(const void *table, size_t slot) {
  uintptr_t value;
  memcpy(&value, (const char *)table + slot * sizeof value, sizeof value);
  return value;
}

static void expect(const char *what, size_t slot, uintptr_t found, uintptr_t wanted) {
  if (found == wanted) return;
  printf("%s: slot %zu holds %#zx instead of %#zx\n", what, slot, (size_t)found, (size_t)wanted);
  ++failures;
}

#define EXPECT_SLOT(table, slot, function) expect(#table, slot, slot_of(&table, slot), (uintptr_t)(function))

/* Both tables have the same functions in the slots that windows.h renames. */
#define EXPECT_RENAMED(table)                  \
  do {                                         \
    EXPECT_SLOT(table, 6, LogonUserExPlain);   \
    EXPECT_SLOT(table, 12, AcquireCredentials); \
    EXPECT_SLOT(table, 13, QueryAttributes);   \
    EXPECT_SLOT(table, 24, QueryAttributes);   \
    EXPECT_SLOT(table, 27, SetAttributes);     \
    EXPECT_SLOT(table, 28, SetAttributes);     \
  } while (0)

static int check_forms(void) {
  EXPECT_RENAMED(positional);
  EXPECT_RENAMED(several[0]);
  EXPECT_RENAMED(designated);
  EXPECT_RENAMED(spelled_a);
  EXPECT_RENAMED(spelled_w);
  EXPECT_SLOT(several[1], 10, GetInfo);
  EXPECT_SLOT(several[1], 11, 0);
  EXPECT_SLOT(positional, 29, 0);
  EXPECT_SLOT(designated, 10, GetInfo);
  EXPECT_SLOT(designated, 11, 0);
  EXPECT_SLOT(user_positional, 7, QueryAttributes);
  EXPECT_SLOT(user_designated, 7, QueryAttributes);
  EXPECT_SLOT(user_designated, 9, DeleteContext);
  EXPECT_SLOT(user_spelled_a, 7, QueryAttributes);
  EXPECT_SLOT(user_spelled_w, 7, QueryAttributes);
  for (size_t slot = 0; slot < sizeof(SECPKG_FUNCTION_TABLE) / sizeof(void *); ++slot)
    EXPECT_SLOT(numbered, slot, slot + 1);
  for (size_t slot = 0; slot < sizeof(SECPKG_USER_FUNCTION_TABLE) / sizeof(void *); ++slot)
    EXPECT_SLOT(user_numbered, slot, slot + 1);
  return failures == 0 ? 0 : 1;
}
