#include "common/attributes.h"

#include <stdio.h>

#include "common/status.h"
#include "common/text.h"

int query_sizes(PCtxtHandle context, SecPkgContext_Sizes *sizes) {
  const SECURITY_STATUS status = QueryContextAttributes(context, SECPKG_ATTR_SIZES, sizes);
  if (status == SEC_E_OK) return 1;
  report_status("QueryContextAttributes(SECPKG_ATTR_SIZES)", status);
  return 0;
}

/* A package need not answer any of these. */
static void print_refusal(const char *what, SECURITY_STATUS status) {
  printf("%s: not told (%s)\n", what, status_name(status));
}

static void print_package(PCtxtHandle context) {
  SecPkgContext_PackageInfo package;
  const SECURITY_STATUS status = QueryContextAttributes(context, SECPKG_ATTR_PACKAGE_INFO, &package);
  if (status != SEC_E_OK) {
    print_refusal("Package", status);
    return;
  }
  printf("Package: ");
  print_text(stdout, package.PackageInfo->Name);
  printf(", ");
  print_text(stdout, package.PackageInfo->Comment);
  printf("\n");
  FreeContextBuffer(package.PackageInfo);
}

static void print_user(PCtxtHandle context) {
  SecPkgContext_Names names;
  const SECURITY_STATUS status = QueryContextAttributes(context, SECPKG_ATTR_NAMES, &names);
  if (status != SEC_E_OK) {
    print_refusal("User of the context", status);
    return;
  }
  printf("User of the context: ");
  print_text(stdout, names.sUserName);
  printf("\n");
  FreeContextBuffer(names.sUserName);
}

static void print_lifespan(PCtxtHandle context) {
  SecPkgContext_Lifespan span;
  const SECURITY_STATUS status = QueryContextAttributes(context, SECPKG_ATTR_LIFESPAN, &span);
  if (status != SEC_E_OK)
    print_refusal("Lifespan", status);
  else
    printf("Lifespan: 0x%08x%08x to 0x%08x%08x\n", (unsigned)span.tsStart.HighPart, (unsigned)span.tsStart.LowPart,
           (unsigned)span.tsExpiry.HighPart, (unsigned)span.tsExpiry.LowPart);
}

void print_attributes(PCtxtHandle context) {
  print_package(context);
  print_user(context);
  print_lifespan(context);
}
