#include "server/request.h"

#include <string.h>

#include "common/field_text.h"

/* RFC 9112 3: method, target and version with one space between them. */
static unsigned read_start_line(const char *line, struct request *request, int *is_1_1) {
  const size_t method = strcspn(line, " ");
  const char *const target = line + method + (line[method] == ' ');
  const size_t length = strcspn(target, " \t");
  const char *const version = target + length + (target[length] == ' ');
  size_t i;
  if (method == 0 || length == 0) return 400;
  for (i = 0; i < method; ++i)
    if (!is_token_letter(line[i])) return 400;
  if (strncmp(version, "HTTP/", 5) != 0 || strlen(version) != 8 || version[6] != '.' || strchr("0123456789", version[5]) == NULL ||
      strchr("0123456789", version[7]) == NULL)
    return 400;
  if (version[5] != '1') return 505;
  *is_1_1 = version[7] != '0';
  request->is_head = method == 4 && memcmp(line, "HEAD", 4) == 0;
  return request->is_head || (method == 3 && memcmp(line, "GET", 3) == 0) ? 0 : 405;
}

/* Two readings of where a request ends are an attack on what stands before us: one Content-Length, or none. */
static unsigned read_length(const struct message_head *head, struct request *request) {
  const char *value;
  const unsigned lengths = head_field(head, "Content-Length", &value);
  const char *coding;
  if (head_field(head, "Transfer-Encoding", &coding) != 0) return lengths != 0 ? 400 : 501;
  if (lengths == 0) return 0;
  if (lengths > 1 || value[0] == 0 || value[strspn(value, "0123456789")] != 0) return 400;
  return whole_number(value, LONGEST_CONTENT, &request->content) ? 0 : 413;
}

unsigned read_request(const struct message_head *head, struct request *request) {
  const char *value;
  int is_1_1 = 0;
  unsigned hosts, refused;
  const unsigned unusual = read_start_line(head->start_line, request, &is_1_1);
  if (unusual != 0 && unusual != 405) return unusual;
  hosts = head_field(head, "Host", &value);
  if (hosts > 1 || (is_1_1 && hosts == 0)) return 400; /* RFC 9112 3.2 */
  if (head_field(head, "Authorization", &request->authorization) > 1) return 400;
  refused = read_length(head, request);
  if (refused != 0) return refused;
  head_field(head, "Connection", &value);
  request->ends = value != NULL ? list_has(value, "close") : 0;
  if (!is_1_1) request->ends |= value == NULL || !list_has(value, "keep-alive");
  return unusual;
}
