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

const uint64_t twoOverPiDigits[twoOverPiWords] = {
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
    0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab};

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
      .asin = {0x1.55554c0000000p-3, 0x1.3338aa0000000p-4, 0x1.6ca7dc0000000p-5, 0x1.04cd0a0000000p-5,
               0x1.d58a520000000p-7, 0x1.349e0c0000000p-5},
      .erfcTail = {0x1.e66d060000000p-3, -0x1.1f36760000000p-3, 0x1.d5eed80000000p-9, 0x1.5100c40000000p-4,
                   -0x1.bda95a0000000p-4, 0x1.7a21ca0000000p-4, -0x1.e09ac20000000p-5, 0x1.cf6b2e0000000p-6,
                   -0x1.464d780000000p-7, 0x1.e071e20000000p-10, 0x1.a011320000000p-11},
      .atanhRest = {0x1.997b3a0000000p-2, 0x1.2f55300000000p-2},
      .cbrt = {0x1.0000480000000p+0, 0x1.5536ea0000000p-2, -0x1.c8e59a0000000p-4, 0x1.0d74460000000p-4,
               -0x1.358ecc0000000p-5},
      .log2e = {0x1.7154760000000p+0, 0x1.4ae0c00000000p-26},
      .log10e = {0x1.bcb7b20000000p-2, -0x1.5b235e0000000p-27},
      .ln2 = {0x1.62e4000000000p-1, 0x1.7f7d1c0000000p-20},
      .log10of2 = {0x1.3440000000000p-2, 0x1.3509f80000000p-18},
      .twoOverPi = {0x1.45f3060000000p-1},
      .halfPi = {0x1.921fb60000000p+0, -0x1.777a5c0000000p-25, -0x1.ee59da0000000p-50},
      .threeQuartersPi = {0x1.2d97c80000000p+1, -0x1.99bc5c0000000p-28},
      .twoThirds = {0x1.5555560000000p-1, -0x1.5555560000000p-26},
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
      .asin = {0x1.5555555555578p-3, 0x1.333333332df16p-4, 0x1.6db6db722b6b9p-5, 0x1.f1c71a8b96f5ap-6,
               0x1.6e8bdfe78821dp-6, 0x1.1c49ddebe1e47p-6, 0x1.ca2146b5e192ap-7, 0x1.7577769af0919p-7,
               0x1.618b46988a7a2p-7, 0x1.e15241f13f7c8p-9, 0x1.6504f3d040e72p-6, -0x1.59faf7adccdfap-6,
               0x1.0be5e0f51100fp-5},
      .erfcTail = {0x1.e66d05aeaee14p-3,  -0x1.1f367683f89a7p-3,  0x1.d5f2948159f64p-9,   0x1.510169d0967e2p-4,
                   -0x1.bda9309a29b54p-4, 0x1.7a14188a9a59ep-4,   -0x1.e0d0fa6daa324p-5,  0x1.d0b0037d8a12dp-6,
                   -0x1.3f603c498dec9p-7, 0x1.cc3a0e567b632p-10,  0x1.33fb3cbbc3f74p-12,  -0x1.303fa3863fcbcp-12,
                   0x1.b1402d03c6bf8p-15, 0x1.778bd9582408fp-16,  -0x1.7fd042dc4f288p-17, -0x1.05743d32f2184p-20,
                   0x1.d2d7c5dc537dbp-20, -0x1.e204c2ab308acp-25, -0x1.032f7e82468e7p-22, 0x1.75f426f521d44p-26,
                   0x1.ac62a079eaeb0p-26, -0x1.707fe6fa7b153p-29},
      .atanhRest = {0x1.9999999999996p-2, 0x1.2492492492f51p-2, 0x1.c71c71c5968e4p-3, 0x1.745d182957ca4p-3,
                    0x1.3b1364c8ccaccp-3, 0x1.11206f45a6b86p-3, 0x1.de3d6c2cb3a58p-4, 0x1.eac5e7d07804cp-4},
      .cbrt = {0x1.0000473b58b52p+0, 0x1.5536e942da9e5p-2, -0x1.c8e59918e0aacp-4, 0x1.0d74462e30e74p-4,
               -0x1.358ecc1d7d541p-5},
      .log2e = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56},
      .log10e = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57},
      .ln2 = {0x1.62e42fefa3800p-1, 0x1.ef35793c76730p-45},
      .log10of2 = {0x1.34413509f7800p-2, 0x1.fef311f12b358p-46},
      .twoOverPi = {0x1.45f306dc9c883p-1},
      .halfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110},
      .threeQuartersPi = {0x1.2d97c7f3321d2p+1, 0x1.a79394c9e8a0ap-54},
      .twoThirds = {0x1.5555555555555p-1, 0x1.5555555555555p-55},
  };
  return isDouble ? f64 : f32;
}

} // namespace theria::codegen
