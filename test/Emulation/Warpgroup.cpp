//===- Warpgroup.cpp - products of four warps -----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After the PTX ISA: Asynchronous Warpgroup Level Matrix Instructions.
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Warpgroup.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"

#include <cstring>

namespace theria::emulation {

/// wgmma.mma_async.m64nNk16, as its text says.
struct Shape {
  unsigned columns = 0;
  /// Of descriptors, beside the words that threads have: what is added to these, and the other words.
  uint32_t leftStep = 0, leftHigh = 0, rightStep = 0, rightHigh = 0;
  bool isHalf = false, inRegisters = false, adds = false, turnsLeft = false, turnsRight = false;
};

static const Shape &shapeOf(const Site &site) {
  static llvm::DenseMap<const Site *, Shape> known;
  auto [found, isNew] = known.try_emplace(&site);
  if (!isNew)
    return found->second;
  Shape &shape = found->second;
  const llvm::StringRef text = site.text;
  shape.adds = text.contains("setp.ne.b32 adds, 1, 0;");
  shape.isHalf = text.contains(".f32.f16.f16 ");
  shape.inRegisters = !text.contains("mov.b64 left,");
  auto read = [&](llvm::StringRef before, llvm::StringRef after, uint32_t &number) {
    text.split(before).second.split(after).second.split(';').first.getAsInteger(10, number);
  };
  read("add.u32 leftLow, $", ", ", shape.leftStep);
  read("mov.b32 leftHigh,", " ", shape.leftHigh);
  read("add.u32 rightLow, $", ", ", shape.rightStep);
  read("mov.b32 rightHigh,", " ", shape.rightHigh);
  text.split("m64n").second.split('k').first.getAsInteger(10, shape.columns);
  const llvm::StringRef flags = text.split("adds, 1, 1, ").second;
  shape.turnsLeft = !shape.inRegisters && flags.starts_with("1");
  shape.turnsRight = flags.split(';').first.ends_with("1");
  return shape;
}

/// A matrix in shared memory, 16 deep, as a descriptor tells of it.
class Panels {
public:
  Panels(uint64_t high, uint64_t low, bool turned) : Panels(high << 32 | low, turned) {}
  Panels(uint64_t descriptor, bool turned)
      : start((descriptor & 0x3fff) << 4), across((descriptor >> 16 & 0x3fff) << 4),
        stride((descriptor >> 32 & 0x3fff) << 4), rowBytes(256 >> (descriptor >> 62)), turned(turned) {}

  char *at(uint64_t line, uint64_t depth) const {
    const uint64_t width = rowBytes / 2;
    uint64_t place = start;
    if (turned)
      place += line / width * across + line % width * 2 + depth / 8 * stride + depth % 8 * rowBytes;
    else
      place += line / 8 * stride + line % 8 * rowBytes + depth * 2;
    return machine()->sharedMemory() + (place ^ (place >> 3 & (rowBytes - 16)));
  }

  uint16_t load(uint64_t line, uint64_t depth) const {
    uint16_t bits;
    std::memcpy(&bits, at(line, depth), sizeof(bits));
    return bits;
  }

