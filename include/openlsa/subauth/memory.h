/* Memory that a sub-authentication package and MSV1_0 hand to each other. */
#ifndef OPENLSA_SUBAUTH_MEMORY_H
#define OPENLSA_SUBAUTH_MEMORY_H

#include <stddef.h>

#include "../ntdef.h"

#define midl_user_allocate MIDL_user_allocate
#define midl_user_free MIDL_user_free

EXTERN_C_START

/* Zeroed; NULL when there is none. A routine that changes the size of UserAll->Parameters frees its buffer and allocates
   another; what Msv1_0SubAuthenticationRoutineGeneric returns is allocated so, too. Who gets it frees it. */
PVOID MIDL_user_allocate(size_t size_bytes) OPENLSA_SYMBOL(MIDL_user_allocate);
/* Wiped before it goes. NULL is nothing. */
void MIDL_user_free(PVOID memory) OPENLSA_SYMBOL(MIDL_user_free);

EXTERN_C_END

#endif
