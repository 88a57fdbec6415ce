"""The lit suite of Theria: every .mlir and .test file below this folder, except in folders named Inputs.

Tools are found on PATH: theria-opt, theria-run, FileCheck, not, split-file, count, mlir-opt, python3.
Substitutions besides lit's own (%s, %S, %t, %T):
  %root      the project's root folder
  %build     the build folder
  %examples  docs/examples
  %include   the folder of LLVM's and MLIR's headers and .td files
  %cflags    what the test's own C programs are compiled with: the build's sanitizers
  %settings  what the environment says of them, after env -i
"""
import os
import shutil
import sys

import lit.formats

sys.path.insert(0, os.path.dirname(__file__))
import sanitizers

config.name = "Theria"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.theria_obj_root, "test")

# A test that hangs is a failed test, not a run without an end.
if lit_config.maxIndividualTestTimeIsSupported[0]:
    lit_config.maxIndividualTestTime = 1800 if config.theria_sanitize else 300

config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.theria_obj_root, "bin"), config.llvm_tools_dir, os.environ["PATH"]]
)
# lit --param path=reference: every theria-run that does not choose a path takes that one instead of the default, or with
# path=emulated runs on an emulated GPU, with path=cuda on this machine's.
path = lit_config.params.get("path")
if path:
    config.test_exec_root += "-" + path
    tool_dir = os.path.join(config.test_exec_root, "bin")
    wrapper = os.path.join(tool_dir, "theria-run")
    os.makedirs(tool_dir, exist_ok=True)
    with open(wrapper, "w") as file:
        tool = os.path.join(config.theria_obj_root, "bin", "theria-run")
        emulator = os.path.join(config.theria_obj_root, "bin", "theria-emulate")
        chosen = {"emulated": f"'{emulator}' f32", "cuda": f"'{tool}' --target=cuda --narrow-products=false"}.get(path, f"'{tool}' --path={path}")
        file.write(f"""#!/bin/sh
case " $* " in *" --path="*|*" --help "*) exec '{tool}' "$@" ;; esac
exec {chosen} "$@"
""")
    os.chmod(wrapper, 0o755)
    config.environment["PATH"] = os.pathsep.join([tool_dir, config.environment["PATH"]])

# Programs are compiled in every test but those of the cache, which name a folder of their own.
config.environment["THERIA_CACHE_DIR"] = "off"

# The tests say what they compare with; a setting of the caller's must not change what the tools print.
config.environment["FILECHECK_OPTS"] = "--enable-var-scope"
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"

# Builds with sanitizers: docs/Sanitizers.md.
for sanitizer in filter(None, config.theria_sanitize.split(",")):
    config.available_features.add(f"{sanitizer}-sanitizer")
settings = sanitizers.environment(
    config.theria_sanitize, config.llvm_tools_dir, os.path.join(config.theria_obj_root, "findings")
)
config.environment |= settings

# The CUDA Toolkit's assembler takes kernels where it is installed.
if shutil.which("ptxas"):
    config.available_features.add("ptxas")

config.substitutions += [
    ("%root", config.theria_src_root),
    ("%build", config.theria_obj_root),
    ("%include", os.path.join(os.path.dirname(config.llvm_tools_dir), "include")),
    ("%examples", os.path.join(config.theria_src_root, "docs", "examples")),
    ("%cflags", sanitizers.compiler_flags(config.theria_sanitize)),
    ("%settings", " ".join(f"{name}={value}" for name, value in settings.items())),
]
