//===- Intrinsics.cpp - what NVIDIA's intrinsics do -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After the PTX ISA, 9.7: Instructions.
//
//===----------------------------------------------------------------------===//

#include "test/Emulation/Intrinsics.h"

#include "test/Emulation/Warpgroup.h"

#include "llvm/ADT/StringMap.h"

#include <cmath>

namespace theria::emulation {

static char *addressOf(const Lane &lane, unsigned number) {
  return reinterpret_cast<char *>(argument<uintptr_t>(lane, number));
}

static void barrier(const Site &site, const Lane &) { machine()->barrier(site); }

static void threadId(const Site &, const Lane &lane) { setResult(lane, 0, int32_t(machine()->threadNumber())); }
static void blockId(const Site &, const Lane &lane) { setResult(lane, 0, int32_t(machine()->blockNumber())); }
static void zero(const Site &, const Lane &lane) { setResult(lane, 0, int32_t(0)); }
static void one(const Site &, const Lane &lane) { setResult(lane, 0, int32_t(1)); }
static void threadCount(const Site &, const Lane &lane) {
  setResult(lane, 0, int32_t(machine()->dimensions().threads));
}
static void blockCount(const Site &, const Lane &lane) { setResult(lane, 0, int32_t(machine()->dimensions().blocks)); }

/// vote.sync.any.pred: whether any lane says so.
static std::string voteAny(std::vector<Lane> &lanes) {
  const bool any = llvm::any_of(lanes, [](const Lane &lane) { return argument<uint8_t>(lane, 1) != 0; });
  for (const Lane &lane : lanes)
    setResult(lane, 0, uint8_t(any));
  return {};
}

/// shfl.sync.bfly.b32: the value of the lane whose number differs in the bits of the third argument.
static std::string shuffleButterfly(std::vector<Lane> &lanes) {
  for (size_t number = 0; number < lanes.size(); ++number) {
    if (argument<uint32_t>(lanes[number], 0) != 0xffffffffu)
      return "expected all lanes of the warp in the mask";
    const auto from = number ^ argument<uint32_t>(lanes[number], 2);
    if (from >= lanes.size())
      return "expected a lane of the warp, but found " + std::to_string(from);
    setResult(lanes[number], 0, argument<uint32_t>(lanes[from], 1));
    setResult(lanes[number], 1, true);
  }
  return {};
}

/// Adds a product of matrices to the sums of mma.m16n8, the seventh argument of a lane and the next three.
template <size_t length>
static void addProducts(std::vector<Lane> &lanes, const float (&a)[16][length], const float (&b)[length][8]) {
  for (size_t lane = 0; lane < lanes.size(); ++lane)
    for (unsigned number = 0; number < 4; ++number) {
      const size_t row = lane / 4 + 8 * (number / 2), column = 2 * (lane % 4) + number % 2;
      double sum = argument<float>(lanes[lane], 6 + number);
      for (size_t depth = 0; depth < length; ++depth)
        sum += double(a[row][depth]) * double(b[depth][column]);
      setResult(lanes[lane], number, float(sum));
    }
}

/// mma.sync.m16n8k16.row.col: registers of A, B and the sums as the PTX ISA's figures show them.
template <bool isHalf> static std::string multiply16(std::vector<Lane> &lanes) {
  float a[16][16], b[16][8];
  auto half = [&](size_t lane, unsigned number, unsigned part) {
    return widened<isHalf>(uint16_t(argument<uint32_t>(lanes[lane], number) >> (16 * part)));
  };
  for (size_t lane = 0; lane < lanes.size(); ++lane) {
    const size_t group = lane / 4, place = lane % 4;
    for (unsigned number = 0; number < 4; ++number)
      for (unsigned part = 0; part < 2; ++part)
        a[group + 8 * (number % 2)][2 * place + part + 8 * (number / 2)] = half(lane, number, part);
    for (unsigned number = 0; number < 2; ++number)
      for (unsigned part = 0; part < 2; ++part)
        b[2 * place + part + 8 * number][group] = half(lane, 4 + number, part);
  }
  addProducts(lanes, a, b);
  return {};
}

/// mma.sync.m16n8k8.row.col of tf32, which has 10 digits after the first: the last 13 bits of a number are not read.
static std::string multiplyTf32(std::vector<Lane> &lanes) {
  float a[16][8], b[8][8];
  auto number = [&](size_t lane, unsigned slot) {
    const uint32_t bits = argument<uint32_t>(lanes[lane], slot) & ~0x1fffu;
    float value;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  };
  for (size_t lane = 0; lane < lanes.size(); ++lane) {
    const size_t group = lane / 4, place = lane % 4;
    for (unsigned slot = 0; slot < 4; ++slot)
      a[group + 8 * (slot % 2)][place + 4 * (slot / 2)] = number(lane, slot);
    for (unsigned slot = 0; slot < 2; ++slot)
      b[place + 4 * slot][group] = number(lane, 4 + slot);
  }
  addProducts(lanes, a, b);
  return {};
}

/// cp.async of 16 bytes, of which as many come from memory as the third argument says, if there is one.
template <bool isPartial> static void copy16(const Site &site, const Lane &lane) {
  machine()->copy(site, addressOf(lane, 0), addressOf(lane, 1), 16, isPartial ? argument<uint32_t>(lane, 2) : 16);
}

/// ex2.approx.ftz.f32, but for its error.
static void powerOfTwo(const Site &, const Lane &lane) {
  const float power = std::exp2(argument<float>(lane, 0));
  setResult(lane, 0, power < std::numeric_limits<float>::min() ? 0.0f : power);
}

static void endGroup(const Site &, const Lane &) { machine()->endGroup(); }
static void waitForGroups(const Site &, const Lane &lane) { machine()->waitForGroups(argument<uint32_t>(lane, 0)); }

/// ldmatrix.m8n8.x4.b16: lanes 8m to 8m + 7 hold the addresses of the rows of matrix m. Of each, a lane gets the
/// elements 2t and 2t + 1 of row g, transposed of the rows 2t and 2t + 1 element g, where g = lane / 4 and t = lane
/// % 4.
template <bool isTransposed> static std::string loadMatrices(std::vector<Lane> &lanes) {
  auto element = [&](size_t matrix, size_t row, size_t place) {
    uint16_t bits;
    std::memcpy(&bits, addressOf(lanes[8 * matrix + row], 0) + 2 * place, sizeof(bits));
    return uint32_t(bits);
  };
  for (size_t lane = 0; lane < lanes.size(); ++lane)
    for (unsigned matrix = 0; matrix < 4; ++matrix) {
      const size_t group = lane / 4, pair = 2 * (lane % 4);
      const uint32_t first = isTransposed ? element(matrix, pair, group) : element(matrix, group, pair);
      const uint32_t second = isTransposed ? element(matrix, pair + 1, group) : element(matrix, group, pair + 1);
      setResult(lanes[lane], matrix, first | second << 16);
    }
  return {};
}

/// stmatrix.m8n8.x4.b16: ldmatrix the other way.
static std::string storeMatrices(std::vector<Lane> &lanes) {
  for (size_t lane = 0; lane < lanes.size(); ++lane)
    for (unsigned matrix = 0; matrix < 4; ++matrix) {
      const auto pair = argument<uint32_t>(lanes[lane], 1 + matrix);
      std::memcpy(addressOf(lanes[8 * matrix + lane / 4], 0) + 4 * (lane % 4), &pair, sizeof(pair));
    }
  return {};
}

static void storeTogether(const Site &site, const Lane &lane) {
  machine()->access(site, addressOf(lane, 0), 16, /*isWrite=*/true);
  machine()->collective(site, storeMatrices, lane);
}

static void showToProducts(const Site &, const Lane &) { machine()->showToProducts(); }

template <Collective function> static void loadTogether(const Site &site, const Lane &lane) {
  machine()->access(site, addressOf(lane, 0), 16, /*isWrite=*/false);
  machine()->collective(site, function, lane);
}

template <Collective function> static void together(const Site &site, const Lane &lane) {
  machine()->collective(site, function, lane);
}

const Intrinsic *findIntrinsic(llvm::StringRef name) {
  static const llvm::StringMap<Intrinsic> table = {
      {"llvm.nvvm.barrier.cta.sync.aligned.all", {barrier}},
      {"llvm.nvvm.barrier0", {barrier}},
      {"llvm.nvvm.read.ptx.sreg.tid.x", {threadId}},
      {"llvm.nvvm.read.ptx.sreg.tid.y", {zero}},
      {"llvm.nvvm.read.ptx.sreg.tid.z", {zero}},
      {"llvm.nvvm.read.ptx.sreg.ctaid.x", {blockId}},
      {"llvm.nvvm.read.ptx.sreg.ctaid.y", {zero}},
      {"llvm.nvvm.read.ptx.sreg.ctaid.z", {zero}},
      {"llvm.nvvm.read.ptx.sreg.ntid.x", {threadCount}},
      {"llvm.nvvm.read.ptx.sreg.ntid.y", {one}},
      {"llvm.nvvm.read.ptx.sreg.ntid.z", {one}},
      {"llvm.nvvm.read.ptx.sreg.nctaid.x", {blockCount}},
      {"llvm.nvvm.cp.async.cg.shared.global.16", {copy16<false>}},
      {"llvm.nvvm.cp.async.cg.shared.global.16.s", {copy16<true>}},
      {"llvm.nvvm.cp.async.commit.group", {endGroup}},
      {"llvm.nvvm.cp.async.wait.group", {waitForGroups}},
      {"llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4.b16.p3", {loadTogether<loadMatrices<false>>, loadMatrices<false>}},
      {"llvm.nvvm.ldmatrix.sync.aligned.m8n8.x4.trans.b16.p3", {loadTogether<loadMatrices<true>>, loadMatrices<true>}},
      {"llvm.nvvm.stmatrix.sync.aligned.m8n8.x4.b16.p3", {storeTogether, storeMatrices}},
      {"llvm.nvvm.fence.proxy.async.shared_cta", {showToProducts}},
      {"llvm.nvvm.wgmma.fence.sync.aligned", {fenceRegisters}},
      {"llvm.nvvm.wgmma.commit_group.sync.aligned", {commitProducts}},
      {"llvm.nvvm.mma.m16n8k16.row.col.bf16", {together<multiply16<false>>, multiply16<false>}},
      {"llvm.nvvm.mma.m16n8k16.row.col.f32.f32", {together<multiply16<true>>, multiply16<true>}},
      {"llvm.nvvm.mma.m16n8k8.row.col.tf32", {together<multiplyTf32>, multiplyTf32}},
      {"llvm.nvvm.ex2.approx.ftz.f32", {powerOfTwo}},
      {"llvm.nvvm.vote.any.sync", {together<voteAny>}},
      {"llvm.nvvm.shfl.sync.bfly.i32", {together<shuffleButterfly>}},
      {"llvm.nvvm.shfl.sync.bfly.f32", {together<shuffleButterfly>}},
      {"llvm.nvvm.shfl.sync.bfly.i32p", {together<shuffleButterfly>}},
      {"llvm.nvvm.shfl.sync.bfly.f32p", {together<shuffleButterfly>}},
  };
  auto found = table.find(name);
  return found == table.end() ? nullptr : &found->second;
}

} // namespace theria::emulation
