/* Calls a program with arrays on the GPU or not; the driver prints what memory is used for. */
#include "results.h"

#include <stdio.h>

static _Alignas(16) double numbers[6 * 4], given[2][6 * 4];

static struct theria_array describe(int place, void *data) {
  struct theria_array array = {
      .structBytes = sizeof array, .element = THERIA_F64, .place = place, .rank = 2, .shape = {6, 4}, .data = data};
  return array;
}

static int call(const char *what, int place, void *first, void *second) {
  struct theria_array input = describe(place, numbers);
  struct theria_array results[2] = {describe(place, first), describe(place, second)};
  char message[600] = "";
  struct theria_call options = {.structBytes = sizeof options, .message = message, .messageBytes = sizeof message};
  fprintf(stderr, "%s\n", what);
  const int status = theria_run(&results_twice, &options, &input, results);
  fprintf(stderr, "status %d %s, results at %p and %p\n", status, message, results[0].data, results[1].data);
  if (!first)
    theria_free(&results[0]);
  if (!second)
    theria_free(&results[1]);
  return status;
}

int main(void) {
  return call("handed over", THERIA_CUDA, NULL, NULL) | call("given", THERIA_CUDA, given[0], given[1]) |
         call("from and to the host", THERIA_HOST, NULL, given[1]);
}
