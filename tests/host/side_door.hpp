// A host with one file that is no security package (tests/packages).
#pragma once

#include "host/support.hpp"

namespace openlsa::host::test {

class SideDoorTest : public ::testing::Test {
 protected:
  seam::LoadReply open(const std::string& file, seam::Door door, bool check_only = false) {
    runtime = std::make_shared<Runtime>(std::make_shared<FakeSupport>());
    seam::LoadRequest request;
    request.path = std::string(SIDE_DOORS) + "/" + file + ".so";
    request.door = door;
    request.check_only = check_only;
    request.first_id = first_id;
    return runtime->load(std::move(request));
  }
  void TearDown() override { runtime.reset(); }

  std::shared_ptr<Runtime> runtime;
};

}  // namespace openlsa::host::test
