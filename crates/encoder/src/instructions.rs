//! Which instructions does this processor have, and how do they multiply? The one file with `unsafe` code, for two reasons:
//!
//! - A function compiled for instructions that a processor may lack must not run where it lacks them. [`Instructions`] can only be made
//!   by asking the processor ([`Instructions::all`]), so a value of it is the proof that each call below needs.
//! - Vector loads take pointers. Each stands in a `tile` function that first asserts the lengths of what it reads; all that it then
//!   reads lies at offsets below those.
//!
//! Every set gives the same integers, since all sums of products are exact, and the same floating-point numbers, since
//! [`crate::float`] fixes the order of operations.
#![allow(unsafe_code)]
#![allow(clippy::needless_range_loop, reason = "lanes and rows are numbered alike in several arrays")]

use crate::dense::Dense;
use crate::float::{self, Scratch};
use crate::quantized::{Activation, GROUP, Linear, PANEL, Panel, Rows};

/// A set of instructions that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instructions(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Instructions {
    /// The sets that this processor has, the fastest first; the last is plain code, which every processor has.
    pub fn all() -> Vec<Instructions> {
        let mut sets = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            let has_avx512 = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni");
            if has_avx2 && has_avx512 {
                sets.push(Set::Avx512Vnni);
            }
            if has_avx2 && is_x86_feature_detected!("avxvnni") {
                sets.push(Set::AvxVnni);
            }
            if has_avx2 {
                sets.push(Set::Avx2);
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            sets.push(Set::Neon);
        }
        sets.push(Set::Portable);
        sets.into_iter().map(Instructions).collect()
    }

    /// The fastest set.
    pub fn fastest() -> Instructions {
        Instructions::all().first().copied().unwrap_or(Instructions(Set::Portable))
    }

    /// What the set is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512Vnni => "AVX-512 VNNI",
            #[cfg(target_arch = "aarch64")]
            Set::Neon => "NEON",
        }
    }
}

