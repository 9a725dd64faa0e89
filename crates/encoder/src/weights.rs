//! How are the weights read? One safetensors file, whose tensors are named and shaped as below. Its metadata has the labels of
//! `upos`, `names` and `relations` as lists in JSON.
//!
//! `V` pieces, vectors of `H` values, weights `[outputs, inputs]` row by row. 8-bit weights `x.w` have one scale an output in `x.scale`.
//!
//! | tensors | type | shape |
//! | --- | --- | --- |
//! | `tok.w`, `tok.scale` | I8, F32 | `[V, H]`, `[V]` |
//! | `pos`, `case`, `ln.w`, `ln.b` | F32 | `[positions, H]`, `[6, H]`, `[H]`, `[H]` |
//! | of each layer `l0`, `l1`, …: `qkv`, `o`, `up`, `down`, each `.w`, `.scale`, `.b` | I8, F32, F32 | `[3H, H]`, `[H, H]`, `[F, H]`, `[H, F]` |
//! | `ln1.w`, `ln1.b`, `ln2.w`, `ln2.b` of each layer | F32 | `[H]` |
//! | `upos.w`, `names.w`, `cue.w`, `fact.w`, each with `.b` | F32 | `[labels, H]`; the last two may be missing |
//! | `mlp.w`, `mlp.b`, `root`, `arc.w`, `rel.w` | F32 | `[2A + 2B, H]`, `[2A + 2B]`, `[H]`, `[A + 1, A]`, `[relations, B + 1, B + 1]` |
//! | `att.w`, `att.b`, `src.w`, `con.w` | F32 | `[3C, H]`, `[3C]`, `[C + 1, C + 1]`, the same; there where `cue.w` is |

use safetensors::{Dtype, SafeTensors};
use sayso_types::{Relation, Upos};

use crate::attribution::{self, Speech};
use crate::dense::Dense;
use crate::error::Error;
use crate::float::HEAD;
use crate::instructions::Instructions;
use crate::names::Mark;
use crate::quantized::{Activation, Linear, Rows};
use crate::syntax::Syntax;
use crate::transformer::{Layer, Norm, Transformer};
use crate::window::{Case, POSITIONS};

/// All weights, laid out for use.
#[derive(Clone, Debug)]
pub struct Weights {
    /// From pieces to vectors.
    pub transformer: Transformer,
    /// From a word's vector to the scores of its part of speech, its place in a name, in a cue and its factuality, side by side.
    pub marks: Dense,
    /// The parts of speech, in the order of their numbers.
    pub upos: Vec<Upos>,
    /// The places in names, in the order of their numbers.
    pub names: Vec<Mark>,
    /// Arcs and their names.
    pub syntax: Syntax,
    /// Reported speech, where the file has it.
    pub speech: Option<Speech>,
    /// How many scores of factuality there are; none where the file lacks them.
    pub factuality: usize,
}

impl Weights {
    /// The weights of a file's bytes.
    ///
    /// # Errors
    /// Names the tensor or list of labels that is missing or not as expected.
    pub fn load(bytes: &[u8]) -> Result<Weights, Error> {
        let file = File::read(bytes)?;
        let upos = file.labels("upos", Upos::of_str)?;
        let relations = file.labels("relations", Relation::of_tag)?;
        let names = file.labels("names", Mark::of_str)?;
        let transformer = transformer(&file)?;
        let width = transformer.width;
        let mut marks = file.rows("upos", upos.len(), width)?;
        marks.extend(file.rows("names", names.len(), width)?);
        let speech = if file.has("cue.w") {
            marks.extend(file.rows("cue", attribution::MARKS, width)?);
            Some(speech(&file, width)?)
        } else {
            None
        };
        let factuality = if file.has("fact.w") { file.shape("fact.w")?.first().copied().unwrap_or(0) } else { 0 };
        if factuality > 0 {
            marks.extend(file.rows("fact", factuality, width)?);
        }
        let marks = Dense::of_rows(width, marks.iter().map(|(row, bias)| (row.as_slice(), *bias)));
        Ok(Weights { syntax: syntax(&file, width, relations)?, transformer, marks, upos, names, speech, factuality })
    }
}

