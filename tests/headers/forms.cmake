# Package tables in every form that a source may write them in: they compile without a warning and hold each function in
# its slot. Warnings are what a package's build would have, so the project's own exceptions do not count here.
function(openlsa_forms_program name source)
  add_executable(${name} ${CMAKE_CURRENT_LIST_DIR}/forms/${source})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/include)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wmissing-field-initializers -Werror)
  target_compile_definitions(${name} PRIVATE ${ARGN})
  set_target_properties(${name} PROPERTIES C_STANDARD 11 CXX_STANDARD 20 C_EXTENSIONS OFF CXX_EXTENSIONS OFF)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS unit)
endfunction()

openlsa_forms_program(headers_forms_c11 c11.c)
openlsa_forms_program(headers_forms_c11_unicode c11.c UNICODE)
openlsa_forms_program(headers_forms_cpp20 cpp20.cpp)
openlsa_forms_program(headers_forms_cpp20_unicode cpp20.cpp UNICODE)

# The ELF note of ntsecpkg/note.h: version 1, tables of 344 and 120 bytes.
if(CMAKE_READELF AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|aarch64")
  add_test(NAME headers_forms_note COMMAND ${CMAKE_READELF} -nW $<TARGET_FILE:headers_forms_c11>)
  set_tests_properties(headers_forms_note PROPERTIES LABELS unit
    PASS_REGULAR_EXPRESSION "OpenLSA[ \t]+0x0000000c[^\n]*\n?[^\n]*01 00 00 00 58 01 00 00 78 00 00 00")
endif()

# The same source with the headers of mingw-w64.
find_program(OPENLSA_MINGW_GCC x86_64-w64-mingw32-gcc)
if(OPENLSA_MINGW_GCC)
  add_test(NAME headers_forms_mingw
    COMMAND ${OPENLSA_MINGW_GCC} -std=c11 -DUNICODE -D_UNICODE -Wall -Wextra -Werror -fsyntax-only
            ${CMAKE_CURRENT_LIST_DIR}/forms/c11.c)
  set_tests_properties(headers_forms_mingw PROPERTIES LABELS unit)
endif()

# Sources as they are written for Windows, and the headers in other orders: with the compiler of this build, and with
# clang-19 where it is; a compiler that is missing makes the test say so. They are true to Windows as far as mingw-w64 is.
add_test(NAME headers_windows_sources COMMAND ${CMAKE_CURRENT_LIST_DIR}/compile-windows-sources
  ${PROJECT_SOURCE_DIR}/include ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER})
add_test(NAME headers_windows_sources_clang COMMAND ${CMAKE_CURRENT_LIST_DIR}/compile-windows-sources
  ${PROJECT_SOURCE_DIR}/include clang-19 clang++-19)
set_tests_properties(headers_windows_sources headers_windows_sources_clang PROPERTIES
  LABELS unit TIMEOUT 600 SKIP_RETURN_CODE 77)
if(OPENLSA_MINGW_GCC)
  set(windows ${CMAKE_CURRENT_LIST_DIR}/windows)
  add_test(NAME headers_windows_sources_mingw
    COMMAND ${OPENLSA_MINGW_GCC} -std=c11 -Wall -Wextra -Werror -fsyntax-only ${windows}/client_calls.c
            ${windows}/interface_tables.c ${windows}/function_types.c ${windows}/wide_literals.c)
  add_test(NAME headers_windows_sources_mingw_unicode
    COMMAND ${OPENLSA_MINGW_GCC} -std=c11 -DUNICODE -D_UNICODE -Wall -Wextra -Werror -fsyntax-only
            ${windows}/client_calls.c ${windows}/interface_tables.c ${windows}/function_types.c)
  set_tests_properties(headers_windows_sources_mingw headers_windows_sources_mingw_unicode PROPERTIES
    LABELS unit TIMEOUT 300)
endif()
