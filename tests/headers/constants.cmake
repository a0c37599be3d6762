# constants.tsv against our headers, and our headers against those of mingw-w64 (an independent source of the numbers).
set(constants_tsv ${CMAKE_CURRENT_LIST_DIR}/constants.tsv)
set(mingw_exceptions ${CMAKE_CURRENT_LIST_DIR}/mingw_exceptions.txt)

openlsa_test(headers_constants_tests SOURCES ${CMAKE_CURRENT_LIST_DIR}/constants_test.cpp LABELS unit)
target_compile_definitions(headers_constants_tests PRIVATE OPENLSA_CONSTANTS_TSV="${constants_tsv}")

find_program(OPENLSA_MINGW_CC x86_64-w64-mingw32-gcc)
find_program(OPENLSA_MINGW_OBJCOPY x86_64-w64-mingw32-objcopy)
if(NOT OPENLSA_MINGW_CC OR NOT OPENLSA_MINGW_OBJCOPY)
  add_test(NAME headers_mingw_constants
    COMMAND sh -c "echo 'not run: x86_64-w64-mingw32-gcc is not installed (Debian: gcc-mingw-w64-x86-64)'; exit 77")
  set_tests_properties(headers_mingw_constants PROPERTIES LABELS unit SKIP_RETURN_CODE 77)
  return()
endif()

# mingw_probe.inc: a macro only where the headers have it; an enumerator always (the preprocessor does not see it), but
# for those that mingw_exceptions.txt lists as absent.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${constants_tsv} ${mingw_exceptions})
file(STRINGS ${mingw_exceptions} absent REGEX "^[A-Za-z0-9_]+\tabsent\t")
list(TRANSFORM absent REPLACE "\t.*" "")
set(text "")
file(STRINGS ${constants_tsv} lines REGEX "\t(macro|enumerator)$")
foreach(line IN LISTS lines)
  string(REGEX MATCH "^([A-Za-z0-9_]+)\t.*\t([a-z]+)$" whole "${line}")
  if(CMAKE_MATCH_2 STREQUAL "macro")
    string(APPEND text "#ifdef ${CMAKE_MATCH_1}\nPROBE(${CMAKE_MATCH_1})\n#endif\n")
  elseif(CMAKE_MATCH_1 IN_LIST absent)
    string(APPEND text "#ifndef __MINGW32__\nPROBE(${CMAKE_MATCH_1})\n#endif\n")
  else()
    string(APPEND text "PROBE(${CMAKE_MATCH_1})\n")
  endif()
endforeach()
set(mingw_directory ${CMAKE_CURRENT_BINARY_DIR}/mingw)
file(CONFIGURE OUTPUT ${mingw_directory}/mingw_probe.inc CONTENT "${text}" @ONLY)

set(mingw_sources ${CMAKE_CURRENT_LIST_DIR}/mingw_probe.c ${CMAKE_CURRENT_LIST_DIR}/mingw_probe.h
    ${mingw_directory}/mingw_probe.inc)
add_custom_command(OUTPUT ${mingw_directory}/mingw_table.bin
  COMMAND ${OPENLSA_MINGW_CC} -std=c11 -I${mingw_directory} -c ${CMAKE_CURRENT_LIST_DIR}/mingw_probe.c -o mingw_probe.obj
  COMMAND ${OPENLSA_MINGW_OBJCOPY} -O binary --only-section=.probe mingw_probe.obj mingw_table.bin
  WORKING_DIRECTORY ${mingw_directory} DEPENDS ${mingw_sources} VERBATIM)

add_executable(mingw_compare ${CMAKE_CURRENT_LIST_DIR}/mingw_compare.cpp ${CMAKE_CURRENT_LIST_DIR}/mingw_probe.c
  ${mingw_directory}/mingw_table.bin)
target_include_directories(mingw_compare PRIVATE ${mingw_directory} ${PROJECT_SOURCE_DIR}/include)
target_compile_definitions(mingw_compare PRIVATE OPENLSA_NO_PACKAGE_NOTE)
add_test(NAME headers_mingw_constants COMMAND mingw_compare ${mingw_directory}/mingw_table.bin ${mingw_exceptions})
set_tests_properties(headers_mingw_constants PROPERTIES LABELS unit)