  /// Calls `see` with the address of every 16 bytes of so many lines.
  template <typename See> void forEachPiece(uint64_t first, uint64_t lines, See see) const {
    for (uint64_t line = 0; line < lines; line += turned ? 8 : 1)
      for (uint64_t depth = 0; depth < 16; depth += turned ? 1 : 8)
        see(at(first + line, depth));
  }

private:
  uint64_t start, across, stride, rowBytes;
  bool turned;
};

static constexpr uint32_t kTag = 0x7fd00000, kTagBits = 0xfff00000;
static constexpr unsigned kSumsOfTag = 128, kRowsOfWarp = 16;

static uint64_t warpOfGroup(int64_t thread) { return uint64_t(thread) / Machine::lanes % 4; }

static Panels leftOf(const Shape &shape, const Lane &lane) {
  const unsigned sums = shape.adds ? shape.columns / 2 : 0;
  return {shape.leftHigh, argument<uint32_t>(lane, sums) + shape.leftStep, shape.turnsLeft};
}

static Panels rightOf(const Shape &shape, const Lane &lane) {
  const unsigned sums = shape.adds ? shape.columns / 2 : 0;
  return {shape.rightHigh, argument<uint32_t>(lane, sums + (shape.inRegisters ? 4 : 1)) + shape.rightStep,
          shape.turnsRight};
}

/// The lanes of a warp share out what it reads.
static void readOperands(const Site &site, const Lane &lane) {
  const Shape &shape = shapeOf(site);
  uint64_t number = 0;
  auto see = [&](char *address) {
    if (number++ % Machine::lanes == uint64_t(lane.thread) % Machine::lanes)
      machine()->accessByProduct(site, address, 16);
  };
  if (!shape.inRegisters)
    leftOf(shape, lane).forEachPiece(warpOfGroup(lane.thread) * kRowsOfWarp, kRowsOfWarp, see);
  rightOf(shape, lane).forEachPiece(0, shape.columns, see);
}

static void startProduct(const Site &site, const Lane &lane) {
  Products &products = machine()->products();
  if (!products.areFenced)
    machine()->stopUnless("expected wgmma.fence between other uses of its registers and wgmma", site);
  const Shape &shape = shapeOf(site);
  readOperands(site, lane);
  const auto number = uint32_t(products.started.size());
  products.started.push_back({&site, std::vector<char>(lane.arguments, lane.arguments + lane.count * kSlot)});
  for (unsigned sum = 0; sum < shape.columns / 2; ++sum)
    setResult(lane, sum, kTag | (number * kSumsOfTag + sum));
}

/// The sum that a register holds, or stands for.
static float resolve(const Products &products, uint32_t bits) {
  float value;
  const uint32_t tag = bits & ~kTagBits, number = tag / kSumsOfTag, place = tag % kSumsOfTag;
  if ((bits & kTagBits) == kTag && number < products.finished && place < products.started[number].sums.size())
    return products.started[number].sums[place];
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

/// A product that all lanes of a warp have started.
static void multiply(std::vector<Lane> &lanes, size_t number) {
  auto product = [&](size_t lane) -> StartedProduct & {
    return machine()->products(lanes[lane].thread).started[number];
  };
  const Shape &shape = shapeOf(*product(0).site);
  const unsigned sums = shape.columns / 2;
  auto given = [&](size_t lane) { return Lane{product(lane).arguments.data(), nullptr, lanes[lane].thread}; };
  auto number16 = [&](uint16_t bits) { return shape.isHalf ? widened<true>(bits) : widened<false>(bits); };
  float a[kRowsOfWarp][16];
  const Panels right = rightOf(shape, given(0));
  for (size_t lane = 0; lane < lanes.size(); ++lane)
    for (unsigned place = 0; place < 8; ++place) {
      const size_t row = lane / 4 + 8 * (place / 2 % 2), depth = 2 * (lane % 4) + place % 2 + 8 * (place / 4);
      const unsigned slot = (shape.adds ? sums : 0) + place / 2;
      a[row][depth] = number16(
          shape.inRegisters ? uint16_t(argument<uint32_t>(given(lane), slot) >> (16 * (place % 2)))
                            : leftOf(shape, given(0)).load(warpOfGroup(lanes[0].thread) * kRowsOfWarp + row, depth));
    }
  for (size_t lane = 0; lane < lanes.size(); ++lane)
    for (unsigned place = 0; place < sums; ++place) {
      const size_t row = lane / 4 + 8 * (place / 2 % 2), column = 8 * (place / 4) + 2 * (lane % 4) + place % 2;
      double sum =
          shape.adds ? resolve(machine()->products(lanes[lane].thread), argument<uint32_t>(given(lane), place)) : 0;
      for (size_t depth = 0; depth < 16; ++depth)
        sum += double(a[row][depth]) * double(number16(right.load(column, depth)));
      product(lane).sums.push_back(float(sum));
    }
}

/// What a warp waits for, as one; then each of its lanes puts sums in the place of what stands for them.
static std::string finishProducts(std::vector<Lane> &lanes) {
  const size_t count = machine()->products(lanes.front().thread).finished;
  for (size_t number = 0; number < count; ++number)
    if (machine()->products(lanes.front().thread).started[number].sums.empty())
      multiply(lanes, number);
  for (const Lane &lane : lanes) {
    Products &products = machine()->products(lane.thread);
    for (unsigned place = 0; place < lane.count; ++place)
      setResult(lane, place, resolve(products, argument<uint32_t>(lane, place)));
    products.areFenced = false;
    if (products.finished == products.started.size())
      products = Products();
  }
  return {};
}

static constexpr llvm::StringLiteral kWait = "wgmma.wait_group.sync.aligned ";

static void waitForProducts(const Site &site, const Lane &lane) {
  Products &products = machine()->products();
  size_t groups = 0; // That may go on.
  llvm::StringRef(site.text).drop_front(kWait.size()).consumeInteger(10, groups);
  const size_t before = products.finished;
  if (groups < products.groups.size())
    products.finished = std::max(before, products.groups[products.groups.size() - 1 - groups]);
  // Until now they may have read.
  for (size_t number = before; number < products.finished; ++number) {
    StartedProduct &product = products.started[number];
    readOperands(*product.site, {product.arguments.data(), nullptr, lane.thread});
  }
  machine()->collective(site, finishProducts, lane);
}

void fenceRegisters(const Site &, const Lane &) { machine()->products().areFenced = true; }
void commitProducts(const Site &, const Lane &) {
  machine()->products().groups.push_back(machine()->products().started.size());
}

const Intrinsic *findAssembly(llvm::StringRef text) {
  static const Intrinsic start = {startProduct}, wait = {waitForProducts, finishProducts};
  if (text.starts_with(kWait))
    return &wait;
  return text.contains("\nwgmma.mma_async.sync.aligned.m64n") ? &start : nullptr;
}

} // namespace theria::emulation
