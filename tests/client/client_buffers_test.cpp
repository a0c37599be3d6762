// Each block is freed by the function that its documentation names, and by no other.
#include "client/memory/client_buffers.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>
#include <openlsa/sspi.h>

#include <cstring>
#include <vector>

#include "client/user_mode/dll_functions.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

struct Function {
  FreedBy kind;
  const char* name;
  bool (*frees)(void* block);  // AuditFree and the like say nothing: the count does
};

template <auto function>
bool silently(void* block) {
  const BufferCounts before = buffer_counts();
  function(block);
  return buffer_counts().refused_frees == before.refused_frees;
}

const Function functions[] = {
    {FreedBy::lsa_free_return_buffer, "LsaFreeReturnBuffer",
     [](void* block) {
       const NTSTATUS status = LsaFreeReturnBuffer(block);
       EXPECT_TRUE(status == STATUS_SUCCESS || status == STATUS_INVALID_PARAMETER);
       return status == STATUS_SUCCESS;
     }},
    {FreedBy::free_context_buffer, "FreeContextBuffer",
     [](void* block) {
       const SECURITY_STATUS status = FreeContextBuffer(block);
       EXPECT_TRUE(status == SEC_E_OK || status == SEC_E_INVALID_HANDLE);
       return status == SEC_E_OK;
     }},
    {FreedBy::free_context_buffer, "FreeHeap", silently<[](void* block) { dll_functions()->FreeHeap(block); }>},
    {FreedBy::lsa_free_memory, "LsaFreeMemory",
     [](void* block) {
       const NTSTATUS status = LsaFreeMemory(block);
       EXPECT_TRUE(status == STATUS_SUCCESS || status == STATUS_UNSUCCESSFUL);
       return status == STATUS_SUCCESS;
     }},
    {FreedBy::audit_free, "AuditFree", silently<AuditFree>},
    {FreedBy::sspi_local_free, "SspiLocalFree", silently<SspiLocalFree>},
    {FreedBy::sspi_local_free, "SspiFreeAuthIdentity",
     silently<[](void* block) { SspiFreeAuthIdentity(static_cast<PSEC_WINNT_AUTH_IDENTITY_OPAQUE>(block)); }>},
};

TEST(ClientBuffers, OneFunctionFreesABlock) {
  openlsa::test::expect_wrong_frees("refused_frees");
  for (const Function& made : functions)
    for (const Function& tried : functions) {
      auto* block = static_cast<char*>(allocate_buffer(16, made.kind));
      ASSERT_NE(block, nullptr);
      std::memcpy(block, "whole", 6);
      const bool own = made.kind == tried.kind;
      EXPECT_EQ(tried.frees(block), own) << tried.name << " of a block for " << made.name;
      if (own) continue;
      EXPECT_STREQ(block, "whole") << tried.name;
      EXPECT_TRUE(made.frees(block)) << made.name;
    }
}

TEST(ClientBuffers, NullAndWhatIsNoBlock) {
  openlsa::test::expect_wrong_frees("refused_frees");
  char mine[16] = "untouched";
  for (const Function& function : functions) {
    EXPECT_TRUE(function.frees(nullptr)) << function.name;
    EXPECT_FALSE(function.frees(mine)) << function.name;
    EXPECT_STREQ(mine, "untouched");
  }
}

TEST(ClientBuffers, AreCountedByWhoAskedForThem) {
  const BufferCounts before = buffer_counts();
  void* library = allocate_buffer(8, FreedBy::audit_free);
  void* package = dll_functions()->AllocateHeap(8);
  BufferCounts held = before;
  ++held.blocks[static_cast<std::size_t>(FreedBy::audit_free)].library;
  ++held.blocks[static_cast<std::size_t>(FreedBy::free_context_buffer)].packages;
  EXPECT_EQ(buffer_counts(), held);
  discard_buffer(library);
  free_if_buffer(package, FreedBy::audit_free);
  EXPECT_TRUE(buffer_size(package)) << "of another function";
  free_if_buffer(package, FreedBy::free_context_buffer);
  free_if_buffer(package, FreedBy::free_context_buffer);
  EXPECT_EQ(buffer_counts(), before);
}

}  // namespace
}  // namespace openlsa::client