/// Compiles a function of [`crate::float`] for each set, and calls the one for this processor.
macro_rules! compiled {
    ($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) = $body:path) => {
        $(#[$doc])*
        pub(crate) fn $name(self, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
            fn in_avx512($($argument: $type),*) {
                $body($($argument),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn in_avx2($($argument: $type),*) {
                $body($($argument),*);
            }
            match self.0 {
                // SAFETY: the set is only made where the processor has it.
                #[cfg(target_arch = "x86_64")]
                Set::Avx512Vnni => unsafe { in_avx512($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Set::Avx2 | Set::AvxVnni => unsafe { in_avx2($($argument),*) },
                _ => $body($($argument),*),
            }
        }
    };
}

impl Instructions {
    compiled! {
        /// Rounds each row of `length` values to bytes.
        quantize(input: &[f32], length: usize, rows: &mut Rows) = float::quantize
    }
    compiled! {
        /// Adds `added` and brings each row to mean 0 and variance 1, then to `gain` and `bias`.
        normalize(values: &mut [f32], added: Option<&[f32]>, gain: &[f32], bias: &[f32]) = float::normalize
    }
    compiled! {
        /// What the pieces of one sentence take from one another.
        attend(input: &[f32], width: usize, scratch: &mut Scratch, out: &mut [f32]) = float::attend
    }
    compiled! {
        /// The outputs of a small layer for each row of `input`.
        multiply_dense(dense: &Dense, input: &[f32], out: &mut [f32]) = float::multiply
    }
    compiled! {
        /// The sum of rows as long as `out`, each multiplied with its weight; the last row's weight is 1.
        combine(weights: &[f32], rows: &[f32], out: &mut [f32]) = float::combine
    }

    /// The outputs of a layer for each row of inputs, one row after another.
    pub(crate) fn multiply(self, linear: &Linear, rows: &Rows, activation: Activation, out: &mut [f32]) {
        match self.0 {
            Set::Portable => multiply_portable(linear, rows, activation, out),
            // SAFETY: the set is only made where the processor has it.
            #[cfg(target_arch = "x86_64")]
            Set::Avx512Vnni => unsafe { x86::multiply_avx512(linear, rows, activation, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => unsafe { x86::multiply_avxvnni(linear, rows, activation, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { x86::multiply_avx2(linear, rows, activation, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "aarch64")]
            Set::Neon => unsafe { neon::multiply_neon(linear, rows, activation, out) },
        }
    }
}

/// Makes a function that multiplies tile by tile: all rows by one panel, then by the next. The first number says how many rows a
/// tile has; the others, of falling size down to 1, make up what is left over.
macro_rules! multiply_by_tiles {
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident = $tile:ident of $($rows:literal),+) => {
        $(#[$attribute])*
        $visibility fn $name(linear: &Linear, rows: &Rows, activation: Activation, out: &mut [f32]) {
            let outputs = linear.outputs();
            for (number, panel) in linear.panels().enumerate() {
                let columns = number * PANEL..outputs.min((number + 1) * PANEL);
                let mut first = 0;
                $(while rows.count() - first >= $rows {
                    let sums: [[i32; PANEL]; $rows] = $tile(&rows.bytes[first * rows.width..], rows.width, &panel);
                    for (row, sums) in (first..).zip(&sums) {
                        let out = &mut out[row * outputs..][columns.clone()];
                        float::finish(sums, rows.scales[row], &panel, activation, out);
                    }
                    first += $rows;
                })+
            }
        }
    };
}

multiply_by_tiles! { fn multiply_portable = tile_portable of 4, 1 }

/// The sums of products of some rows with the 32 outputs of a panel, in plain code.
#[inline(always)]
fn tile_portable<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
    let mut sums = [*panel.offsets; R];
    for (group, weights) in panel.weights.chunks_exact(PANEL * GROUP).enumerate() {
        for (row, sums) in sums.iter_mut().enumerate() {
            let bytes = &bytes[row * width + group * GROUP..][..GROUP];
            for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(GROUP)) {
                for (byte, weight) in bytes.iter().zip(weights) {
                    *sum += i32::from(*byte) * i32::from(*weight);
                }
            }
        }
    }
    sums
}

/// That a tile of `rows` rows may be read group by group.
#[inline(always)]
fn assert_readable(bytes: &[u8], width: usize, panel: &Panel<'_>, rows: usize) {
    assert!(width.is_multiple_of(GROUP) && bytes.len() >= rows * width && panel.weights.len() >= width * PANEL);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::*;

    multiply_by_tiles! {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma")]
        pub fn multiply_avx512 = tile_avx512 of 12, 8, 4, 2, 1
    }
    multiply_by_tiles! {
        #[target_feature(enable = "avxvnni,avx2,fma")]
        pub fn multiply_avxvnni = tile_avxvnni of 3, 2, 1
    }
    multiply_by_tiles! {
        #[target_feature(enable = "avx2,fma")]
        pub fn multiply_avx2 = tile_avx2 of 3, 2, 1
    }

    /// Four inputs of a row, in every place of a vector.
    macro_rules! repeated {
        ($set:ident, $bytes:ident, $at:expr) => {
            // SAFETY: the caller has asserted that four bytes follow.
            $set(unsafe { $bytes.as_ptr().add($at).cast::<i32>().read_unaligned() })
        };
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    #[inline]
    fn tile_avx512<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
        assert_readable(bytes, width, panel, R);
        let (offsets, weights) = (panel.offsets.as_ptr(), panel.weights.as_ptr());
        // SAFETY: there are 32 offsets.
        let begin = unsafe { [_mm512_loadu_si512(offsets.cast()), _mm512_loadu_si512(offsets.add(16).cast())] };
        let mut sums = [begin; R];
        for group in 0..width / GROUP {
            // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
            let weights = unsafe {
                let weights = weights.add(group * PANEL * GROUP);
                [_mm512_loadu_si512(weights.cast()), _mm512_loadu_si512(weights.add(64).cast())]
            };
            for row in 0..R {
                let inputs = repeated!(_mm512_set1_epi32, bytes, row * width + group * GROUP);
                for half in 0..2 {
                    sums[row][half] = _mm512_dpbusd_epi32(sums[row][half], inputs, weights[half]);
                }
            }
        }
        let mut out = [[0; PANEL]; R];
        for (out, sums) in out.iter_mut().zip(&sums) {
            for (out, sum) in out.as_chunks_mut::<16>().0.iter_mut().zip(sums) {
                // SAFETY: 16 integers are as large as the vector.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
            }
        }
        out
    }

    #[target_feature(enable = "avxvnni,avx2")]
    #[inline]
    fn tile_avxvnni<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
        assert_readable(bytes, width, panel, R);
        let weights = panel.weights.as_ptr();
        // SAFETY: there are 32 offsets.
        let begin: [__m256i; 4] = std::array::from_fn(|part| unsafe { _mm256_loadu_si256(panel.offsets.as_ptr().add(8 * part).cast()) });
        let mut sums = [begin; R];
        for group in 0..width / GROUP {
            let mut inputs = [_mm256_setzero_si256(); R];
            for row in 0..R {
                inputs[row] = repeated!(_mm256_set1_epi32, bytes, row * width + group * GROUP);
            }
            for part in 0..4 {
                // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
                let weights = unsafe { _mm256_loadu_si256(weights.add(group * PANEL * GROUP + 32 * part).cast()) };
                for row in 0..R {
                    sums[row][part] = _mm256_dpbusd_avx_epi32(sums[row][part], inputs[row], weights);
                }
            }
        }
        let mut out = [[0; PANEL]; R];
        for (out, sums) in out.iter_mut().zip(&sums) {
            for (out, sum) in out.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
                store(out, *sum);
            }
        }
        out
    }

    /// Bytes and weights are widened to 16 bits, so that no sum of two products overflows.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn tile_avx2<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
        assert_readable(bytes, width, panel, R);
        let mut out = [[0; PANEL]; R];
        for half in 0..2 {
            let mut sums = [[_mm256_setzero_si256(); 4]; R];
            for group in 0..width / GROUP {
                let mut inputs = [_mm256_setzero_si256(); R];
                for row in 0..R {
                    inputs[row] = _mm256_cvtepu8_epi16(repeated!(_mm_set1_epi32, bytes, row * width + group * GROUP));
                }
                for part in 0..4 {
                    let at = group * PANEL * GROUP + 64 * half + 16 * part;
                    // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
                    let weights = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(panel.weights.as_ptr().add(at).cast()) });
                    for row in 0..R {
                        sums[row][part] = _mm256_add_epi32(sums[row][part], _mm256_madd_epi16(inputs[row], weights));
                    }
                }
            }
            for (out, sums) in out.iter_mut().zip(&sums) {
                for pair in 0..2 {
                    let at = 16 * half + 8 * pair;
                    let pairs = _mm256_hadd_epi32(sums[2 * pair], sums[2 * pair + 1]);
                    let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                    // SAFETY: there are 32 offsets, and `at` is 24 at most.
                    let offsets = unsafe { _mm256_loadu_si256(panel.offsets.as_ptr().add(at).cast()) };
                    store(&mut out.as_chunks_mut::<8>().0[at / 8], _mm256_add_epi32(sum, offsets));
                }
            }
        }
        out
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn store(out: &mut [i32; 8], sum: __m256i) {
        // SAFETY: 8 integers are as large as the vector.
        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), sum) };
    }
}