fn transformer(file: &File<'_>) -> Result<Transformer, Error> {
    let shape = file.shape("tok.w")?;
    let &[pieces, width] = shape.as_slice() else {
        return Err(Error::tensor("tok.w", format!("expected two dimensions, found {shape:?}")));
    };
    if width == 0 || !width.is_multiple_of(HEAD) {
        return Err(Error::tensor("tok.w", format!("expected rows of a multiple of {HEAD} values, found {width}")));
    }
    let positions = file.shape("pos")?.first().copied().unwrap_or(0);
    if positions < POSITIONS {
        return Err(Error::tensor("pos", format!("expected at least {POSITIONS} positions, found {positions}")));
    }
    let layers = (0..).take_while(|layer| file.has(&format!("l{layer}.qkv.w"))).map(|layer| self::layer(file, layer, width));
    Ok(Transformer {
        width,
        pieces: file.integers("tok.w", &[pieces, width])?,
        piece_scales: file.floats("tok.scale", &[pieces])?,
        positions: file.floats("pos", &[positions, width])?,
        cases: file.floats("case", &[Case::COUNT, width])?,
        norm: norm(file, "ln", width)?,
        layers: layers.collect::<Result<_, _>>()?,
    })
}

fn layer(file: &File<'_>, layer: usize, width: usize) -> Result<Layer, Error> {
    let wide = file.shape(&format!("l{layer}.up.w"))?.first().copied().unwrap_or(0);
    let linear = |name: &str, outputs: usize, inputs: usize| -> Result<Linear, Error> {
        let name = |part: &str| format!("l{layer}.{name}.{part}");
        let weights = file.integers(&name("w"), &[outputs, inputs])?;
        Ok(Linear::of_weights(&weights, &file.floats(&name("scale"), &[outputs])?, &file.floats(&name("b"), &[outputs])?))
    };
    Ok(Layer {
        attention: linear("qkv", 3 * width, width)?,
        mixing: linear("o", width, width)?,
        attention_norm: norm(file, &format!("l{layer}.ln1"), width)?,
        up: linear("up", wide, width)?,
        down: linear("down", width, wide)?,
        norm: norm(file, &format!("l{layer}.ln2"), width)?,
    })
}

fn norm(file: &File<'_>, name: &str, width: usize) -> Result<Norm, Error> {
    Ok(Norm { gain: file.floats(&format!("{name}.w"), &[width])?, bias: file.floats(&format!("{name}.b"), &[width])? })
}

fn syntax(file: &File<'_>, width: usize, relations: Vec<Relation>) -> Result<Syntax, Error> {
    let last = |name: &str| Ok::<usize, Error>(file.shape(name)?.last().copied().unwrap_or(0));
    let (arc, label) = (last("arc.w")?, last("rel.w")?.saturating_sub(1));
    let outputs = 2 * (arc + label);
    let views = Linear::rounded(&file.floats("mlp.w", &[outputs, width])?, &file.floats("mlp.b", &[outputs])?);
    let set = Instructions::fastest();
    let (mut rows, mut root) = (Rows::default(), vec![0.0; outputs]);
    set.quantize(&file.floats("root", &[width])?, width, &mut rows);
    set.multiply(&views, &rows, Activation::Gelu, &mut root);
    let arcs = sought(&file.floats("arc.w", &[arc + 1, arc])?, arc);
    // Of [relations, dependent, head] the sums run over the dependent: [head, relation, dependent], and the last dependent is 1.
    let weights = file.floats("rel.w", &[relations.len(), label + 1, label + 1])?;
    let (size, count) = (label + 1, relations.len());
    let weight = |relation: usize, dependent: usize, head: usize| weights[(relation * size + dependent) * size + head];
    let pairs = || (0..size).flat_map(|head| (0..count).map(move |relation| (head, relation)));
    let rows: Vec<f32> = pairs().flat_map(|(head, relation)| (0..label).map(move |dependent| weight(relation, dependent, head))).collect();
    let bias: Vec<f32> = pairs().map(|(head, relation)| weight(relation, label, head)).collect();
    Ok(Syntax { views, root, arcs, labels: Linear::rounded(&rows, &bias), relations })
}

