/* The forms in C11. With _WIN32, against the headers of mingw-w64, only the plain ones of the older slots; it is then
   compiled only. */
#ifdef _WIN32
#include "plain_tables.h"

SECPKG_FUNCTION_TABLE *tables[] = {&positional, &several[0], &designated};
SECPKG_USER_FUNCTION_TABLE *user_tables[] = {&user_positional, &user_designated};
#else
#include "checks.h"

/* C sorts by itself, and may name elements. */
static SECPKG_FUNCTION_TABLE unordered[2] = {
    [1] = {.SetContextAttributes = SetAttributes, .Shutdown = Shutdown, .AcquireCredentialsHandle = AcquireCredentials},
};

int main(void) {
  EXPECT_SLOT(unordered[1], 9, Shutdown);
  EXPECT_SLOT(unordered[1], 12, AcquireCredentials);
  EXPECT_SLOT(unordered[1], 27, SetAttributes);
  const SECPKG_FUNCTION_TABLE local = {.LogonUserEx = LogonUserExPlain, .ChangeAccountPassword = NULL};
  EXPECT_SLOT(local, 6, LogonUserExPlain);
  return check_forms();
}
#endif
