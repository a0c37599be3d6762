// CreateThread: a thread of the package, with no current call; its exceptions end here.
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <latch>
#include <memory>

#include <openlsa/windows.h>

#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "win32/local_object.hpp"

namespace openlsa::host::support {
namespace {

// What CreateThread waits for; both threads hold it, so that neither sees the other's share go.
struct Begun {
  std::latch latch{1};
  ULONG thread_id = 0;
};

struct Start {
  std::shared_ptr<Runtime> runtime;  // a package that is removed from a process that goes on may leave threads behind
  const LoadedPackage* package;
  SEC_THREAD_START function;
  PVOID parameter;
  std::shared_ptr<win32::Event> ended;
  std::shared_ptr<Begun> begun;
};

void* run(void* argument) {
  const std::unique_ptr<Start> start(static_cast<Start*>(argument));
  start->begun->thread_id = static_cast<ULONG>(::syscall(SYS_gettid));
  start->begun->latch.count_down();
  {
    CurrentCall call(*start->runtime, *start->package, nullptr, nullptr, CurrentCall::Kind::background);
    call.enter("a thread of CreateThread", STATUS_UNSUCCESSFUL, [&] {
      start->function(start->parameter);
      return STATUS_SUCCESS;
    });
  }
  start->ended->set();
  return nullptr;
}

bool start_thread(ULONG stack_size_bytes, Start* start) {
  pthread_attr_t attributes;
  if (::pthread_attr_init(&attributes) != 0) return false;
  ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Windows' default stack is 1 MiB, and packages pass 0 or small values.
  const std::size_t size =
      std::max<std::size_t>({stack_size_bytes, std::size_t{1} << 20, static_cast<std::size_t>(PTHREAD_STACK_MIN)});
  ::pthread_attr_setstacksize(&attributes, (size + 4095) & ~std::size_t{4095});
  pthread_t thread;
  const bool started = ::pthread_create(&thread, &attributes, run, start) == 0;
  ::pthread_attr_destroy(&attributes);
  return started;
}

}  // namespace

HANDLE create_thread(SEC_ATTRS, ULONG StackSize, SEC_THREAD_START StartFunction, PVOID ThreadParameter,
                     ULONG CreationFlags, PULONG ThreadId) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  const CurrentCall* call = CurrentCall::current();
  const LoadedPackage* package = call != nullptr      ? &call->package()
                                 : runtime != nullptr ? runtime->first_package()
                                                      : nullptr;
  // CREATE_SUSPENDED and the other flags of the Win32 function have no use without ResumeThread.
  if (StartFunction == nullptr || package == nullptr || CreationFlags != 0 || StackSize > (64u << 20)) return nullptr;
  std::shared_ptr<win32::Event> ended;
  if (!openlsa_private_create_event(true, false, &ended)) return nullptr;
  std::shared_ptr<win32::LocalObject> object = ended;
  const std::uint32_t handle = openlsa_private_insert_local(&object);
  if (handle == 0) return nullptr;
  const auto begun = std::make_shared<Begun>();
  auto start = std::make_unique<Start>(Start{runtime, package, StartFunction, ThreadParameter, ended, begun});
  if (!start_thread(StackSize, start.get())) {
    CloseHandle(to_handle(handle));
    return nullptr;
  }
  static_cast<void>(start.release());  // the thread's, which may have ended already
  begun->latch.wait();
  if (ThreadId != nullptr) *ThreadId = begun->thread_id;
  return to_handle(handle);
}

}  // namespace openlsa::host::support
