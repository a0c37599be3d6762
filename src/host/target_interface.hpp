// openlsa.h's "target" interface, version 1: SpValidateTargetInfo and SpExtractTargetInfo of another package.
#pragma once

namespace openlsa::host {

// Registers it with libopenlsa for this side of the process. Once is enough; more does nothing.
void register_target_interface();

}  // namespace openlsa::host
