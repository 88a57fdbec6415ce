/* Calls a program whose kernels are, in turn, two texts at one place: each is loaded once, and is what then runs. */
#include "modules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  static double numbers[1 * 2 * 6 * 4];
  struct theria_array inputs[3];
  for (int number = 0; number < 3; ++number)
    inputs[number] = (struct theria_array){
        .structBytes = sizeof inputs[number], .element = THERIA_F64, .rank = 4, .shape = {1, 2, 6, 4}, .data = numbers};
  struct theria_program program = modules_attention;
  char *kernels = malloc(program.kernelBytes + 1);
  memcpy(kernels, program.kernels, program.kernelBytes + 1);
  program.kernels = kernels;
  for (int turn = 0; turn < 4; ++turn) {
    fprintf(stderr, "turn %d\n", turn);
    kernels[program.kernelBytes - 1] = turn % 2 ? ' ' : '\n';
    struct theria_array result = {.structBytes = sizeof result};
    if (theria_run(&program, NULL, inputs, &result) != THERIA_OK)
      return 1;
    theria_free(&result);
  }
  theria_trim(0);
  free(kernels);
  return 0;
}
