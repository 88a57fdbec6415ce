# shellcheck shell=bash
# What a build of Theria needs, and how it is built: sourced by tools/quickstart.sh and test/run.sh, so that there is
# one way to do it. Works from any directory; sets THERIA_ROOT and THERIA_BUILD.

THERIA_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
THERIA_BUILD=$THERIA_ROOT/build

# Debian packages to build and run; and those that only the tests use.
theria_build_packages=(clang-22 lld-22 llvm-22-dev libmlir-22-dev mlir-22-tools libomp-22-dev
  cmake ninja-build ccache zlib1g-dev libzstd-dev libmpfr-dev python3)
theria_test_packages=(llvm-22-tools clang-format-22 clang-tidy-22 python3-clang-22 python3-psutil python3-numpy)
# Of builds that are measured alone: test/coverage.sh, test/sanitize.sh and test/fuzz.sh.
theria_measure_packages=(llvm-22 libclang-rt-22-dev)

theria_say() { printf '\n== %s\n' "$*"; }

theria_error() { printf 'error: %s\n' "$*" >&2; }

# theria_missing PACKAGE…: prints those that are not installed.
theria_missing() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

# theria_as_root COMMAND…: asks nothing itself; without a terminal neither may sudo.
theria_as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ] && [ -z "${CI:-}" ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# theria_install PACKAGE…: installs what is missing from Debian's archive, and says so first.
theria_install() {
  local missing
  if ! command -v dpkg-query >/dev/null; then
    theria_error "expected Debian 12 with apt, but found no dpkg-query; install the equivalents of: $*"
    return 1
  fi
  mapfile -t missing < <(theria_missing "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  theria_say "Installing from Debian's archive: ${missing[*]} (and what they depend on)"
  if ! theria_as_root true; then
    theria_error "expected root or a user whom sudo lets in, but found neither;" \
      "as root run: apt-get update && apt-get install ${missing[*]}"
    return 1
  fi
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
  theria_as_root "${apt[@]}" update -q </dev/null &&
    theria_as_root "${apt[@]}" install -q -y --no-install-recommends "${missing[@]}" </dev/null && return 0
  theria_error "expected apt-get to install ${missing[*]}, but it failed (see above);" \
    "check the network and that the sources name Debian 12 (bookworm) with its updates"
  return 1
}

# theria_jobs: compilers to run at once, one a core and at most one for each 1.5 GB of memory.
theria_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  [ "$cores" -le "$memory" ] && echo "$cores" || echo "$memory"
}

# theria_build [FOLDER [CMAKE-OPTION…] [-- TARGET…]]: configures FOLDER, build/ unless named, where that has not been done,
# with CMake's options beyond those of every build; and builds with Ninja's progress on the screen. Ninja runs CMake again
# by itself when a CMakeLists.txt has changed.
theria_build() {
  local folder=${1:-$THERIA_BUILD} options=()
  shift $(($# > 0))
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift $(($# > 0))
  # One cache serves every checkout of the project: paths in it are relative to the checkout.
  export CCACHE_BASEDIR=$THERIA_ROOT CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
  if [ ! -e "$folder/build.ninja" ]; then
    theria_say "Configuring in ${folder#"$THERIA_ROOT/"}/"
    cmake -G Ninja -S "$THERIA_ROOT" -B "$folder" -DCMAKE_BUILD_TYPE=Release \
      -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
      -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
      -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld -DCMAKE_SHARED_LINKER_FLAGS=-fuse-ld=lld \
      -DMLIR_DIR=/usr/lib/llvm-22/lib/cmake/mlir "${options[@]}" </dev/null || return 1
  fi
  theria_say "Building in ${folder#"$THERIA_ROOT/"}/"
  ninja -C "$folder" -j "$(theria_jobs)" "$@" </dev/null
}

# theria_build_sanitized KIND [TARGET…]: the same with sanitizers, address,undefined say, in build/address-undefined. That
# build also counts for libFuzzer what was reached.
theria_build_sanitized() {
  local kind=$1 fuzzers=OFF
  shift
  [ "$kind" != address,undefined ] || fuzzers=ON
  THERIA_BUILD=$THERIA_ROOT/build/${kind//,/-}
  theria_build "$THERIA_BUILD" -DTHERIA_SANITIZE="$kind" -DTHERIA_FUZZERS=$fuzzers -- "$@"
}
