// This program stands between libsecur32 and sendmsg(2) and recvmsg(2): it counts the frames of the library, and can
// end the process at any of them.
#pragma once

namespace openlsa::test {

enum class KillPoint { before_sending, after_sending, after_receiving };

// Counts from here on: the frames that were sent, and those that were received.
void count_frames();
int frames_sent();
int frames_received();

// The process ends by SIGKILL at the n-th frame from here on (from 1).
void die_at(KillPoint point, int frame);

}  // namespace openlsa::test
