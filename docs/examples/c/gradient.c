/* The gradient of ½‖attention(q, k, v)‖² in q, k and v: the cotangent of attention's result is the result itself.

   docs/examples/c/CMakeLists.txt says how it is built. */
#include "attention.h"

#include <math.h>
#include <stdio.h>

enum { kBatch = 1, kHeads = 2, kRows = 6, kWidth = 4, kCount = kBatch * kHeads * kRows * kWidth };

/* An array of this program's one shape, in C order. */
static struct theria_array makeArray(double *data) {
  struct theria_array array = {.structBytes = sizeof array, .element = THERIA_F64, .place = THERIA_HOST, .rank = 4,
                               .shape = {kBatch, kHeads, kRows, kWidth}, .data = data};
  return array;
}

static double normOf(const double *numbers) {
  double squares = 0;
  for (int index = 0; index < kCount; ++index)
    squares += numbers[index] * numbers[index];
  return sqrt(squares);
}

int main(void) {
  static double inputs[4][kCount], outputs[4][kCount];
  for (int index = 0; index < kCount; ++index) {
    inputs[0][index] = sin(index);
    inputs[1][index] = cos(index);
    inputs[2][index] = sin(3 * index);
  }
  struct theria_array given[4], made[4];
  for (int number = 0; number < 4; ++number) {
    given[number] = makeArray(inputs[number]);
    made[number] = makeArray(outputs[number]);
  }

  /* Twice: the cotangent is the result of the first call. */
  char message[512];
  struct theria_call call = {.structBytes = sizeof call, .message = message, .messageBytes = sizeof message};
  for (int run = 0; run < 2; ++run) {
    if (attention_attention_vjp_run(&call, given, made) != THERIA_OK) {
      fprintf(stderr, "gradient: %s\n", message);
      return 1;
    }
    if (run == 0)
      for (int index = 0; index < kCount; ++index)
        inputs[3][index] = outputs[0][index];
  }

  static const char *const names[4] = {"attention", "gradient in q", "gradient in k", "gradient in v"};
  for (int number = 0; number < 4; ++number)
    printf("%-13s  norm %.12f\n", names[number], normOf(outputs[number]));
  printf("%llu bytes of workspace\n", (unsigned long long)call.workspaceUsed);
  return 0;
}
