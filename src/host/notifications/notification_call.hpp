// One call of a notification function.
#pragma once

#include "host/current_call.hpp"
#include "host/notifications/notification_table.hpp"

namespace openlsa::host {

// Calls the package's function, for no client: GetClientInfo and GetCallInfo know no current call.
void call_notification(Runtime& runtime, const NotificationTable::Due& due, CurrentCall::Kind kind);

}  // namespace openlsa::host
