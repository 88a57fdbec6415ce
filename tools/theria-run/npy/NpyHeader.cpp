//===- NpyHeader.cpp - The header of a .npy file --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html. A
// magic string, a version, the header's length, then a Python literal:
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
//
// Only this one shape of literal is read; there is no recursion to exhaust.
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/npy/Npy.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

#include <optional>

using namespace theria::run;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

std::string NpyType::name() const { return std::string(1, kind) + std::to_string(bytes); }

namespace {

/// Reads the dictionary of the header from left to right.
class DictionaryParser {
public:
  DictionaryParser(StringRef text, NpyHeader &header) : text(text), rest(text), header(header) {}

  Error parse();

private:
  Error parseEntry();
  Error parseType();
  Error parseBool(bool &value);
  Error parseShape();
  Error parseDimension();
  Expected<StringRef> parseString();

  void skipSpace() { rest = rest.ltrim(" \t\r\n"); }
  bool consume(StringRef token) {
    skipSpace();
    return rest.consume_front(token);
  }
  Error expected(const Twine &what) {
    skipSpace();
    std::string found = "the end";
    if (!rest.empty()) {
      found = "'";
      llvm::raw_string_ostream stream(found);
      llvm::printEscapedString(rest.take_front(12), stream);
      found += "'";
    }
    return error("expected " + what + " in the header, but found " + found + " at its byte " +
                 Twine(text.size() - rest.size()));
  }

  StringRef text, rest;
  NpyHeader &header;
  bool hasType = false, hasOrder = false, hasShape = false;
};

} // namespace

Error DictionaryParser::parse() {
  if (!consume("{"))
    return expected("'{'");
  while (!consume("}")) {
    if (Error err = parseEntry())
      return err;
    if (!consume(",")) {
      if (!consume("}"))
        return expected("',' or '}'");
      break;
    }
  }
  skipSpace();
  if (!rest.empty())
    return expected("nothing after '}'");
  if (!hasType || !hasOrder || !hasShape)
    return error("expected the keys 'descr', 'fortran_order' and 'shape' in "
                 "the header, but not all three are there");
  return Error::success();
}

Error DictionaryParser::parseEntry() {
  Expected<StringRef> key = parseString();
  if (!key)
    return key.takeError();
  bool *seen = *key == "descr" ? &hasType : *key == "fortran_order" ? &hasOrder : *key == "shape" ? &hasShape : nullptr;
  if (!seen || *seen) {
    rest = text.drop_front(key->data() - text.data());
    return expected("each of the keys 'descr', 'fortran_order' and 'shape' "
                    "once");
  }
  *seen = true;
  if (!consume(":"))
    return expected("':'");
  if (seen == &hasType)
    return parseType();
  if (seen == &hasOrder)
    return parseBool(header.isFortranOrder);
  return parseShape();
}

Expected<StringRef> DictionaryParser::parseString() {
  skipSpace();
  char quote = rest.empty() ? '\0' : rest.front();
  if (quote != '\'' && quote != '"')
    return expected("a string");
  size_t end = rest.find(quote, 1);
  if (end == StringRef::npos)
    return expected("a string that ends");
  StringRef value = rest.slice(1, end);
  rest = rest.drop_front(end + 1);
  return value;
}

Error DictionaryParser::parseType() {
  constexpr StringRef supported = "f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or b1";
  if (consume("["))
    return error("expected an element type of " + supported + ", but found a structured one; save one field of it");
  Expected<StringRef> descr = parseString();
  if (!descr)
    return descr.takeError();
  StringRef name = *descr;
  header.isBigEndian = name.consume_front(">");
  if (!header.isBigEndian && !name.consume_front("<") && !name.consume_front("|") && name.consume_front("="))
    header.isBigEndian = llvm::sys::IsBigEndianHost;
  if (name.starts_with("O"))
    return error("expected numbers, but found Python objects, which are never "
                 "read; save with .astype of a numeric type");
  static constexpr StringRef names[] = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"};
  if (!llvm::is_contained(names, name))
    return error("expected an element type of " + supported + ", but found '" + *descr + "'; convert it with .astype");
  header.type = {name[0], static_cast<unsigned>(name[1] - '0')};
  return Error::success();
}

Error DictionaryParser::parseBool(bool &value) {
  value = consume("True");
  if (!value && !consume("False"))
    return expected("True or False");
  return Error::success();
}

Error DictionaryParser::parseShape() {
  if (!consume("("))
    return expected("'(' before the shape");
  while (!consume(")")) {
    if (Error err = parseDimension())
      return err;
    if (consume(","))
      continue;
    // "(3)" is a number in Python, not a tuple.
    if (header.shape.size() == 1 || !consume(")"))
      return expected("',' in the shape");
    break;
  }
  return Error::success();
}

Error DictionaryParser::parseDimension() {
  skipSpace();
  int64_t dim = 0;
  StringRef digits = rest.take_while(llvm::isDigit);
  if (digits.empty())
    return expected("a dimension of at least 0");
  if (digits.getAsInteger(10, dim))
    return expected("a dimension that fits 64 bits");
  if (header.shape.size() == maxRank)
    return expected("at most " + Twine(maxRank) + " dimensions");
  rest = rest.drop_front(digits.size());
  rest.consume_front("L"); // Python 2 wrote long integers so.
  header.shape.push_back(dim);
  return Error::success();
}

Expected<NpyHeader> theria::run::readNpyHeader(StringRef file) {
  constexpr StringRef magic = "\x93NUMPY";
  if (!file.starts_with(magic))
    return error("expected a .npy file, but it does not begin with NumPy's "
                 "magic string; write it with numpy.save");
  StringRef rest = file.drop_front(magic.size());
  if (rest.size() < 2)
    return error("expected a version after the magic string, but the file ends");
  unsigned major = static_cast<uint8_t>(rest[0]);
  unsigned minor = static_cast<uint8_t>(rest[1]);
  if (major < 1 || major > 3 || minor != 0)
    return error("expected .npy version 1.0, 2.0 or 3.0, but found " + Twine(major) + "." + Twine(minor));
  rest = rest.drop_front(2);
  size_t lengthBytes = major == 1 ? 2 : 4;
  if (rest.size() < lengthBytes)
    return error("expected the header's length, but the file ends");
  size_t length =
      major == 1 ? llvm::support::endian::read16le(rest.data()) : llvm::support::endian::read32le(rest.data());
  rest = rest.drop_front(lengthBytes);
  if (rest.size() < length)
    return error("expected a header of " + Twine(length) + " bytes, but the file ends after " + Twine(rest.size()) +
                 " of them");
  NpyHeader header;
  header.dataOffset = magic.size() + 2 + lengthBytes + length;
  if (Error err = DictionaryParser(rest.take_front(length), header).parse())
    return err;
  return header;
}
