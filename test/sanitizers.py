"""How the sanitizers of a build are set: docs/Sanitizers.md says why.

sanitizers.py KIND LLVM-TOOLS [FINDINGS]   prints NAME=VALUE lines for a shell
"""
import os
import sys

COMMON = {
    # A finding ends the process by a signal, which `not` does not take for an error that was expected.
    "halt_on_error": 1,
    "abort_on_error": 1,
    "handle_abort": 0,
    # Tests ask for more memory than there is, and expect an error of Theria's.
    "allocator_may_return_null": 1,
}
OPTIONS = {
    "address": {
        # LLVM's packages, which share containers and allocators with Theria's code, do not mark what is in use.
        "detect_container_overflow": 0,
        "allow_user_poisoning": 0,
        "detect_stack_use_after_return": 1,
        "strict_string_checks": 1,
    },
    "undefined": {"print_stacktrace": 1},
    "thread": {
        # What LLVM's packages and libomp call tells nothing: the other half of what they do is not seen.
        "ignore_noninstrumented_modules": 1,
    },
}


def joined(options):
    return ":".join(f"{name}={value}" for name, value in options.items())


def compiler_flags(kind):
    """What a C program is compiled and linked with, to be checked and to bring the sanitizer to libraries of the build."""
    return f"-fsanitize={kind} -fno-sanitize-recover=all -g" if kind else ""


def environment(kind, tools, findings=""):
    """Variables for a build with sanitizers `kind`, "address,undefined" say; reports go to files `findings`.*, if given."""
    result = {}
    for name in filter(None, kind.split(",")):
        variable = {"address": "ASAN", "undefined": "UBSAN", "thread": "TSAN"}[name] + "_OPTIONS"
        symbolizer = {"external_symbolizer_path": os.path.join(tools, "llvm-symbolizer")}
        result[variable] = joined(COMMON | OPTIONS[name] | symbolizer | ({"log_path": findings} if findings else {}))
    if "thread" in kind:
        # libomp, which is not built with ThreadSanitizer, tells it through this what waits for what.
        result["OMP_TOOL_LIBRARIES"] = os.path.join(os.path.dirname(tools), "lib", "libarcher.so")
    return result


if __name__ == "__main__":
    for name, value in environment(*sys.argv[1:]).items():
        print(f"{name}={value}")
