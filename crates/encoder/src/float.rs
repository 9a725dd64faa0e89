//! What is done in 32-bit floating point? Rounding to bytes, activation, normalization, attention and the heads' small products.
//!
//! Every function fixes the order of its operations: sums run over 16 lanes that are folded at the end, products are fused into sums
//! by `mul_add`, which rounds once on every machine. So the compiler may use whatever vectors there are and no result changes.
//! All are inlined into functions that [`crate::instructions`] compiles for each set of instructions.
#![allow(clippy::needless_range_loop, reason = "lanes and rows are numbered alike in several arrays")]

use crate::dense::Dense;
use crate::quantized::{Activation, PANEL, Panel, Rows};

/// Lanes of a sum, and outputs of a small layer that are worked out side by side.
pub const LANES: usize = 16;
/// Values of an attention head.
pub const HEAD: usize = 32;
/// Added to a number of moderate size, it leaves the number rounded to an integer in the low bits: 1.5 times 2 to the 23rd.
const ROUNDING: f32 = 12_582_912.0;

type Lanes = [f32; LANES];

/// Rounds each row of `length` values to bytes, by the scale that its greatest value asks for.
#[inline(always)]
pub fn quantize(input: &[f32], length: usize, rows: &mut Rows) {
    rows.resize(input.len() / length, length);
    for ((values, bytes), scale) in input.chunks_exact(length).zip(rows.bytes.chunks_exact_mut(rows.width)).zip(&mut rows.scales) {
        let most = greatest_size(values).max(1e-9);
        *scale = most / 127.0;
        let inverse = 127.0 / most;
        for (byte, value) in bytes.iter_mut().zip(values) {
            *byte = value.mul_add(inverse, ROUNDING + 128.0).to_bits() as u8;
        }
        bytes[length..].fill(128);
    }
}

#[inline(always)]
fn greatest_size(values: &[f32]) -> f32 {
    // Without their signs, numbers stand in the order of their bits; of integers the greatest is the same in whatever order they come.
    f32::from_bits(values.iter().fold(0, |most, value| most.max(value.abs().to_bits())))
}

/// Turns the sums of one row and panel into outputs: scaled, with bias and activation.
#[inline(always)]
pub fn finish(sums: &[i32; PANEL], row_scale: f32, panel: &Panel<'_>, activation: Activation, out: &mut [f32]) {
    // Whole panels are written at once, which a copy of a length known only at run time would hinder.
    if let Some(whole) = out.first_chunk_mut::<PANEL>() {
        *whole = finished(sums, row_scale, panel, activation);
    } else {
        let values = finished(sums, row_scale, panel, activation);
        for (out, value) in out.iter_mut().zip(values) {
            *out = value;
        }
    }
}

#[inline(always)]
fn finished(sums: &[i32; PANEL], row_scale: f32, panel: &Panel<'_>, activation: Activation) -> [f32; PANEL] {
    let mut values = [0.0; PANEL];
    for lane in 0..PANEL {
        values[lane] = (sums[lane] as f32).mul_add(row_scale * panel.scales[lane], panel.bias[lane]);
    }
    if activation == Activation::Gelu {
        // A loop, since `map` would not be inlined, and so compiled for plain instructions.
        for value in &mut values {
            *value = gelu(*value);
        }
    }
    values
}

/// `x` times the share of a standard normal distribution below it; off by less than 1e-5 for sizes up to 5, 2e-5 up to 12.
///
/// The share less one half is `x` times a polynomial of degree 10 in `2 (x/5)² - 1`, fitted by weighted least squares to the least
/// greatest error (Lawson 1961); beyond 5 it stays as it is there.
#[inline(always)]
pub fn gelu(x: f32) -> f32 {
    const FIT: [f32; 11] = [
        0.141_364_3,
        -0.070_300_52,
        0.051_488_012,
        -0.040_319_17,
        0.031_744_145,
        -0.024_215_16,
        0.015_547_925,
        -0.008_329_83,
        0.007_021_223,
        -0.006_278_012_4,
        0.002_277_308_4,
    ];
    let low = if x > -5.0 { x } else { -5.0 };
    let y = if low < 5.0 { low } else { 5.0 };
    let square = (y * y).mul_add(0.08, -1.0);
    let mut sum = FIT[10];
    for term in FIT[..10].iter().rev() {
        sum = sum.mul_add(square, *term);
    }
    x * y.mul_add(sum, 0.5)
}

