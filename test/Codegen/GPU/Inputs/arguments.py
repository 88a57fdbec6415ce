"""A kernel with as many arrays: arguments.py COUNT."""
import sys

arrays = ", ".join(f"%array{number}: memref<f32>" for number in range(int(sys.argv[1])))
print(f"gpu.module @kernels {{\n  gpu.func @kernel({arrays}) kernel {{\n    gpu.return\n  }}\n}}")
