// What libsecur32 offers to this half. The file itself does not link libsecur32: the half in LSA mode is the same file,
// and the authority's host has no use for the client library.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <string_view>

namespace msv1_0 {

void set_runtime(const SECPKG_DLL_FUNCTIONS* functions);

// Memory for the application, which frees it with FreeContextBuffer; null when there is none. release_heap takes it
// back.
void* allocate_heap(std::size_t size);
void release_heap(void* memory);
// A terminated copy; null without memory.
SEC_WCHAR* allocate_text(std::u16string_view text);

// The packed context of SpInitUserModeContext, which the package frees with FreeContextBuffer.
void free_packed_context(SecBuffer& packed);

}  // namespace msv1_0