/// Adds `added` to `values` and brings each row of `gain.len()` values to mean 0 and variance 1, then to `gain` and `bias`.
#[inline(always)]
pub fn normalize(values: &mut [f32], added: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    if let Some(added) = added {
        for (value, added) in values.iter_mut().zip(added) {
            *value += added;
        }
    }
    for row in values.chunks_exact_mut(width) {
        let mean = sum(row, |value| value) / width as f32;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / width as f32;
        let inverse = 1.0 / (variance + 1e-12).sqrt();
        for ((value, gain), bias) in row.iter_mut().zip(gain).zip(bias) {
            *value = ((*value - mean) * inverse).mul_add(*gain, *bias);
        }
    }
}

#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += of(*value);
        }
    }
    summed(sums) + rest.iter().fold(0.0, |sum, value| sum + of(*value))
}

#[inline(always)]
fn summed(mut lanes: Lanes) -> f32 {
    for width in [8, 4, 2, 1] {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
    }
    lanes[0]
}

#[inline(always)]
fn largest(mut lanes: Lanes) -> f32 {
    for width in [8, 4, 2, 1] {
        for lane in 0..width {
            lanes[lane] = larger(lanes[lane], lanes[lane + width]);
        }
    }
    lanes[0]
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The exponential of a number from -87 to 0, and of what is below as if it were -87; off by less than 2e-7 of itself.
///
/// Cody & Waite's reduction to a power of two and a rest, and the polynomial of the Cephes library for that.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUNDING);
    let whole = shifted - ROUNDING;
    let rest = whole.mul_add(2.121_944_4e-4, whole.mul_add(-0.693_359_4, x));
    let mut sum: f32 = 1.987_569_1e-4;
    for term in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1] {
        sum = sum.mul_add(rest, term);
    }
    let value = (sum * rest).mul_add(rest, rest) + 1.0;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    value * power
}

/// Queries that are worked out side by side.
const QUERIES: usize = 4;

/// Room that attention works in.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// For each block of 16 pieces and each value of a head: the keys' values.
    keys: Vec<[Lanes; HEAD]>,
    /// For each block of 16 pieces and each of four queries: how much they attend to them.
    weights: Vec<[Lanes; QUERIES]>,
}

/// What the pieces of one sentence take from one another. `input` has a row of queries, keys and values for each piece, each of
/// `out`'s width; heads are 32 values wide (Vaswani et al. 2017).
#[inline(always)]
pub fn attend(input: &[f32], width: usize, scratch: &mut Scratch, out: &mut [f32]) {
    let length = out.len() / width;
    let blocks = length.div_ceil(LANES);
    scratch.keys.clear();
    scratch.keys.resize(blocks, [[0.0; LANES]; HEAD]);
    scratch.weights.resize(blocks, [[0.0; LANES]; QUERIES]);
    for head in (0..width).step_by(HEAD) {
        for at in 0..length {
            let (keys, key) = (&mut scratch.keys[at / LANES], head_of(input, at, width, width + head));
            for d in 0..HEAD {
                keys[d][at % LANES] = key[d];
            }
        }
        for first in (0..length).step_by(QUERIES) {
            let queries: [&[f32; HEAD]; QUERIES] =
                std::array::from_fn(|query| head_of(input, (first + query).min(length - 1), width, head));
            for (keys, scores) in scratch.keys.iter().zip(&mut scratch.weights) {
                *scores = attention_scores(&queries, keys);
            }
            let shares = softmax(&mut scratch.weights, length);
            let mut sums = [[0.0; HEAD]; QUERIES];
            for (block, weights) in scratch.weights.iter().enumerate() {
                for lane in 0..LANES.min(length - block * LANES) {
                    let values = head_of(input, block * LANES + lane, width, 2 * width + head);
                    for query in 0..QUERIES {
                        let weight = weights[query][lane];
                        for d in 0..HEAD {
                            sums[query][d] = weight.mul_add(values[d], sums[query][d]);
                        }
                    }
                }
            }
            for (query, out) in out[first * width..].chunks_exact_mut(width).take(QUERIES).enumerate() {
                for (out, sum) in out[head..][..HEAD].iter_mut().zip(&sums[query]) {
                    *out = sum * shares[query];
                }
            }
        }
    }
}

