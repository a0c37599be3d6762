/* The other side of a handshake, over MIT's GSSAPI: `gss_peer init|accept ntlm|spnego TARGET-OR-USER`. It answers
 * requests on standard input, each a letter, a length of four bytes (big-endian) and data; answers have the same form.
 *   T token    one leg; answers C or D (done), with the token for us; E with GSSAPI's words ends it
 *   W text     wrapped with confidentiality      w text  ... with integrity alone
 *   U message  unwrapped                         M text  its MIC         V mic-length, mic, text  verified
 *   K          the session key (GSS_C_INQ_SSPI_SESSION_KEY)
 *   N          the initiator's name */
#include <arpa/inet.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gss_OID_desc ntlm = {10, (void *)"\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};
static gss_OID_desc spnego = {6, (void *)"\x2b\x06\x01\x05\x05\x02"};
static gss_OID_desc session_key = {11, (void *)"\x2a\x86\x48\x86\xf7\x12\x01\x02\x02\x05\x05"};

static gss_ctx_id_t context = GSS_C_NO_CONTEXT;
static gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
static gss_name_t target = GSS_C_NO_NAME, source = GSS_C_NO_NAME;
static gss_OID mechanism;

static void whole(int (*io)(void *, size_t), void *data, size_t size) {
  if (io(data, size) != 0) exit(3);
}
static int get(void *data, size_t size) { return fread(data, 1, size, stdin) == size ? 0 : -1; }
static int put(void *data, size_t size) { return fwrite(data, 1, size, stdout) == size ? 0 : -1; }

static void answer(char letter, const void *data, size_t size) {
  uint32_t length = htonl((uint32_t)size);
  whole(put, &letter, 1);
  whole(put, &length, sizeof length);
  whole(put, (void *)data, size);
  fflush(stdout);
}

static void fail(OM_uint32 major, OM_uint32 minor) {
  char text[512] = "";
  for (int kind = 0; kind < 2; ++kind) {
    OM_uint32 ignored, more = 0;
    gss_buffer_desc words = GSS_C_EMPTY_BUFFER;
    gss_display_status(&ignored, kind == 0 ? major : minor, kind == 0 ? GSS_C_GSS_CODE : GSS_C_MECH_CODE, mechanism, &more,
                       &words);
    snprintf(text + strlen(text), sizeof text - strlen(text), "%.*s; ", (int)words.length, (char *)words.value);
    gss_release_buffer(&ignored, &words);
  }
  answer('E', text, strlen(text));
}

static void step(int initiator, gss_buffer_t input) {
  OM_uint32 minor, flags = GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG;
  gss_buffer_desc output = GSS_C_EMPTY_BUFFER;
  OM_uint32 major =
      initiator ? gss_init_sec_context(&minor, credential, &context, target, mechanism, flags, 0,
                                       GSS_C_NO_CHANNEL_BINDINGS, input, NULL, &output, NULL, NULL)
                : gss_accept_sec_context(&minor, &context, credential, input, GSS_C_NO_CHANNEL_BINDINGS, &source, NULL,
                                         &output, NULL, NULL, NULL);
  if (GSS_ERROR(major)) {
    fail(major, minor);
    return;
  }
  answer(major == GSS_S_COMPLETE ? 'D' : 'C', output.value, output.length);
  gss_release_buffer(&minor, &output);
}

static void give(char letter, OM_uint32 major, OM_uint32 minor, gss_buffer_t output) {
  if (GSS_ERROR(major))
    fail(major, minor);
  else
    answer(letter, output->value, output->length);
  gss_release_buffer(&minor, output);
}

static void verify(gss_buffer_t input) {
  OM_uint32 minor;
  uint32_t length;
  memcpy(&length, input->value, sizeof length);
  length = ntohl(length);
  gss_buffer_desc mic = {length, (char *)input->value + 4};
  gss_buffer_desc text = {input->length - 4 - length, (char *)input->value + 4 + length};
  OM_uint32 major = gss_verify_mic(&minor, context, &text, &mic, NULL);
  if (GSS_ERROR(major))
    fail(major, minor);
  else
    answer('V', "", 0);
}

static void serve(int initiator, char letter, gss_buffer_t input) {
  OM_uint32 major = GSS_S_COMPLETE, minor = 0;
  gss_buffer_desc output = GSS_C_EMPTY_BUFFER;
  gss_buffer_set_t keys = GSS_C_NO_BUFFER_SET;
  switch (letter) {
    case 'T':
      step(initiator, input);
      return;
    case 'W':
    case 'w':
      major = gss_wrap(&minor, context, letter == 'W', GSS_C_QOP_DEFAULT, input, NULL, &output);
      break;
    case 'U':
      major = gss_unwrap(&minor, context, input, &output, NULL, NULL);
      break;
    case 'M':
      major = gss_get_mic(&minor, context, GSS_C_QOP_DEFAULT, input, &output);
      break;
    case 'V':
      verify(input);
      return;
    case 'K':
      major = gss_inquire_sec_context_by_oid(&minor, context, &session_key, &keys);
      if (!GSS_ERROR(major) && keys != NULL && keys->count > 0) {
        answer('K', keys->elements[0].value, keys->elements[0].length);
        gss_release_buffer_set(&minor, &keys);
        return;
      }
      break;
    case 'N':
      major = gss_display_name(&minor, source, &output, NULL);
      break;
    default:
      exit(4);
  }
  give(letter, major, minor, &output);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const int initiator = strcmp(argv[1], "init") == 0;
  mechanism = strcmp(argv[2], "ntlm") == 0 ? &ntlm : &spnego;
  OM_uint32 minor, major;
  gss_OID_set_desc wanted = {1, mechanism}, inner = {1, &ntlm};
  gss_buffer_desc text = {strlen(argv[3]), argv[3]};
  if (initiator) {
    major = gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &target);
    if (!GSS_ERROR(major))
      major = gss_acquire_cred(&minor, GSS_C_NO_NAME, 0, &wanted, GSS_C_INITIATE, &credential, NULL, NULL);
  } else {
    major = gss_acquire_cred(&minor, GSS_C_NO_NAME, 0, &wanted, GSS_C_ACCEPT, &credential, NULL, NULL);
  }
  if (!GSS_ERROR(major) && mechanism == &spnego) major = gss_set_neg_mechs(&minor, credential, &inner);
  if (GSS_ERROR(major)) {
    fail(major, minor);
    return 1;
  }
  char letter;
  while (get(&letter, 1) == 0) {
    uint32_t length;
    whole(get, &length, sizeof length);
    gss_buffer_desc input = {ntohl(length), NULL};
    input.value = malloc(input.length + 1);
    whole(get, input.value, input.length);
    serve(initiator, letter, &input);
    free(input.value);
  }
  return 0;
}
