// Calls that nest deeper than the stack. ThreadSanitizer keeps a stack of calls of its own, which ends before.
// UNSUPPORTED: thread-sanitizer
// RUN: python3 %S/Inputs/errors.py %s

// ends(10) runs, ends(-1): error: expected calls that end, but they nest deeper than the stack
func.func @even(%n: i64) -> i1 {
  %zero = arith.constant 0 : i64
  %last = arith.cmpi eq, %n, %zero : i64
  %r = scf.if %last -> i1 {
    scf.yield %last : i1
  } else {
    %one = arith.constant 1 : i64
    %m = arith.subi %n, %one : i64
    %odd = func.call @odd(%m) : (i64) -> i1
    scf.yield %odd : i1
  }
  return %r : i1
}
func.func @odd(%n: i64) -> i1 {
  %even = func.call @even(%n) : (i64) -> i1
  %true = arith.constant true
  %r = arith.xori %even, %true : i1
  return %r : i1
}
func.func @ends(%n: i64) -> i1 {
  %r = call @even(%n) : (i64) -> i1
  return %r : i1
}