fn speech(file: &File<'_>, width: usize) -> Result<Speech, Error> {
    let size = file.shape("src.w")?.last().copied().unwrap_or(1).saturating_sub(1);
    let views = Linear::rounded(&file.floats("att.w", &[3 * size, width])?, &file.floats("att.b", &[3 * size])?);
    let related = |name: &str| Ok::<Dense, Error>(sought(&file.floats(name, &[size + 1, size + 1])?, size + 1));
    Ok(Speech { views, source: related("src.w")?, content: related("con.w")? })
}

/// The layer that multiplies a row vector, to which a 1 is added, with a matrix of rows of `columns` values.
fn sought(matrix: &[f32], columns: usize) -> Dense {
    let inputs = (matrix.len() / columns.max(1)).saturating_sub(1);
    let transposed: Vec<Vec<f32>> = (0..columns).map(|column| matrix.iter().skip(column).step_by(columns).copied().collect()).collect();
    Dense::of_rows(inputs, transposed.iter().map(|column| (&column[..inputs], column[inputs])))
}

/// A safetensors file.
struct File<'b> {
    tensors: SafeTensors<'b>,
    labels: Vec<(String, String)>,
}

impl<'b> File<'b> {
    fn read(bytes: &'b [u8]) -> Result<File<'b>, Error> {
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(Error::weights)?;
        let labels = header.metadata().iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok(File { tensors: SafeTensors::deserialize(bytes).map_err(Error::weights)?, labels })
    }

    fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    fn shape(&self, name: &str) -> Result<Vec<usize>, Error> {
        self.tensors.tensor(name).map(|tensor| tensor.shape().to_vec()).map_err(|error| Error::tensor(name, error))
    }

    /// The labels of a list in the metadata, in order.
    fn labels<T>(&self, name: &str, of: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
        let (_, json) = self.labels.iter().find(|(list, _)| list == name).ok_or_else(|| Error::labels(name, "missing in the metadata"))?;
        let labels: Vec<String> = serde_json::from_str(json).map_err(|error| Error::labels(name, error))?;
        labels.iter().map(|label| of(label).ok_or_else(|| Error::labels(name, format!("unknown label `{label}`")))).collect()
    }

    fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'b [u8], Error> {
        let tensor = self.tensors.tensor(name).map_err(|error| Error::tensor(name, error))?;
        if tensor.dtype() != dtype || tensor.shape() != shape {
            let (found, found_shape) = (tensor.dtype(), tensor.shape());
            return Err(Error::tensor(name, format!("expected {dtype:?} {shape:?}, found {found:?} {found_shape:?}")));
        }
        Ok(tensor.data())
    }

    fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let values: Vec<f32> = self.bytes(name, Dtype::F32, shape)?.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(values),
            false => Err(Error::tensor(name, "holds a value that is no number")),
        }
    }

    fn integers(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        Ok(self.bytes(name, Dtype::I8, shape)?.iter().map(|byte| byte.cast_signed()).collect())
    }

    /// The weights of each label of a head, with its bias.
    fn rows(&self, name: &str, labels: usize, width: usize) -> Result<Vec<(Vec<f32>, f32)>, Error> {
        let weights = self.floats(&format!("{name}.w"), &[labels, width])?;
        let bias = self.floats(&format!("{name}.b"), &[labels])?;
        Ok(weights.chunks_exact(width).map(<[f32]>::to_vec).zip(bias).collect())
    }
}
