/* Makes `SECPKG_FUNCTION_TABLE table = {LsaApInitializePackage, NULL, ...};` and tables that name only some members
 * compile without warnings, as they do with the Windows headers.
 *
 * The members with several spellings are unions, and a list without inner braces for them is valid C and C++; but
 * -Wall (C, clang) asks for the braces, which the Windows form must not have. Slots that a package leaves out are NULL,
 * and that means not implemented; -Wextra asks for them all. Compilers offer no way to exempt a type, so both
 * warnings are off in the source files of a package, from here on. OPENLSA_KEEP_INITIALIZER_WARNINGS keeps them. */
#ifndef OPENLSA_NTSECPKG_INITIALIZERS_H
#define OPENLSA_NTSECPKG_INITIALIZERS_H

#if defined(__GNUC__) && !defined(OPENLSA_KEEP_INITIALIZER_WARNINGS)
#pragma GCC diagnostic ignored "-Wmissing-braces"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif

#endif
