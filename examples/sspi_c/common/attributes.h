/* QueryContextAttributes of a finished context. */
#ifndef SSPI_C_ATTRIBUTES_H
#define SSPI_C_ATTRIBUTES_H

#include "common/sspi.h"

/* The sizes, without which no message can be protected: 0, and reported, when the package has none. */
int query_sizes(PCtxtHandle context, SecPkgContext_Sizes *sizes);

/* Prints which package the context is of, its user and its lifespan, as far as the package answers. */
void print_attributes(PCtxtHandle context);

#endif
