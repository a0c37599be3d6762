/* Functions with the Windows names and no asm labels. Each counts that it was called. */
int winpr_stub_calls = 0;

int CloseHandle(void* handle) {
  (void)handle;
  return ++winpr_stub_calls;
}
void* LocalFree(void* memory) {
  ++winpr_stub_calls;
  return memory;
}
void* LocalAlloc(unsigned flags, unsigned long size) {
  (void)flags, (void)size;
  ++winpr_stub_calls;
  return 0;
}
unsigned GetLastError(void) { return (unsigned)++winpr_stub_calls; }
void SetLastError(unsigned error) {
  (void)error;
  ++winpr_stub_calls;
}
int SetEvent(void* event) {
  (void)event;
  return ++winpr_stub_calls;
}
int RevertToSelf(void) { return ++winpr_stub_calls; }
int InitializeSid(void* sid, void* authority, unsigned char count) {
  (void)sid, (void)authority, (void)count;
  return ++winpr_stub_calls;
}
unsigned RtlNtStatusToDosError(int status) {
  (void)status;
  return (unsigned)++winpr_stub_calls;
}
