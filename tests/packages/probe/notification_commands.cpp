// Notifications: what the package registers, by names that the script gives, and what it then hears, in the log.
#include <memory>

#include "probe.hpp"

namespace probe {
namespace {

struct Registered {
  std::string name;
  HANDLE handle = nullptr;
  std::string run;  // a script that the function runs; what it answers goes to the log
};

std::mutex mutex;
std::map<std::string, std::unique_ptr<Registered>> notifications;  // kept: a function may still run
std::map<std::string, HANDLE> events;

HANDLE event_of(const std::string& name) {
  const std::lock_guard lock(mutex);
  const auto found = events.find(name);
  return found == events.end() ? nullptr : found->second;
}

void heard(const Registered& notification, const std::string& what) {
  log_line("Notified " + notification.name + " thread=" + std::to_string(GetCurrentThreadId()) + what +
           call_attributes_text());
  Call call;
  run_script(inner_script(notification.run), call);
  for (const std::string& name : call.order) log_line("ran " + name + "=" + call.answers[name]);
}

DWORD WINAPI notified(LPVOID parameter) {
  heard(*static_cast<Registered*>(parameter), "");
  return 0;
}

DWORD WINAPI notified_of_event(LPVOID parameter) {
  const auto* event = static_cast<SECPKG_EVENT_NOTIFY*>(parameter);
  const auto* change = static_cast<SECPKG_EVENT_PACKAGE_CHANGE*>(event->EventData);
  heard(*static_cast<Registered*>(event->PackageParameter),
        " class=" + std::to_string(event->EventClass) + " change=" + std::to_string(change->ChangeType) +
            " id=" + std::to_string(change->PackageId) + " package=" + narrow(&change->PackageName));
  return 0;
}

// notify NAME key=value ...: type, class, flags, interval, event (a name), run (a script)
void notify(Call& call, const Arguments& a) {
  Options options;
  for (const std::string& argument : a)
    if (const std::size_t equals = argument.find('='); equals != std::string::npos)
      options[argument.substr(0, equals)] = argument.substr(equals + 1);
  const auto number = [&](const char* name) { return static_cast<ULONG>(parse_number(option(options, name, "0"))); };
  auto made = std::make_unique<Registered>();
  made->name = a[1];
  made->run = option(options, "run");
  Registered* registered = made.get();
  {
    const std::lock_guard lock(mutex);
    notifications.insert_or_assign(a[1], std::move(made));  // a script uses a name once
  }
  const ULONG type = number("type");
  registered->handle = lsa->RegisterNotification(type == NOTIFIER_TYPE_NOTIFY_EVENT ? notified_of_event : notified,
                                                 registered, type, number("class"), number("flags"), number("interval"),
                                                 event_of(option(options, "event")));
  call.say_number("notify", registered->handle != nullptr);
  call.say_number("notify-handle", reinterpret_cast<ULONG_PTR>(registered->handle));
}

// cancel NAME, or cancel #HANDLE
void cancel(Call& call, const Arguments& a) {
  HANDLE handle = nullptr;
  if (a[1][0] == '#') {
    handle = reinterpret_cast<HANDLE>(static_cast<ULONG_PTR>(parse_number(a[1].substr(1))));
  } else {
    const std::lock_guard lock(mutex);
    handle = notifications.at(a[1])->handle;
  }
  call.say_status("cancel", lsa->CancelNotification(handle));
}

// event NAME auto|manual [set]
void make_event(Call& call, const Arguments& a) {
  const HANDLE event = CreateEventA(nullptr, a[2] == "manual", a[3] == "set", nullptr);
  call.say_number("event", event != nullptr);
  call.say_number("event-handle", reinterpret_cast<ULONG_PTR>(event));
  const std::lock_guard lock(mutex);
  events[a[1]] = event;
}

}  // namespace

void add_notification_commands(Commands& commands) {
  commands["notify"] = notify;
  commands["cancel"] = cancel;
  commands["event"] = make_event;
  commands["set-event"] = [](Call& call, const Arguments& a) {
    call.say_number("set-event", SetEvent(event_of(a[1])));
  };
  commands["wait-event"] = [](Call& call, const Arguments& a) {
    call.say_number("wait-event", WaitForSingleObject(event_of(a[1]), INFINITE) == WAIT_OBJECT_0);
  };
}

}  // namespace probe
