/* Calls a program whose kernels are, in turn, two of different hashes at one place: each is loaded once, and is what
   then runs. */
#include "modules.h"

#include <stdio.h>
#include <string.h>

int main(void) {
  if (!memcmp(modules_attention.kernelHash, modules_attention_vjp.kernelHash, sizeof modules_attention.kernelHash))
    return 2;
  static double numbers[1 * 2 * 6 * 4];
  struct theria_array inputs[3];
  for (int number = 0; number < 3; ++number)
    inputs[number] = (struct theria_array){
        .structBytes = sizeof inputs[number], .element = THERIA_F64, .rank = 4, .shape = {1, 2, 6, 4}, .data = numbers};
  struct theria_program program = modules_attention;
  for (int turn = 0; turn < 4; ++turn) {
    fprintf(stderr, "turn %d\n", turn);
    program.kernelHash[1] = modules_attention.kernelHash[1] + turn % 2;
    struct theria_array result = {.structBytes = sizeof result};
    if (theria_run(&program, NULL, inputs, &result) != THERIA_OK)
      return 1;
    theria_free(&result);
  }
  theria_trim(0);
  return 0;
}
