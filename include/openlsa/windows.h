/* The part of windows.h that security packages use. Functions are in libopenlsa.so.1, under prefixed symbols
   (OPENLSA_SYMBOL in windef.h). */
#ifndef OPENLSA_WINDOWS_H
#define OPENLSA_WINDOWS_H

#include "windef.h"
#include "winerror.h"
#include "winnt.h"
#include "windows/memory.h"
#include "windows/critical_section.h"
#include "windows/objects.h"
#include "windows/sids.h"
#include "windows/strings.h"
#include "windows/tokens.h"

#endif
