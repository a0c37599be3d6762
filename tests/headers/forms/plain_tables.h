/* Tables as sources for Windows write them: plain names, and the 29 slots of the older headers. */
#pragma once

#include "functions.h"

/* Positional, every slot of the older headers. */
static SECPKG_FUNCTION_TABLE positional = {
    InitializePackage, NULL, CallPackage, LogonTerminated, CallPackage, CallPackage, LogonUserExPlain, NULL,
    Initialize, Shutdown, GetInfo, NULL, AcquireCredentials, QueryAttributes, DeleteContext, NULL, NULL, NULL, NULL,
    NULL, DeleteContext, NULL, NULL, NULL, QueryAttributes, NULL, NULL, SetAttributes, SetAttributes};

/* Two packages in one file; the second leaves the later slots out, of which mingw-w64's headers make a warning. */
#ifdef _WIN32
#define SHORTER_TABLE
#else
#define SHORTER_TABLE \
  , { NULL, NULL, NULL, LogonTerminated, NULL, NULL, NULL, NULL, Initialize, Shutdown, GetInfo }
#endif
static SECPKG_FUNCTION_TABLE several[] = {
    {InitializePackage, NULL, CallPackage, LogonTerminated, CallPackage, CallPackage, LogonUserExPlain, NULL,
     Initialize, Shutdown, GetInfo, NULL, AcquireCredentials, QueryAttributes, DeleteContext, NULL, NULL, NULL, NULL,
     NULL, DeleteContext, NULL, NULL, NULL, QueryAttributes, NULL, NULL, SetAttributes, SetAttributes} SHORTER_TABLE};

static SECPKG_USER_FUNCTION_TABLE user_positional = {InstanceInit, NULL, NULL,          NULL, NULL, NULL, NULL,
                                                     QueryAttributes, NULL, DeleteContext, NULL, NULL, NULL, NULL};

/* Designated, in the order of the slots as C++20 wants it. Where a header makes the name a macro, it is the A or the W
   member. */
static SECPKG_FUNCTION_TABLE designated = {
    .InitializePackage = InitializePackage,
    .LogonTerminated = LogonTerminated,
    .LogonUserEx = LogonUserExPlain,
    .Initialize = Initialize,
    .Shutdown = Shutdown,
    .GetInfo = GetInfo,
    .AcquireCredentialsHandle = AcquireCredentials,
    .QueryCredentialsAttributes = QueryAttributes,
    .FreeCredentialsHandle = DeleteContext,
    .DeleteContext = DeleteContext,
    .QueryContextAttributes = QueryAttributes,
    .SetContextAttributes = SetAttributes,
    .SetCredentialsAttributes = SetAttributes,
};

static SECPKG_USER_FUNCTION_TABLE user_designated = {
    .InstanceInit = InstanceInit,
    .QueryContextAttributes = QueryAttributes,
    .DeleteUserModeContext = DeleteContext,
};
