#include "server/schemes.h"

#include <stdlib.h>
#include <string.h>

#include "common/field_text.h"
#include "common/package.h"
#include "common/report.h"
#include "common/text.h"

static int offer(struct scheme *scheme) {
  TCHAR *package = text_from_locale(scheme->name);
  if (package == NULL) return 0;
  scheme->longest_token = longest_token(package);
  scheme->offered = scheme->longest_token != 0 &&
                    acquire_credentials(package, SECPKG_CRED_INBOUND, NULL, &scheme->credentials);
  free(package);
  return scheme->offered;
}

int schemes_begin(struct schemes *schemes, const char *only) {
  static const char *const names[SCHEMES] = {"Negotiate", "NTLM"};
  int i, known = 0;
  memset(schemes, 0, sizeof *schemes);
  for (i = 0; i < SCHEMES; ++i) {
    schemes->each[i].name = names[i];
    if (only != NULL && !same_text(only, names[i])) continue;
    known = 1;
    if (!offer(&schemes->each[i])) return 0;
  }
  if (!known) report("\"%s\" is no scheme of this server; it has Negotiate and NTLM.", only);
  return known;
}

void schemes_end(struct schemes *schemes) {
  int i;
  for (i = 0; i < SCHEMES; ++i)
    if (schemes->each[i].offered) FreeCredentialsHandle(&schemes->each[i].credentials);
}
