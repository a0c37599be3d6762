// GetTokenInformation: asks the authority what the token says, and lays it out as documented.
#include <openlsa/windows.h>

#include "win32/c_edge.hpp"
#include "win32/handles.hpp"
#include "win32/token_layout.hpp"

using namespace openlsa::win32;
namespace nt = openlsa::nt;

BOOL GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS information_class, LPVOID information,
                         DWORD length_bytes, PDWORD return_length_bytes) {
  if (return_length_bytes == nullptr || (information == nullptr && length_bytes != 0))
    return fail(ERROR_INVALID_PARAMETER);
  return at_edge([&] {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return fail_with_status(named.status);
    nt::TokenData data;
    const nt::Status status = current_backend()->query(named.token, data);
    if (!nt::succeeded(status)) return fail_with_status(status);
    InformationBlock block;
    if (lay_out(data, information_class, block) != LayoutResult::laid_out) return fail(ERROR_INVALID_PARAMETER);
    *return_length_bytes = static_cast<DWORD>(block.size());
    if (length_bytes < block.size())
      return fail(has_fixed_size(information_class) ? ERROR_BAD_LENGTH : ERROR_INSUFFICIENT_BUFFER);
    block.copy_to(information);
    return TRUE;
  });
}
