// A value that crosses a process names its fields once, in wire order; the codec walks them (wire/codec.hpp).
// Fields are only ever appended.
#pragma once

#define OPENLSA_FIELDS(...)                   \
  template <class Visitor>                    \
  void visit_fields(Visitor& visitor) {       \
    visitor(__VA_ARGS__);                     \
  }                                           \
  template <class Visitor>                    \
  void visit_fields(Visitor& visitor) const { \
    visitor(__VA_ARGS__);                     \
  }
#define OPENLSA_NO_FIELDS()      \
  template <class Visitor>       \
  void visit_fields(Visitor&) {} \
  template <class Visitor>       \
  void visit_fields(Visitor&) const {}