#[inline(always)]
fn head_of(input: &[f32], at: usize, width: usize, offset: usize) -> &[f32; HEAD] {
    let row = &input[at * 3 * width + offset..];
    row.first_chunk().expect("rows are three times a multiple of a head's width")
}

/// How well the queries fit the keys of a block.
#[inline(always)]
fn attention_scores(queries: &[&[f32; HEAD]; QUERIES], keys: &[Lanes; HEAD]) -> [Lanes; QUERIES] {
    let mut sums = [[0.0; LANES]; QUERIES];
    for d in 0..HEAD {
        for query in 0..QUERIES {
            for lane in 0..LANES {
                sums[query][lane] = queries[query][d].mul_add(keys[d][lane], sums[query][lane]);
            }
        }
    }
    sums
}

/// Turns each query's scores of `length` pieces into weights that are not yet divided by their sum, and returns what to multiply them
/// with.
#[inline(always)]
fn softmax(scores: &mut [[Lanes; QUERIES]], length: usize) -> [f32; QUERIES] {
    const SCALE: f32 = 0.176_776_7;
    if let (Some(last), rest @ 1..) = (scores.last_mut(), length % LANES) {
        for query in 0..QUERIES {
            last[query][rest..].fill(f32::NEG_INFINITY);
        }
    }
    let mut most = [[f32::NEG_INFINITY; LANES]; QUERIES];
    for scores in scores.iter() {
        for query in 0..QUERIES {
            for lane in 0..LANES {
                most[query][lane] = larger(scores[query][lane], most[query][lane]);
            }
        }
    }
    let most = most.map(largest);
    let mut sums = [[0.0; LANES]; QUERIES];
    for scores in scores.iter_mut() {
        for query in 0..QUERIES {
            for lane in 0..LANES {
                // What lies beyond the last piece weighs nothing at all.
                let score = scores[query][lane];
                let weight = exp((score - most[query]) * SCALE);
                scores[query][lane] = if score > f32::NEG_INFINITY { weight } else { 0.0 };
                sums[query][lane] += scores[query][lane];
            }
        }
    }
    sums.map(|sums| 1.0 / summed(sums))
}

/// Rows that a small layer works out side by side.
const ROWS: usize = 4;

/// The outputs of a small layer for each row of `input`.
#[inline(always)]
pub fn multiply(dense: &Dense, input: &[f32], out: &mut [f32]) {
    let (inputs, outputs) = (dense.inputs(), dense.outputs());
    let count = input.len() / inputs;
    for (number, (weights, bias)) in dense.panels().enumerate() {
        let columns = number * LANES..outputs.min((number + 1) * LANES);
        for first in (0..count).step_by(ROWS) {
            let row = |row: usize| &input[(first + row).min(count - 1) * inputs..][..inputs];
            let mut sums = [*bias; ROWS];
            for ((((weights, a), b), c), d) in weights.iter().zip(row(0)).zip(row(1)).zip(row(2)).zip(row(3)) {
                let values = [*a, *b, *c, *d];
                for row in 0..ROWS {
                    for lane in 0..LANES {
                        sums[row][lane] = values[row].mul_add(weights[lane], sums[row][lane]);
                    }
                }
            }
            // Whole lanes are written at once; sums that were copied by a length known only at run time would not stay in registers.
            for row in 0..ROWS {
                if first + row < count {
                    let (out, values) = (&mut out[(first + row) * outputs..][columns.clone()], sums[row]);
                    match out.first_chunk_mut::<LANES>() {
                        Some(whole) => *whole = values,
                        None => out.iter_mut().zip(values).for_each(|(out, value)| *out = value),
                    }
                }
            }
        }
    }
}

/// The sum of rows as long as `out`, each multiplied with its weight; the last row, which has none, is added as it is.
#[inline(always)]
pub fn combine(weights: &[f32], rows: &[f32], out: &mut [f32]) {
    let width = out.len();
    out.copy_from_slice(&rows[weights.len() * width..][..width]);
    for (weight, row) in weights.iter().zip(rows.chunks_exact(width)) {
        for (out, value) in out.iter_mut().zip(row) {
            *out = weight.mul_add(*value, *out);
        }
    }
}
