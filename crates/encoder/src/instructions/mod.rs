//! Which instructions does this processor have, and how do they multiply? The one folder with `unsafe` code, for two reasons:
//!
//! - A function compiled for instructions that a processor may lack must not run where it lacks them. [`Instructions`] can only be made
//!   by asking the processor ([`Instructions::all`]), so a value of it is the proof that each call below needs.
//! - Loads of vectors and matrix tiles take pointers. Each stands in a `tile` function that first asserts the lengths of what it reads; all that it then
//!   reads lies at offsets below those.
//!
//! Every set gives the same integers, since all sums of products are exact, and the same floating-point numbers, since
//! [`crate::float`] fixes the order of operations.
#![allow(unsafe_code)]
#![allow(clippy::needless_range_loop, reason = "lanes and rows are numbered alike in several arrays")]

use crate::dense::Dense;
use crate::float::{self, Scratch};
use crate::quantized::{Activation, GROUP, Linear, PANEL, Panel, Rows};

mod lines;

pub(crate) use lines::Lines;

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
    /// The matrix tiles, and AVX-512 for all else.
    #[cfg(target_arch = "x86_64")]
    Amx,
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
            if has_avx2 && has_avx512 && amx::is_granted() {
                sets.push(Set::Amx);
            }
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
            #[cfg(target_arch = "x86_64")]
            Set::Amx => "AMX",
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
                Set::Amx | Set::Avx512Vnni => unsafe { in_avx512($($argument),*) },
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
            Set::Amx => unsafe { amx::multiply(linear, rows, activation, out) },
            // SAFETY: as above.
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

// After the macro, which they use.
#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "x86_64")]
mod x86;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantized::Linear;

    /// Inputs, outputs and rows of odd numbers, with their values.
    fn shapes() -> impl Strategy<Value = (Vec<f32>, Vec<i8>, Vec<f32>, usize)> {
        (1usize..150, 1usize..80, 1usize..70).prop_flat_map(|(inputs, outputs, rows)| {
            let values = prop::collection::vec(-9f32..9.0, rows * inputs);
            let weights = prop::collection::vec(-127i8..=127, outputs * inputs);
            (values, weights, prop::collection::vec(0.001f32..2.0, outputs), Just(inputs))
        })
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|value| value.to_bits()).collect()
    }

    #[test]
    fn no_rows_have_no_outputs() {
        let linear = Linear::of_weights(&[1; 8], &[1.0; 2], &[3.0; 2]);
        for set in Instructions::all() {
            let mut rows = Rows::default();
            set.quantize(&[], linear.inputs(), &mut rows);
            set.multiply(&linear, &rows, Activation::Linear, &mut []);
            assert_eq!(rows.count(), 0, "{}", set.name());
        }
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
