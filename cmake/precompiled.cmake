# The standard library's headers are most of what a file of ours compiles: read once per build, a file takes half the
# time. Only they are precompiled; a header of ours is included where it is used.
option(OPENLSA_PRECOMPILE "Precompile the standard headers" ON)

set(openlsa_standard_headers
  <algorithm> <array> <atomic> <cerrno> <charconv> <chrono> <condition_variable> <cstddef> <cstdint> <cstdio>
  <cstdlib> <cstring> <deque> <expected> <functional> <map> <memory> <mutex> <new> <optional> <set> <span> <string>
  <string_view> <thread> <type_traits> <utility> <variant> <vector>)

# openlsa_precompile(target kind [header ...]): the first target compiles the headers, the others of its kind take them
# from there. Shared libraries differ from the others in -fvisibility, programs in -fPIE, which a precompiled header must
# share with its users.
function(openlsa_precompile target kind)
  # Clang wants every -D to be the same too, GCC only those that the headers see.
  if(NOT OPENLSA_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  get_property(first GLOBAL PROPERTY openlsa_precompiled_${kind})
  if(first)
    target_precompile_headers(${target} REUSE_FROM ${first})
  else()
    target_precompile_headers(${target} PRIVATE ${openlsa_standard_headers} ${ARGN})
    set_property(GLOBAL PROPERTY openlsa_precompiled_${kind} ${target})
  endif()
endfunction()