#[cfg(target_arch = "aarch64")]
mod neon {
    use std::arch::aarch64::*;

    use super::*;

    multiply_by_tiles! {
        #[target_feature(enable = "neon")]
        pub fn multiply_neon = tile_neon of 2, 1
    }

    /// Inputs lose the 128 that they were stored with, so the products are of signed bytes and the offsets are not needed.
    #[target_feature(enable = "neon")]
    #[inline]
    fn tile_neon<const R: usize>(bytes: &[u8], width: usize, panel: &Panel<'_>) -> [[i32; PANEL]; R] {
        assert_readable(bytes, width, panel, R);
        let mut out = [[0; PANEL]; R];
        for half in 0..2 {
            let mut sums = [[vdupq_n_s32(0); 8]; R];
            for group in 0..width / GROUP {
                let mut inputs = [vdup_n_s8(0); R];
                for row in 0..R {
                    // SAFETY: a row, as asserted, has four bytes in every group.
                    let four = unsafe { bytes.as_ptr().add(row * width + group * GROUP).cast::<u32>().read_unaligned() };
                    inputs[row] = vreinterpret_s8_u32(vdup_n_u32(four ^ 0x8080_8080));
                }
                for part in 0..4 {
                    let at = group * PANEL * GROUP + 64 * half + 16 * part;
                    // SAFETY: each group has 128 weights, and the panel, as asserted, all groups of a row.
                    let weights = unsafe { vld1q_s8(panel.weights.as_ptr().add(at)) };
                    for row in 0..R {
                        let products = [vmull_s8(vget_low_s8(weights), inputs[row]), vmull_s8(vget_high_s8(weights), inputs[row])];
                        for side in 0..2 {
                            sums[row][2 * part + side] = vpadalq_s16(sums[row][2 * part + side], products[side]);
                        }
                    }
                }
            }
            for (out, sums) in out.iter_mut().zip(&sums) {
                for part in 0..4 {
                    let sum = vpaddq_s32(sums[2 * part], sums[2 * part + 1]);
                    // SAFETY: `out` has 32 integers, of which these are at most the last four.
                    unsafe { vst1q_s32(out.as_mut_ptr().add(16 * half + 4 * part), sum) };
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantized::Linear;

    /// Inputs, outputs and rows of odd numbers, with their values.
    fn shapes() -> impl Strategy<Value = (Vec<f32>, Vec<i8>, Vec<f32>, usize)> {
        (1usize..70, 1usize..80, 1usize..30).prop_flat_map(|(inputs, outputs, rows)| {
            let values = prop::collection::vec(-9f32..9.0, rows * inputs);
            let weights = prop::collection::vec(-127i8..=127, outputs * inputs);
            (values, weights, prop::collection::vec(0.001f32..2.0, outputs), Just(inputs))
        })
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|value| value.to_bits()).collect()
    }

    proptest! {
        #[test]
        fn every_set_multiplies_alike((values, weights, scales, inputs) in shapes()) {
            let linear = Linear::of_weights(&weights, &scales, &scales);
            for activation in [Activation::Linear, Activation::Gelu] {
                let outputs = |set: Instructions| {
                    let mut rows = Rows::default();
                    set.quantize(&values, inputs, &mut rows);
                    let mut out = vec![0.0; rows.count() * linear.outputs()];
                    set.multiply(&linear, &rows, activation, &mut out);
                    bits(&out)
                };
                for set in Instructions::all() {
                    prop_assert_eq!(outputs(set), outputs(Instructions(Set::Portable)), "{}", set.name());
                }
            }
        }

        #[test]
        fn sums_are_those_of_the_products((values, weights, scales, inputs) in shapes()) {
            let linear = Linear::of_weights(&weights, &scales, &vec![0.0; scales.len()]);
            let mut rows = Rows::default();
            Instructions::fastest().quantize(&values, inputs, &mut rows);
            let mut out = vec![0.0; rows.count() * linear.outputs()];
            Instructions::fastest().multiply(&linear, &rows, Activation::Linear, &mut out);
            for (row, bytes) in rows.bytes.chunks_exact(rows.width).enumerate() {
                for (output, weights) in weights.chunks_exact(inputs).enumerate() {
                    let sum: i32 = bytes.iter().zip(weights).map(|(byte, weight)| (i32::from(*byte) - 128) * i32::from(*weight)).sum();
                    prop_assert_eq!(out[row * scales.len() + output], sum as f32 * (rows.scales[row] * scales[output]));
                }
            }
        }

        #[test]
        fn every_set_attends_and_normalizes_alike(length in 1usize..40, heads in 1usize..3, seed in prop::collection::vec(-3f32..3.0, 97)) {
            let width = heads * float::HEAD;
            let input: Vec<f32> = seed.iter().copied().cycle().take(length * 3 * width).collect();
            let outputs = |set: Instructions| {
                let mut out = vec![0.0; length * width];
                set.attend(&input, width, &mut Scratch::default(), &mut out);
                let attended = bits(&out);
                set.normalize(&mut out, Some(&input[..length * width]), &input[..width], &input[width..2 * width]);
                let dense = Dense::of_rows(width, input.chunks_exact(width).map(|row| (row, row[0])).take(37.min(length)).collect::<Vec<_>>().into_iter());
                let mut product = vec![0.0; length * dense.outputs()];
                set.multiply_dense(&dense, &out, &mut product);
                [attended, bits(&out), bits(&product)]
            };
            for set in Instructions::all() {
                prop_assert_eq!(outputs(set), outputs(Instructions(Set::Portable)), "{}", set.name());
            }
        }
    }
}
