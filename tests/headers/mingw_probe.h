/* One constant as a compiler sees it, in a form that is the same in an object file of either platform. */
#ifndef OPENLSA_TESTS_HEADERS_MINGW_PROBE_H
#define OPENLSA_TESTS_HEADERS_MINGW_PROBE_H

struct probe {
  char name[88];
  long long value;
};

#endif
