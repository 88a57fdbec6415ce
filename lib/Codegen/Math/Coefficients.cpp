//===- Coefficients.cpp - polynomials of the elementary functions --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written by coefficients.py.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Coefficients.h"

namespace theria::codegen {

const Coefficients &coefficients(bool isDouble) {
  static const Coefficients f32 = {
      .exp = {0x1.fffffc0000000p-2, 0x1.5554900000000p-3, 0x1.5558f40000000p-5, 0x1.123a6a0000000p-7,
              0x1.6a23840000000p-10},
      .exp2 = {0x1.62e4300000000p-1, 0x1.ebfbdc0000000p-3, 0x1.c6aee60000000p-5, 0x1.3b2d4c0000000p-7,
               0x1.5f3f500000000p-10, 0x1.41fdf00000000p-13},
      .sinh = {0x1.5555560000000p-3, 0x1.110fbe0000000p-7, 0x1.a2e2f40000000p-13},
      .cosh = {0x1.0000000000000p-1, 0x1.5554e60000000p-5, 0x1.6d4f260000000p-10},
      .atanh = {0x1.55557a0000000p-1, 0x1.995ed40000000p-2, 0x1.31e0e20000000p-2},
      .sin = {-0x1.5555420000000p-3, 0x1.1105f40000000p-7, -0x1.98d3aa0000000p-13},
      .cos = {0x1.5555480000000p-5, -0x1.6c0aee0000000p-10, 0x1.998e520000000p-16},
      .erf = {0x1.06eba80000000p-3, -0x1.81273e0000000p-2, 0x1.ce2ce60000000p-4, -0x1.b7f71a0000000p-6,
              0x1.53f22e0000000p-8, -0x1.a351c60000000p-11, 0x1.4773780000000p-14},
      .erfc = {0x1.b5d8780000000p-2, -0x1.17c4ee0000000p-1, 0x1.2324da0000000p-4, 0x1.bdf6de0000000p-5,
               0x1.f8e32e0000000p-8, -0x1.bb40e60000000p-7},
      .atan = {-0x1.55554a0000000p-2, 0x1.9991e20000000p-3, -0x1.23b9a00000000p-3, 0x1.b224140000000p-4,
               -0x1.f2e3a40000000p-5},
      .cbrt = {0x1.0000480000000p+0, 0x1.5536ea0000000p-2, -0x1.c8e59a0000000p-4, 0x1.0d74460000000p-4,
               -0x1.358ecc0000000p-5},
      .log2e = {0x1.7154760000000p+0, 0x1.4ae0c00000000p-26},
      .log10e = {0x1.bcb7b20000000p-2, -0x1.5b235e0000000p-27},
      .ln2 = {0x1.62e4000000000p-1, 0x1.7f7d1c0000000p-20},
      .log10of2 = {0x1.3440000000000p-2, 0x1.3509f80000000p-18},
      .twoOverPi = {0x1.45f3060000000p-1},
      .halfPi = {0x1.921fb60000000p+0, -0x1.777a5c0000000p-25, -0x1.ee59da0000000p-50},
  };
  static const Coefficients f64 = {
      .exp = {0x1.000000000000ap-1, 0x1.55555555554f9p-3, 0x1.55555555507f0p-5, 0x1.1111111127e5ep-7,
              0x1.6c16c1844b1dbp-10, 0x1.a01a0129be945p-13, 0x1.a01999ad7db59p-16, 0x1.71df26191550dp-19,
              0x1.28adcebdeeb02p-22, 0x1.ad7f1d087f150p-26},
      .exp2 = {0x1.62e42fefa39efp-1, 0x1.ebfbdff82c59dp-3, 0x1.c6b08d704a0ddp-5, 0x1.3b2ab6fba1011p-7,
               0x1.5d87fe78b21afp-10, 0x1.4309130c54096p-13, 0x1.ffcbfbffbaff4p-17, 0x1.62bfcd1d7fd5fp-20,
               0x1.b526004593beep-24, 0x1.e612e1a86bd33p-28, 0x1.e8222fd6eb037p-32},
      .sinh = {0x1.5555555555555p-3, 0x1.1111111111386p-7, 0x1.a01a019ea1939p-13, 0x1.71de407ba9294p-19,
               0x1.ae4cf28138c15p-26, 0x1.827da495d6928p-33},
      .cosh = {0x1.0000000000000p-1, 0x1.5555555555558p-5, 0x1.6c16c16c14ffap-10, 0x1.a01a01ad80fcfp-16,
               0x1.27e4cc09482dap-22, 0x1.1f8bee3f69403p-29},
      .atanh = {0x1.5555555555592p-1, 0x1.999999997ff08p-2, 0x1.24924941e2f71p-2, 0x1.c71c52128c5dep-3,
                0x1.74663d5e77f11p-3, 0x1.39a1db9251234p-3, 0x1.2f04500232c8dp-3},
      .sin = {-0x1.5555555555544p-3, 0x1.111111110f088p-7, -0x1.a01a019b0af01p-13, 0x1.71de348f228a4p-19,
              -0x1.ae5dada3f5f20p-26, 0x1.5d5d090c013dcp-33},
      .cos = {0x1.5555555555546p-5, -0x1.6c16c16c14566p-10, 0x1.a01a019b87364p-16, -0x1.27e4f734ee6b4p-22,
              0x1.1ee95ceceddefp-29, -0x1.8f6582d36890bp-37},
      .erf = {0x1.06eba8214db69p-3, -0x1.812746b037a25p-2, 0x1.ce2f21a0458d6p-4, -0x1.b82ce31354ba5p-6,
              0x1.565bcd2c5e31dp-8, -0x1.c02db931f358bp-11, 0x1.f9a3b92957689p-14, -0x1.f4dceda5cf7cbp-17,
              0x1.ba68dec4dd11ap-20, -0x1.638ecda7c41e7p-23, 0x1.13152d37c620dp-26, -0x1.c46e168b73850p-30,
              0x1.3b33f95551b97p-33},
      .erfc = {0x1.b5d8780f956b2p-2, -0x1.17c4e3f17c000p-1, 0x1.231222559b3a7p-4, 0x1.c05ecfeb8b037p-5,
               0x1.78737e5714dabp-8, -0x1.03bb0f596028fp-7, -0x1.6178ae189dc59p-8, -0x1.3c06f08d28487p-10,
               0x1.605cddb6e648cp-11, 0x1.fa93e285d05acp-11, 0x1.caadc72066630p-13, 0x1.9f08adf222030p-12,
               -0x1.57303f7eb5a9fp-12, -0x1.c2c66fc21266dp-14},
      .atan = {-0x1.555555555553dp-2, 0x1.999999999585fp-3, -0x1.24924922acecap-3, 0x1.c71c70e5d6f90p-4,
               -0x1.745cf8d536ff6p-4, 0x1.3b111891fcd23p-4, -0x1.10ebb1d5860cap-4, 0x1.df0eea6d27f0ap-5,
               -0x1.9cd0feed25e6bp-5, 0x1.37d12425643fcp-5, -0x1.25605b2839018p-6},
      .cbrt = {0x1.0000473b58b52p+0, 0x1.5536e942da9e5p-2, -0x1.c8e59918e0aacp-4, 0x1.0d74462e30e74p-4,
               -0x1.358ecc1d7d541p-5},
      .log2e = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56},
      .log10e = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57},
      .ln2 = {0x1.62e42fefa3800p-1, 0x1.ef35793c76730p-45},
      .log10of2 = {0x1.34413509f7800p-2, 0x1.fef311f12b358p-46},
      .twoOverPi = {0x1.45f306dc9c883p-1},
      .halfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110},
  };
  return isDouble ? f64 : f32;
}

} // namespace theria::codegen
