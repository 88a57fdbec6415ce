//===- Header.cpp - The C header of a library ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Library.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace theria;
using namespace theria::compile;

static void writePorts(llvm::raw_ostream &stream, llvm::StringRef what, llvm::ArrayRef<run::Port> ports) {
  for (auto [number, port] : llvm::enumerate(ports))
    stream << "     " << what << "[" << number << "]: " << port.name << ", " << run::formatType(port.type) << "\n";
}

static void writeExport(llvm::raw_ostream &stream, const Export &exported) {
  const run::Signature &signature = exported.signature;
  stream << "\n/* " << exported.name << "\n\n";
  writePorts(stream, "inputs", signature.inputs);
  writePorts(stream, "outputs", signature.outputs);
  stream << "  */\n"
         << llvm::formatv("extern const struct theria_program {0};\n"
                          "static inline int32_t {0}_run(struct theria_call *call, const struct theria_array *inputs,\n"
                          "                              struct theria_array *outputs) {{\n"
                          "  return theria_run(&{0}, call, inputs, outputs);\n"
                          "}\n",
                          exported.symbol);
}

std::string theria::compile::makeHeader(llvm::ArrayRef<Export> exports, const Options &options) {
  const llvm::StringRef source = llvm::sys::path::filename(options.file);
  const std::string guard =
      "THERIA_" + llvm::StringRef(toIdentifier(llvm::sys::path::stem(options.output))).upper() + "_H";
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << "/* Written by theria-compile from " << source << ": functions for " << options.cpu
         << (options.chip.empty() ? "" : " and the GPU " + options.chip)
         << ".\n   theria_program.h says how one is run; link with libtheria_runtime. */\n\n"
         << "#ifndef " << guard << "\n#define " << guard << "\n\n#include \"theria_program.h\"\n\n"
         << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n";
  for (const Export &exported : exports)
    writeExport(stream, exported);
  stream << "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return text;
}
