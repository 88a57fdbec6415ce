/* A libcuda.so.1 without a GPU: its memory is the host's, it runs no kernel, and it prints what it is asked for. FAIL
   names a function that fails, as launch:700; VERSION and CAPABILITY say what it seems to be, OWNER which GPU's all
   memory is; with TRACE it also prints each use of memory. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fails(const char *name) {
  const char *wanted = getenv("FAIL");
  const char *colon = wanted ? strchr(wanted, ':') : NULL;
  return colon && strlen(name) == (size_t)(colon - wanted) && !strncmp(name, wanted, strlen(name)) ? atoi(colon + 1)
                                                                                                   : 0;
}
static int number(const char *name, int value) {
  const char *given = getenv(name);
  return given ? atoi(given) : value;
}

static void trace(const char *what, uint64_t memory, size_t bytes) {
  if (getenv("TRACE"))
    fprintf(stderr, "%s of %zu bytes: %p\n", what, bytes, (void *)memory);
}

int cuInit(unsigned flags) { return (int)flags + fails("init"); }
int cuDriverGetVersion(int *version) {
  *version = number("VERSION", 13000);
  return 0;
}
int cuDeviceGetCount(int *count) {
  *count = 1;
  return 0;
}
int cuDeviceGet(int *device, int ordinal) {
  *device = ordinal + 40;
  return 0;
}
int cuDeviceGetAttribute(int *value, int attribute, int device) {
  int capability = number("CAPABILITY", 90);
  *value = attribute == 75 ? capability / 10 : capability % 10;
  return device == 40 ? 0 : 101;
}
int cuDevicePrimaryCtxRetain(void **context, int device) {
  static int place;
  *context = &place;
  return device == 40 ? fails("context") : 101;
}
int cuCtxPushCurrent_v2(void *context) { return context ? 0 : 201; }
int cuCtxPopCurrent_v2(void **context) {
  *context = NULL;
  return 0;
}
int cuCtxSynchronize(void) {
  trace("wait for all", 0, 0);
  return 0;
}
int cuModuleLoadDataEx(void **module, const void *image, unsigned count, int *options, void **values) {
  const char *ptx = image;
  if (fails("load") && count == 2 && options[0] == 5)
    strcpy(values[0], "line 1: wrong");
  static intptr_t loaded = 0;
  *module = (void *)++loaded;
  fprintf(stderr, "load %s\n", memcmp(ptx, "\177ELF", 4) ? strstr(ptx, ".target") ? "PTX" : "?" : "cubin");
  return fails("load");
}
int cuModuleGetFunction(void **function, void *module, const char *name) {
  *function = module;
  fprintf(stderr, "function %s of module %d\n", name, (int)(intptr_t)module);
  return 0;
}
int cuFuncSetAttribute(void *function, int attribute, int value) {
  fprintf(stderr, "shared memory: %s\n", attribute == 8 && value > 0 && function ? "some" : "?");
  return 0;
}
int cuLaunchKernel(void *function, unsigned gridX, unsigned gridY, unsigned gridZ, unsigned blockX, unsigned blockY,
                   unsigned blockZ, unsigned shared, void *stream, void **arguments, void **extra) {
  fprintf(stderr, "launch %ux%ux%u blocks of %ux%ux%u threads%s\n", gridX, gridY, gridZ, blockX, blockY, blockZ,
          function && !stream && !extra && arguments && shared < 232448 ? "" : "?");
  return fails("launch");
}
int cuMemPoolCreate(void **pool, const void *properties) {
  static int place;
  *pool = &place;
  /* Where the memory lies: the kind of place, then its number. */
  return ((const int *)properties)[3] == 40 ? fails("pool") : 101;
}
int cuMemPoolSetAttribute(void *pool, int attribute, void *value) {
  return pool && attribute == 4 && *(uint64_t *)value == UINT64_MAX ? 0 : 1;
}
int cuMemPoolTrimTo(void *pool, size_t bytes) {
  fprintf(stderr, "trim to %zu bytes\n", bytes);
  return pool ? 0 : 1;
}
int cuMemAllocFromPoolAsync(uint64_t *memory, size_t bytes, void *pool, void *stream) {
  int failure = fails("allocate");
  size_t whole = (bytes + 255) / 256 * 256;
  *memory = failure ? 0 : (uint64_t)memset(aligned_alloc(256, whole), 0, whole);
  trace("allocation", *memory, bytes);
  return stream || !pool ? 1 : failure;
}
int cuMemFreeAsync(uint64_t memory, void *stream) {
  trace("end", memory, 0);
  free((void *)memory);
  return stream ? 1 : 0;
}
int cuMemcpyAsync(uint64_t to, uint64_t from, size_t bytes, void *stream) {
  memcpy((void *)to, (void *)from, bytes);
  trace("copy", from, bytes);
  return stream ? 1 : fails("copy");
}
int cuStreamSynchronize(void *stream) {
  trace("wait", 0, 0);
  return stream ? 1 : fails("wait");
}
int cuPointerGetAttribute(void *value, int attribute, uint64_t memory) {
  const int owner = number("OWNER", 0);
  *(int *)value = attribute == 2 ? 2 : owner;
  return (attribute == 2 || attribute == 9) && memory && owner >= 0 ? 0 : 1;
}
int cuGetErrorString(int result, const char **text) {
  *text = result == 700 ? "an illegal memory access was encountered" : NULL;
  return result == 700 ? 0 : 1;
}
