// examples/http_negotiate's client, as alice.
#pragma once

#include "http/programs.hpp"

namespace openlsa::test {

inline Finished http_client(unsigned port, const std::string& scheme, const std::string& password,
                            const Words& options = {}) {
  Words words{OPENLSA_TEST_PROGRAMS "/http-negotiate-client",
              "--port",
              std::to_string(port),
              "--scheme",
              scheme,
              "--user",
              "alice",
              "--domain",
              "TESTBOX"};
  words.insert(words.end(), options.begin(), options.end());
  return run_program(words, password + "\n");
}

}  // namespace openlsa::test
