//===- Library.cpp - Objects as what the user asked for -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-compile/Library.h"

#include "runtime/theria_program.h"
#include "tools/theria-compile/Program.h"
#include "tools/theria-run/Instrument.h"
#include "tools/theria-run/OutputFiles.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <dlfcn.h>
#include <omp.h>

using namespace theria;
using namespace theria::compile;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using run::error;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

using Text = std::unique_ptr<llvm::MemoryBuffer>;

static Expected<Text> read(const llvm::Twine &file) {
  auto text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return error("expected to read " + file + ", but " + text.getError().message() + "; install Theria again");
  return std::move(*text);
}

/// A file of this installation, from the folder above that of the tools.
static Expected<std::string> installed(StringRef name) {
  llvm::SmallString<128> file(
      path::parent_path(path::parent_path(fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&writeLibrary)))));
  path::append(file, name);
  if (!fs::exists(file))
    return error("expected " + file + " beside theria-compile, but found none; install Theria again");
  return file.str().str();
}

static Expected<std::string> findLinker() {
  for (StringRef name : {"ld.lld-22", "ld.lld", "ld"})
    if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name))
      return *found;
  return error("expected a linker, but found none of ld.lld-22, ld.lld and ld on the path; install Debian's lld-22, "
               "or ask for an archive: -o NAME.a");
}

/// What a linker makes of objects, with arguments of its own.
static Expected<Text> runLinker(const run::Objects &objects, llvm::ArrayRef<std::string> arguments) {
  Expected<std::string> linker = findLinker();
  if (!linker)
    return linker.takeError();
  auto archive = run::archive(objects);
  if (!archive)
    return archive.takeError();
  Expected<Text> linked = runProgram(*linker, (*archive)->getBuffer(), [&](std::string in, std::string out) {
    std::vector<std::string> words{"-o", std::move(out), "--whole-archive", std::move(in), "--no-whole-archive"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  });
  if (linked)
    return linked;
  return error("expected " + *linker + " to link the library, but it failed: " + llvm::toString(linked.takeError()));
}

/// The runtime's, of the version that programs are made for.
static std::string runtimeLibrary() { return "libtheria_runtime.so." + std::to_string(THERIA_VERSION); }

/// The library itself, in the form that is asked for.
static Expected<Text> link(const run::Objects &objects, Form form) {
  if (form == Form::Archive)
    return run::archive(objects);
  if (form == Form::Object)
    return runLinker(objects, {"-r"});
  Expected<std::string> runtime = installed("lib/" + runtimeLibrary());
  if (!runtime)
    return runtime.takeError();
  std::vector<std::string> arguments{"-shared", "--gc-sections", "--as-needed", "-rpath", "$ORIGIN", *runtime};
  // What generated code calls beside the runtime is of the C library, libm and libgcc, and of a sanitizer.
  if (!run::needsSanitizer())
    arguments.insert(arguments.end(), {"-z", "defs"});
  for (const char *folder : {"/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib"})
    arguments.push_back(std::string("-L") + folder);
  for (const char *library : {"libm.so.6", "libgcc_s.so.1", "libc.so.6"})
    arguments.push_back(std::string("-l:") + library);
  return runLinker(objects, arguments);
}

/// The library of OpenMP that this process has.
static Expected<std::string> findOpenMp() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<void *>(&omp_get_num_procs), &info) || !info.dli_fname)
    return error("expected to find OpenMP's library, but this process has none; install Theria again");
  return std::string(info.dli_fname);
}

namespace {
/// Files that appear together or not at all.
class Writer {
public:
  /// `option` says where files go.
  explicit Writer(StringRef option) : option(option) {}

  Error add(StringRef name, Text text, unsigned mode = fs::all_read | fs::all_write) {
    if (Error err = files.add(name, option, mode))
      return err;
    return files.write(count++, text->getBuffer());
  }
  Error copy(StringRef name, Expected<std::string> from, unsigned mode = fs::all_read | fs::all_write) {
    if (!from)
      return from.takeError();
    Expected<Text> text = read(*from);
    return text ? add(name, std::move(*text), mode) : text.takeError();
  }
  Error commit() { return files.commit(); }

private:
  StringRef option;
  run::OutputFiles files;
  size_t count = 0;
};
} // namespace

/// Where a file of the output goes.
static std::string place(const Options &options, StringRef name) {
  llvm::SmallString<128> file(options.form == Form::Bundle ? StringRef(options.output)
                                                           : path::parent_path(options.output));
  path::append(file, name);
  return file.str().str();
}

/// What a run needs on a machine that has no Theria.
static Error addRuntime(Writer &writer, const Options &options) {
  const unsigned executable = fs::all_read | fs::all_write | fs::all_exe;
  if (Error err = writer.copy(place(options, runtimeLibrary()), installed("lib/" + runtimeLibrary())))
    return err;
  if (Error err = writer.copy(place(options, "libomp.so.5"), findOpenMp()))
    return err;
  if (Error err = writer.copy(place(options, "theria_program.h"), installed("include/theria_program.h")))
    return err;
  return writer.copy(place(options, "theria-runner"), installed("bin/theria-runner"), executable);
}

Error theria::compile::writeLibrary(const run::Objects &objects, StringRef header, const Options &options) {
  Expected<Text> library = link(objects, options.form);
  if (!library)
    return library.takeError();
  const std::string stem = path::stem(options.output).str();
  const bool isBundle = options.form == Form::Bundle;
  const bool isNewFolder = isBundle && !fs::exists(options.output);
  if (isNewFolder)
    if (std::error_code code = fs::create_directory(options.output))
      return error("expected to make the folder " + options.output + ", but " + code.message() +
                   "; choose another --bundle");
  Error err = [&] {
    Writer writer(isBundle ? "bundle" : "o");
    if (Error err = writer.add(isBundle ? place(options, stem + ".so") : options.output, std::move(*library)))
      return err;
    if (Error err = writer.add(place(options, stem + ".h"), llvm::MemoryBuffer::getMemBufferCopy(header)))
      return err;
    if (isBundle)
      if (Error err = addRuntime(writer, options))
        return err;
    return writer.commit();
  }();
  if (err && isNewFolder)
    if (std::error_code code = fs::remove(options.output))
      return llvm::joinErrors(std::move(err),
                              error("expected to remove " + options.output + " again, but " + code.message()));
  return err;
}
