//! How are a layer's weights and inputs held as 8-bit integers? Weights with one scale an output, inputs with one scale a row.
//!
//! Weights are in -127..=127. An input is that too, held as a byte that is 128 more, since the widest instructions multiply unsigned
//! by signed bytes; what the 128 adds to a sum is taken off beforehand. All sums are exact.

use crate::instructions::Lines;

/// Outputs that are worked out side by side.
pub const PANEL: usize = 32;
/// Inputs of one output that lie side by side.
pub const GROUP: usize = 4;

/// A linear layer of 8-bit weights.
#[derive(Clone, Debug)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    /// For each panel of 32 outputs, each group of 4 inputs: the outputs in turn, each with its 4 weights. Filled up with zeros.
    packed: Lines<i8>,
    /// For each output what takes off the 128 of the inputs: -128 times the sum of its weights.
    offsets: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// What follows on a linear layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// Nothing.
    Linear,
    /// The Gaussian error linear unit (Hendrycks & Gimpel 2016).
    Gelu,
}

impl Linear {
    /// The layer of weights `[outputs, inputs]`, row by row, the scale of each output and its bias.
    pub fn of_weights(weights: &[i8], scales: &[f32], bias: &[f32]) -> Linear {
        let outputs = scales.len();
        let inputs = weights.len() / outputs.max(1);
        let (groups, panels) = (inputs.div_ceil(GROUP), outputs.div_ceil(PANEL));
        let mut packed = Lines::zeros(panels * groups * PANEL * GROUP);
        let mut offsets = vec![0; panels * PANEL];
        for (output, row) in weights.chunks_exact(inputs.max(1)).enumerate() {
            for (input, weight) in row.iter().enumerate() {
                let group = output / PANEL * groups + input / GROUP;
                packed[(group * PANEL + output % PANEL) * GROUP + input % GROUP] = *weight;
                offsets[output] -= 128 * i32::from(*weight);
            }
        }
        let filled = |values: &[f32]| values.iter().copied().chain(std::iter::repeat(0.0)).take(panels * PANEL).collect();
        Linear { inputs, outputs, packed, offsets, scales: filled(scales), bias: filled(bias) }
    }

    /// The layer of 32-bit weights `[outputs, inputs]`, rounded to 8 bits with the scale that each output's greatest weight asks for.
    pub fn rounded(weights: &[f32], bias: &[f32]) -> Linear {
        let inputs = weights.len() / bias.len().max(1);
        let rows = || weights.chunks_exact(inputs.max(1));
        let scales: Vec<f32> = rows().map(|row| row.iter().fold(1e-9, |most: f32, weight| most.max(weight.abs())) / 127.0).collect();
        let rounded = rows().zip(&scales).flat_map(|(row, scale)| row.iter().map(move |weight| (weight / scale).round() as i8));
        Linear::of_weights(&rounded.collect::<Vec<i8>>(), &scales, bias)
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The panels of 32 outputs in turn; the last may stand for fewer.
    pub fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        let size = self.inputs.div_ceil(GROUP) * GROUP * PANEL;
        let numbers =
            self.offsets.as_chunks::<PANEL>().0.iter().zip(self.scales.as_chunks::<PANEL>().0).zip(self.bias.as_chunks::<PANEL>().0);
        let panel = |(weights, ((offsets, scales), bias))| Panel { weights, offsets, scales, bias };
        self.packed.chunks_exact(size.max(1)).zip(numbers).map(panel)
    }
}

/// 32 outputs of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Panel<'l> {
    /// Groups of 4 inputs, each of 32 times 4 weights.
    pub weights: &'l [i8],
    /// What the sums begin with.
    pub offsets: &'l [i32; PANEL],
    /// What the sums are multiplied with, besides the row's scale.
    pub scales: &'l [f32; PANEL],
    /// What is added then.
    pub bias: &'l [f32; PANEL],
}

/// Inputs as 8-bit integers, row by row.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Bytes of a row: its length, filled up to a multiple of four.
    pub(crate) width: usize,
    pub(crate) bytes: Lines<u8>,
    /// What each row's integers are to be multiplied with.
    pub(crate) scales: Vec<f32>,
}

impl Rows {
    /// Makes room for `count` rows of `length` values.
    pub(crate) fn resize(&mut self, count: usize, length: usize) {
        self.width = length.next_multiple_of(GROUP);
        self.bytes.resize(count * self.width);
        self.scales.resize(count, 0.0);
    }

    /// The number of rows.
    pub fn count(&self) -> usize {
        self.scales.len()
    }
}
