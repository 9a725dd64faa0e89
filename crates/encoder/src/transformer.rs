//! How do pieces become vectors that know their sentence? The layers, over several sentences at once and without padding.
//!
//! Nothing but attention looks beyond a piece's own row, and that only at the rows of its own window: what else is in the batch leaves
//! no trace.

use crate::float::Scratch;
use crate::instructions::Instructions;
use crate::quantized::{Activation, Linear, Rows};
use crate::window::Window;

/// A part of the work, for those who measure it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Cutting words into pieces.
    Pieces,
    /// Looking up the pieces' vectors.
    Embedding,
    /// Rounding inputs to bytes.
    Rounding,
    /// The products of the layers.
    Products,
    /// What pieces take from one another.
    Attention,
    /// Bringing rows to mean 0 and variance 1.
    Normalization,
    /// The heads over the words' vectors.
    Heads,
    /// Trees and names from the heads' outputs.
    Decoding,
}

impl Stage {
    /// All of them, in the order of the work.
    pub const ALL: [Stage; 8] = [
        Stage::Pieces,
        Stage::Embedding,
        Stage::Rounding,
        Stage::Products,
        Stage::Attention,
        Stage::Normalization,
        Stage::Heads,
        Stage::Decoding,
    ];
}

/// Rows that pass through the wide layer at once, so that what lies between its two products stays near the processor.
const WIDENED: usize = 128;

/// The weights of the layers and of what comes before them.
#[derive(Clone, Debug)]
pub struct Transformer {
    /// Values of a vector; a multiple of a head's 32.
    pub width: usize,
    /// For each piece its vector as 8-bit integers.
    pub pieces: Vec<i8>,
    /// What each piece's integers are multiplied with.
    pub piece_scales: Vec<f32>,
    /// A vector for each position in a window.
    pub positions: Vec<f32>,
    /// A vector for each case.
    pub cases: Vec<f32>,
    /// After the sum of the three.
    pub norm: Norm,
    /// From the input upwards.
    pub layers: Vec<Layer>,
}

/// One layer: attention, then a wide layer, each added to what came in.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Queries, keys and values.
    pub attention: Linear,
    /// From the heads back to the row.
    pub mixing: Linear,
    /// After attention.
    pub attention_norm: Norm,
    /// Into the wide layer.
    pub up: Linear,
    /// Out of it.
    pub down: Linear,
    /// After the wide layer.
    pub norm: Norm,
}

/// Gain and bias of a normalization.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Multiplied with.
    pub gain: Vec<f32>,
    /// Added.
    pub bias: Vec<f32>,
}

/// Room that the layers work in, kept from batch to batch.
#[derive(Default)]
pub struct Workspace {
    rows: Rows,
    attention: Vec<f32>,
    context: Vec<f32>,
    wide: Vec<f32>,
    out: Vec<f32>,
    scratch: Scratch,
}

impl Transformer {
    /// The vectors of all pieces of the windows, row by row; `passed` is told of each stage when it is over.
    pub fn vectors(&self, windows: &[Window], set: Instructions, work: &mut Workspace, passed: &mut dyn FnMut(Stage)) -> Vec<f32> {
        let mut vectors = self.embedded(windows);
        set.normalize(&mut vectors, None, &self.norm.gain, &self.norm.bias);
        passed(Stage::Embedding);
        for layer in &self.layers {
            self.attend(layer, windows, set, &mut vectors, work, passed);
            self.widen(layer, set, &mut vectors, work, passed);
        }
        vectors
    }

    fn embedded(&self, windows: &[Window]) -> Vec<f32> {
        let width = self.width;
        let mut vectors = Vec::with_capacity(windows.iter().map(|window| window.pieces.len()).sum::<usize>() * width);
        for window in windows {
            for ((piece, case), position) in window.pieces.iter().zip(&window.cases).zip(self.positions.chunks_exact(width)) {
                let (piece, case) = (*piece as usize, *case as usize);
                let scale = self.piece_scales[piece];
                let integers = &self.pieces[piece * width..][..width];
                let added = position.iter().zip(&self.cases[case * width..][..width]);
                vectors.extend(integers.iter().zip(added).map(|(integer, (position, case))| f32::from(*integer) * scale + position + case));
            }
        }
        vectors
    }

    fn attend(
        &self,
        layer: &Layer,
        windows: &[Window],
        set: Instructions,
        vectors: &mut [f32],
        work: &mut Workspace,
        passed: &mut dyn FnMut(Stage),
    ) {
        let width = self.width;
        set.quantize(vectors, width, &mut work.rows);
        passed(Stage::Rounding);
        work.attention.resize(3 * vectors.len(), 0.0);
        set.multiply(&layer.attention, &work.rows, Activation::Linear, &mut work.attention);
        passed(Stage::Products);
        work.context.resize(vectors.len(), 0.0);
        let (mut input, mut context) = (work.attention.as_slice(), work.context.as_mut_slice());
        for window in windows {
            let (of_window, rest) = input.split_at(3 * width * window.pieces.len());
            let (out, others) = context.split_at_mut(width * window.pieces.len());
            set.attend(of_window, width, &mut work.scratch, out);
            (input, context) = (rest, others);
        }
        passed(Stage::Attention);
        set.quantize(&work.context, width, &mut work.rows);
        passed(Stage::Rounding);
        work.out.resize(vectors.len(), 0.0);
        set.multiply(&layer.mixing, &work.rows, Activation::Linear, &mut work.out);
        passed(Stage::Products);
        set.normalize(vectors, Some(&work.out), &layer.attention_norm.gain, &layer.attention_norm.bias);
        passed(Stage::Normalization);
    }

    fn widen(&self, layer: &Layer, set: Instructions, vectors: &mut [f32], work: &mut Workspace, passed: &mut dyn FnMut(Stage)) {
        for vectors in vectors.chunks_mut(WIDENED * self.width) {
            set.quantize(vectors, self.width, &mut work.rows);
            passed(Stage::Rounding);
            work.wide.resize(work.rows.count() * layer.up.outputs(), 0.0);
            set.multiply(&layer.up, &work.rows, Activation::Gelu, &mut work.wide);
            passed(Stage::Products);
            set.quantize(&work.wide, layer.up.outputs(), &mut work.rows);
            passed(Stage::Rounding);
            work.out.resize(vectors.len(), 0.0);
            set.multiply(&layer.down, &work.rows, Activation::Linear, &mut work.out);
            passed(Stage::Products);
            set.normalize(vectors, Some(&work.out), &layer.norm.gain, &layer.norm.bias);
            passed(Stage::Normalization);
        }
    }
}
