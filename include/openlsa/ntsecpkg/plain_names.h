/* No include guard: included around the tables, once with OPENLSA_PLAIN_NAMES_BEGIN and once with _END defined.
 *
 * The Windows headers make functions such as AcquireCredentialsHandle macros for their A or W form, and so rename the
 * table members of the same name in every source that uses them. Here such a member has the plain, the A and the W
 * spelling, so that a source works with UNICODE, without it, and after #undef. */
#if defined(OPENLSA_PLAIN_NAMES_BEGIN)
#undef OPENLSA_PLAIN_NAMES_BEGIN
#pragma push_macro("LogonUser")
#pragma push_macro("LogonUserEx")
#pragma push_macro("AcquireCredentialsHandle")
#pragma push_macro("QueryCredentialsAttributes")
#pragma push_macro("SetCredentialsAttributes")
#pragma push_macro("AddCredentials")
#pragma push_macro("QueryContextAttributes")
#pragma push_macro("SetContextAttributes")
#pragma push_macro("ChangeAccountPassword")
#undef LogonUser
#undef LogonUserEx
#undef AcquireCredentialsHandle
#undef QueryCredentialsAttributes
#undef SetCredentialsAttributes
#undef AddCredentials
#undef QueryContextAttributes
#undef SetContextAttributes
#undef ChangeAccountPassword
/* A member of type `type *` in its three spellings. */
#define OPENLSA_MEMBER(type, name) \
  OPENLSA_EXTENSION union {        \
    type *name;                    \
    type *name##A;                 \
    type *name##W;                 \
  }
#elif defined(OPENLSA_PLAIN_NAMES_END)
#undef OPENLSA_PLAIN_NAMES_END
#undef OPENLSA_MEMBER
#pragma pop_macro("LogonUser")
#pragma pop_macro("LogonUserEx")
#pragma pop_macro("AcquireCredentialsHandle")
#pragma pop_macro("QueryCredentialsAttributes")
#pragma pop_macro("SetCredentialsAttributes")
#pragma pop_macro("AddCredentials")
#pragma pop_macro("QueryContextAttributes")
#pragma pop_macro("SetContextAttributes")
#pragma pop_macro("ChangeAccountPassword")
#endif
