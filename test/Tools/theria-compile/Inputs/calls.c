/* Calls of a program that theria_run must refuse, and some that it must not: prints each status and message. */
#include "calls.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { kRows = 300 };

static _Alignas(16) double operands[2][kRows][4];
static char message[600];

static struct theria_array makeArray(void *data) {
  struct theria_array array = {
      .structBytes = sizeof array, .element = THERIA_F64, .rank = 4, .shape = {1, 1, kRows, 4}, .data = data};
  return array;
}

static struct theria_call makeCall(void) {
  struct theria_call call = {.structBytes = sizeof call, .message = message, .messageBytes = sizeof message};
  return call;
}

static void report(const char *what, int32_t status) { printf("%s: %d %s\n", what, (int)status, message); }

/* Inputs and a result, which every case spoils in one way. */
struct Setting {
  struct theria_array in[2], out;
  struct theria_call call;
};
static struct Setting makeSetting(void) {
  struct Setting setting = {{makeArray(operands[0]), makeArray(operands[1])}, makeArray(NULL), makeCall()};
  return setting;
}
static int32_t run(struct Setting *setting) { return calls_self_run(&setting->call, setting->in, &setting->out); }

static void *runInThread(void *given) {
  struct Setting setting = makeSetting();
  setting.call.message = NULL;
  for (int turn = 0; turn < 20; ++turn) {
    if (run(&setting) != THERIA_OK)
      return given;
    int equal = memcmp(setting.out.data, given, sizeof operands[0]) == 0;
    theria_free(&setting.out);
    if (!equal)
      return given;
  }
  return NULL;
}

static void runThreads(void) {
  struct Setting first = makeSetting();
  run(&first);
  pthread_t threads[4];
  int failed = 0;
  for (int number = 0; number < 4; ++number)
    pthread_create(&threads[number], NULL, runInThread, first.out.data);
  for (int number = 0; number < 4; ++number) {
    void *wrong = NULL;
    pthread_join(threads[number], &wrong);
    failed += wrong != NULL;
  }
  theria_free(&first.out);
  printf("four threads: %d fail\n", failed);
}

int main(void) {
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < 4; ++column)
      operands[0][row][column] = operands[1][row][column] = (row * 7 + column) % 11 / 11.0;
  struct Setting setting = makeSetting();
  report("good", run(&setting));
  printf("result of %d bytes, %s\n", (int)(setting.out.shape[2] * 32), setting.out.data ? "there" : "missing");
  unsigned long long needed = setting.call.workspaceUsed;
  theria_free(&setting.out);
  printf("freed: %s\n", setting.out.data ? "no" : "yes");

  /* What threads hold at a time is chance. */
  setting.call.workspace = 8 * needed;
  report("workspace that suffices", run(&setting));
  theria_free(&setting.out);
  setting.call.workspace = 1000;
  report("small workspace", run(&setting));
  printf("result %s\n", setting.out.data ? "there" : "missing");

  setting = makeSetting();
  setting.in[1].element = THERIA_F32;
  report("element", run(&setting));
  setting = makeSetting();
  setting.in[0].rank = 3;
  report("rank", run(&setting));
  setting = makeSetting();
  setting.in[0].shape[3] = 5;
  report("shape", run(&setting));
  setting = makeSetting();
  setting.in[0].shape[2] = -1;
  report("negative size", run(&setting));
  setting = makeSetting();
  setting.in[0].shape[2] = (int64_t)1 << 61;
  report("size", run(&setting));
  setting = makeSetting();
  setting.in[1].data = NULL;
  report("no data", run(&setting));
  setting = makeSetting();
  setting.in[1].place = THERIA_CUDA;
  report("place", run(&setting));
  setting.in[1].data = (char *)setting.in[1].data + sizeof(double);
  report("alignment", run(&setting));
  setting = makeSetting();
  setting.out.place = THERIA_CUDA;
  report("place of a result", run(&setting));
  setting = makeSetting();
  setting.out.data = operands;
  setting.out.shape[2] = kRows - 1;
  report("memory of another shape", run(&setting));
  setting = makeSetting();
  setting.in[1].shape[2] = 299;
  report("check of the program", run(&setting));
  setting = makeSetting();
  setting.out.structBytes = 8;
  report("structure", run(&setting));
  struct theria_program later = calls_self;
  later.version = THERIA_VERSION + 1;
  setting = makeSetting();
  report("version", theria_run(&later, &setting.call, setting.in, &setting.out));
  later = calls_self;
  later.cpu = "another";
  report("processor", theria_run(&later, &setting.call, setting.in, &setting.out));
  setting.call.structBytes = 3;
  strcpy(message, "");
  report("call", run(&setting));
  report("no inputs", calls_self_run(NULL, NULL, &setting.out));
  runThreads();
  return 0;
}
