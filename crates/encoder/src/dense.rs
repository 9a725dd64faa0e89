//! How are the weights of a small 32-bit layer held? In panels of 16 outputs.

use crate::float::LANES;

/// A linear layer of 32-bit weights.
#[derive(Clone, Debug)]
pub struct Dense {
    inputs: usize,
    outputs: usize,
    /// For each panel of 16 outputs, each input: the weights of the outputs. Filled up with zeros.
    packed: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
}

impl Dense {
    /// The layer of an iterator over the rows of `[outputs, inputs]`, each with its bias.
    pub fn of_rows<'w>(inputs: usize, rows: impl ExactSizeIterator<Item = (&'w [f32], f32)>) -> Dense {
        let outputs = rows.len();
        let panels = outputs.div_ceil(LANES);
        let (mut packed, mut biases) = (vec![[0.0; LANES]; panels * inputs], vec![[0.0; LANES]; panels]);
        for (output, (row, bias)) in rows.enumerate() {
            let (panel, lane) = (output / LANES, output % LANES);
            biases[panel][lane] = bias;
            for (packed, weight) in packed[panel * inputs..].iter_mut().zip(row) {
                packed[lane] = *weight;
            }
        }
        Dense { inputs, outputs, packed, bias: biases }
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The weights and biases of 16 outputs at a time.
    pub fn panels(&self) -> impl Iterator<Item = (&[[f32; LANES]], &[f32; LANES])> {
        self.packed.chunks_exact(self.inputs.max(1)).zip(&self.bias)
    }
}
