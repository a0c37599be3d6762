# One target per room, with private links; the include path is the same for all, and scripts/check-layers holds the
# direction of the arrows.

# openlsa_room(name [SHARED] [LINKS ...] [PUBLIC ...]): the library openlsa_<name> from every source below this folder.
function(openlsa_room name)
  cmake_parse_arguments(ROOM "SHARED" "" "LINKS;PUBLIC;EXCLUDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(pattern IN LISTS ROOM_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  if(NOT sources)
    return()
  endif()
  if(ROOM_SHARED)
    add_library(openlsa_${name} SHARED ${sources})
  else()
    add_library(openlsa_${name} STATIC ${sources})
  endif()
  target_include_directories(openlsa_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_compile_definitions(openlsa_${name} PRIVATE OPENLSA_NO_PACKAGE_NOTE)
  target_link_libraries(openlsa_${name} PRIVATE ${ROOM_LINKS} PUBLIC ${ROOM_PUBLIC})
endfunction()

# openlsa_test(name SOURCES ... LINKS ... LABELS ...): a GoogleTest program whose cases are ctest tests.
function(openlsa_test name)
  cmake_parse_arguments(TEST "WHOLE" "TIMEOUT" "SOURCES;LINKS;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE OPENLSA_NO_PACKAGE_NOTE)
  target_link_libraries(${name} PRIVATE ${TEST_LINKS} GTest::gtest_main fmt::fmt Threads::Threads)
  if(NOT TEST_LABELS)
    set(TEST_LABELS unit)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  # One ctest test per program: cases of one program share what they start.
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT} ENVIRONMENT "${TEST_ENVIRONMENT}")
endfunction()

# A folder that has a CMakeLists.txt.
macro(openlsa_subdirectory path)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${path}/CMakeLists.txt)
    add_subdirectory(${path})
  endif()
endmacro()
