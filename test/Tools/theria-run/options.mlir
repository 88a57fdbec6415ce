// Every option is in --help.
// RUN: theria-run --help | FileCheck %s --check-prefix=HELP
// HELP: USAGE: theria-run [options] <file.mlir>
// HELP-DAG: --atol=<number> {{.*}}(1e-8)
// HELP-DAG: --rtol=<number> {{.*}}(1e-5)
// HELP-DAG: --derive=<step,...>
// HELP-DAG: --expect=<@FILE.npy>
// HELP-DAG: --fill=<FILL>
// HELP-DAG: --function=<name>
// HELP-DAG: --input=<value>
// HELP-DAG: --output=<@FILE.npy>
// HELP-DAG: --path=<name>
// HELP-DAG: --signature
// HELP-DAG: --time=<N>
// HELP-DAG: --wrt=<index,...>
// HELP-DAG: --check[=<FILE.json>]
// HELP-DAG: --check-lines=<line,...>
// HELP-DAG: --precision=<bits>
// HELP-DAG: --report[=<FILE.json>]
// HELP-DAG: --cache=<DIR>
// HELP-DAG: --cache-size=<MiB>
// HELP-DAG: --threads=<N>
// HELP-DAG: --tile=<ROWSxCOLUMNS>

// RUN: theria-run %s --fill=ones --path=oracle
// RUN: not theria-run %s --fill=ones --check --check-lines=speed 2>&1 | FileCheck %s --check-prefix=LINES
// LINES: error: expected lines of a certificate for --check-lines, accuracy, differences, stages, adjoint, symmetry, closure, memory, bits, but found 'speed'
// RUN: not theria-run %s --fill=ones --check-lines=bits 2>&1 | FileCheck %s --check-prefix=ALONE
// ALONE: error: expected --check with --check-lines, but found --check-lines alone; give both
// RUN: not theria-run %s --fill=ones --check --path=oracle 2>&1 | FileCheck %s --check-prefix=CHECKED
// CHECKED: error: expected a compiled program for --check, but found --path=oracle; choose streaming or reference
// RUN: theria-run %s --fill=ones --path=reference
// RUN: theria-run %s --fill=ones --path=streaming --threads=2 --tile=3x5
// RUN: not theria-run %s --fill=ones --path=fast 2>&1 | FileCheck %s --check-prefix=PATH
// PATH: error: expected streaming, reference or oracle for --path, but found 'fast'

// RUN: theria-run %s --fill=ones --time=4 | FileCheck %s --check-prefix=TIME
// TIME: time: median {{[0-9.e-]+}} ms, min {{[0-9.e-]+}} ms of 4 runs
// TIME: result 0: f32, value 2
// RUN: not theria-run %s --fill=ones --time=0 2>&1 | FileCheck %s --check-prefix=NORUNS
// NORUNS: error: expected 1 to 1000000 runs for --time, but found '0'; give a number of runs
// RUN: not theria-run %s --fill=ones --time=4294967295 2>&1 | FileCheck %s --check-prefix=MANYRUNS
// MANYRUNS: error: expected 1 to 1000000 runs for --time, but found '4294967295'

// RUN: not theria-run %s --fill=ones --derive=vjp,grad 2>&1 | FileCheck %s --check-prefix=STEP
// STEP: error: expected jvp, vjp or hvp for --derive, but found 'grad'
// RUN: not theria-run %s --fill=ones --wrt=0 2>&1 | FileCheck %s --check-prefix=WRT
// RUN: not theria-run %s --fill=ones --derive=vjp --wrt=x 2>&1 | FileCheck %s --check-prefix=WRTNUMBER
// WRTNUMBER: error: expected numbers of arguments, counted from 0, for --wrt, but found 'x'; see --signature
// WRT: error: expected --derive with --wrt, but found --wrt alone; say which derivative to take

// RUN: not theria-run %s --fill=ones --cache= 2>&1 | FileCheck %s --check-prefix=CACHE
// CACHE: error: expected --cache=DIR or --cache=off, but found nothing; name a folder
// RUN: not theria-run %s --fill=ones --cache-size=0 2>&1 | FileCheck %s --check-prefix=CACHESIZE
// CACHESIZE: error: expected 1 to 1048576 MiB for --cache-size, but found '0'; give a number such as 512

// RUN: not theria-run %s --fill=ones --rtol=small 2>&1 | FileCheck %s --check-prefix=TOLERANCE
// TOLERANCE: error: expected a number of at least 0 for --rtol, but found 'small'; give one such as 1e-5

// RUN: not theria-run %s --fill=ones --fill=zeros 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: expected --fill once, but found it 2 times; give one value

// RUN: not theria-run %s --input=1 --input=2 2>&1 | FileCheck %s --check-prefix=PLURAL
// PLURAL: error: expected at most 1 input, but found 2; see --signature

// RUN: not theria-run 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: Not enough positional command line arguments specified!
// RUN: not theria-run %s --no-such-option 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: Unknown command line argument '--no-such-option'

func.func @main(%x: f32) -> f32 {
  %y = arith.addf %x, %x : f32
  return %y : f32
}
