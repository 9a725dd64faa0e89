//! Are the layers those of BERT? A small made-up network, read here in 8-bit integers and by another engine in 32-bit numbers.
//!
//! `rten` runs the same weights, written as an ONNX file of plain operations. The two differ by the rounding of the activations only.

mod onnx;

use onnx::{Attribute, Network};
use rten::{Model, Value};
use safetensors::tensor::{Dtype, TensorView, serialize};
use sayso_encoder::{Encoder, Instructions};

const WIDTH: usize = 64;
const WIDE: usize = 128;
const LAYERS: usize = 2;
const POSITIONS: usize = 256;
/// Their numbers are their places.
const PIECES: [&str; 12] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "rebels", "seized", "the", "bridge", "near", "mar", "##vale", "."];
/// Of a word's vectors, here and there.
const COSINE: f32 = 0.998;

/// One tensor of the file, and the numbers that it stands for.
struct Tensor {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
    values: Vec<f32>,
}

/// Makes up numbers, always the same.
struct Random(u64);

impl Random {
    /// From -1 to 1.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn floats(&mut self, name: &str, shape: &[usize], (middle, spread): (f32, f32)) -> Tensor {
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| middle + spread * self.next()).collect();
        let bytes = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        Tensor { name: name.to_owned(), dtype: Dtype::F32, shape: shape.to_vec(), bytes, values }
    }

    /// 8-bit weights with a scale a row: the first tensor stands for their products.
    fn integers(&mut self, name: &str, rows: usize, columns: usize) -> [Tensor; 2] {
        let scales = self.floats(&format!("{name}.scale"), &[rows], (0.002, 0.001));
        let integers: Vec<i8> = (0..rows * columns).map(|_| (127.0 * self.next()) as i8).collect();
        let values = integers.iter().enumerate().map(|(at, integer)| f32::from(*integer) * scales.values[at / columns]).collect();
        let bytes = integers.iter().map(|integer| integer.cast_unsigned()).collect();
        [Tensor { name: format!("{name}.w"), dtype: Dtype::I8, shape: vec![rows, columns], bytes, values }, scales]
    }
}

fn tensors() -> Vec<Tensor> {
    let mut random = Random(7);
    let mut tensors: Vec<Tensor> = random.integers("tok", PIECES.len(), WIDTH).into();
    let small = (0.0, 0.1);
    let gain = (1.0, 0.2);
    tensors.push(random.floats("pos", &[POSITIONS, WIDTH], small));
    tensors.push(random.floats("case", &[6, WIDTH], small));
    let mut norms = vec!["ln".to_owned()];
    for layer in 0..LAYERS {
        for (name, rows, columns) in [("qkv", 3 * WIDTH, WIDTH), ("o", WIDTH, WIDTH), ("up", WIDE, WIDTH), ("down", WIDTH, WIDE)] {
            tensors.extend(random.integers(&format!("l{layer}.{name}"), rows, columns));
            tensors.push(random.floats(&format!("l{layer}.{name}.b"), &[rows], small));
        }
        norms.extend([format!("l{layer}.ln1"), format!("l{layer}.ln2")]);
    }
    for norm in norms {
        tensors.push(random.floats(&format!("{norm}.w"), &[WIDTH], gain));
        tensors.push(random.floats(&format!("{norm}.b"), &[WIDTH], small));
    }
    for (name, labels) in [("upos", 2), ("names", 3)] {
        tensors.push(random.floats(&format!("{name}.w"), &[labels, WIDTH], small));
        tensors.push(random.floats(&format!("{name}.b"), &[labels], small));
    }
    let heads: [(&str, &[usize]); 5] =
        [("mlp.w", &[20, WIDTH]), ("mlp.b", &[20]), ("root", &[WIDTH]), ("arc.w", &[7, 6]), ("rel.w", &[2, 5, 5])];
    tensors.extend(heads.map(|(name, shape)| random.floats(name, shape, small)));
    tensors
}

fn encoder(tensors: &[Tensor]) -> Encoder {
    let views = tensors.iter().map(|t| (t.name.clone(), TensorView::new(t.dtype, t.shape.clone(), &t.bytes).expect("a whole tensor")));
    let labels = [("upos", r#"["NOUN", "VERB"]"#), ("names", r#"["O", "B-LOC", "I-LOC"]"#), ("relations", r#"["root", "obj"]"#)];
    let labels = labels.map(|(name, list)| (name.to_owned(), list.to_owned()));
    let bytes = serialize(views, Some(labels.into_iter().collect())).expect("a file");
    Encoder::load(&bytes, &PIECES.join("\n")).expect("an encoder")
}

/// Writes the network, operation by operation.
struct Writer<'t> {
    network: Network,
    tensors: &'t [Tensor],
}

impl Writer<'_> {
    fn values(&self, name: &str) -> &[f32] {
        &self.tensors.iter().find(|tensor| tensor.name == name).expect("a tensor of the network").values
    }

    fn weights(&mut self, name: &str, columns: usize) -> String {
        let values = self.values(name).to_vec();
        self.network.weights(&[values.len() / columns, columns], &values)
    }

    /// Rows `from..from + outputs` of a layer.
    fn linear(&mut self, x: &str, name: &str, (inputs, from, outputs): (usize, usize, usize)) -> String {
        let (weights, bias) = (self.values(&format!("{name}.w")), &self.values(&format!("{name}.b"))[from..from + outputs]);
        let transposed: Vec<f32> =
            (0..inputs).flat_map(|input| (from..from + outputs).map(move |output| weights[output * inputs + input])).collect();
        let bias = bias.to_vec();
        let (weights, bias) = (self.network.weights(&[inputs, outputs], &transposed), self.network.weights(&[outputs], &bias));
        let product = self.network.node("MatMul", &[x, &weights], &[]);
        self.network.node("Add", &[&product, &bias], &[])
    }

    fn norm(&mut self, x: &str, name: &str) -> String {
        let (gain, bias) = (self.values(&format!("{name}.w")).to_vec(), self.values(&format!("{name}.b")).to_vec());
        let (gain, bias) = (self.network.weights(&[WIDTH], &gain), self.network.weights(&[WIDTH], &bias));
        let settings = [Attribute::Float("epsilon", 1e-12), Attribute::Integer("axis", -1)];
        self.network.node("LayerNormalization", &[x, &gain, &bias], &settings)
    }

    fn attention(&mut self, x: &str, name: &str) -> String {
        let heads = self.network.shape(&[-1, (WIDTH / 32) as i64, 32]);
        let orders: [&[i64]; 3] = [&[1, 0, 2], &[1, 2, 0], &[1, 0, 2]];
        let [queries, keys, values] = std::array::from_fn(|part| {
            let rows = self.linear(x, &format!("{name}.qkv"), (WIDTH, part * WIDTH, WIDTH));
            let rows = self.network.node("Reshape", &[&rows, &heads], &[]);
            self.network.node("Transpose", &[&rows], &[Attribute::Integers("perm", orders[part])])
        });
        let scale = self.network.weights(&[1], &[1.0 / 32f32.sqrt()]);
        let scores = self.network.node("MatMul", &[&queries, &keys], &[]);
        let scores = self.network.node("Mul", &[&scores, &scale], &[]);
        let weights = self.network.node("Softmax", &[&scores], &[Attribute::Integer("axis", -1)]);
        let context = self.network.node("MatMul", &[&weights, &values], &[]);
        let context = self.network.node("Transpose", &[&context], &[Attribute::Integers("perm", &[1, 0, 2])]);
        let rows = self.network.shape(&[-1, WIDTH as i64]);
        let context = self.network.node("Reshape", &[&context, &rows], &[]);
        self.linear(&context, &format!("{name}.o"), (WIDTH, 0, WIDTH))
    }

    fn gelu(&mut self, x: &str) -> String {
        let [root, half, one] = [std::f32::consts::FRAC_1_SQRT_2, 0.5, 1.0].map(|value| self.network.weights(&[1], &[value]));
        let scaled = self.network.node("Mul", &[x, &root], &[]);
        let erf = self.network.node("Erf", &[&scaled], &[]);
        let share = self.network.node("Add", &[&erf, &one], &[]);
        let halved = self.network.node("Mul", &[x, &half], &[]);
        self.network.node("Mul", &[&halved, &share], &[])
    }

    /// The whole network; its inputs are the pieces, their positions and their cases.
    fn write(mut self) -> (Vec<u8>, String) {
        let looked_up = ["tok.w", "pos", "case"].map(|name| {
            self.network.input(&format!("in {name}"));
            let table = self.weights(name, WIDTH);
            self.network.node("Gather", &[&table, &format!("in {name}")], &[])
        });
        let sum = self.network.node("Add", &[&looked_up[0], &looked_up[1]], &[]);
        let sum = self.network.node("Add", &[&sum, &looked_up[2]], &[]);
        let mut x = self.norm(&sum, "ln");
        for layer in 0..LAYERS {
            let name = format!("l{layer}");
            let attended = self.attention(&x, &name);
            let sum = self.network.node("Add", &[&x, &attended], &[]);
            x = self.norm(&sum, &format!("{name}.ln1"));
            let wide = self.linear(&x, &format!("{name}.up"), (WIDTH, 0, WIDE));
            let wide = self.gelu(&wide);
            let narrow = self.linear(&wide, &format!("{name}.down"), (WIDE, 0, WIDTH));
            let sum = self.network.node("Add", &[&x, &narrow], &[]);
            x = self.norm(&sum, &format!("{name}.ln2"));
        }
        self.network.output(&x);
        (self.network.file(), x)
    }
}

/// The vectors of all pieces, as the other engine works them out.
fn oracle(tensors: &[Tensor], pieces: &[i32], cases: &[i32]) -> Vec<f32> {
    let (file, output) = Writer { network: Network::default(), tensors }.write();
    let model = Model::load(file).expect("a network that can be run");
    let positions: Vec<i32> = (0..).take(pieces.len()).collect();
    let inputs = [("in tok.w", pieces.to_vec()), ("in pos", positions), ("in case", cases.to_vec())];
    let inputs = inputs.map(|(name, values)| {
        let value = Value::from_shape([values.len()], values).expect("a vector");
        (model.node_id(name).expect("an input"), value.into())
    });
    let output = model.node_id(&output).expect("an output");
    let mut found = model.run(inputs.into(), &[output], None).expect("a run");
    match found.pop() {
        Some(Value::FloatTensor(tensor)) => tensor.into_data(),
        other => panic!("expected numbers, found {other:?}"),
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn vectors_are_those_of_another_engine() {
    let tensors = tensors();
    let sentence = ["Rebels", "seized", "the", "bridge", "near", "Marvale", "."];
    let expected = oracle(&tensors, &[2, 4, 5, 6, 7, 8, 9, 10, 11, 3], &[0, 1, 0, 0, 0, 0, 1, 1, 5, 0]);
    let vectors = encoder(&tensors).vectors(&[&sentence]);
    for (word, piece) in [1, 2, 3, 4, 5, 6, 8].into_iter().enumerate() {
        let found = cosine(vectors[0].row(word), &expected[piece * WIDTH..][..WIDTH]);
        assert!(found >= COSINE, "{}: cosine {found}", sentence[word]);
    }
}

#[test]
fn a_sentence_is_read_alike_in_any_company_and_by_any_instructions() {
    let encoder = encoder(&tensors());
    let long = ["rebels"; 400];
    let sentences: [&[&str]; 4] = [&["rebels", "seized", "Marvale"], &[], &long, &["The", "bridge", "."]];
    let together = encoder.read(&sentences);
    for (sentence, judgement) in sentences.iter().zip(&together) {
        assert_eq!(encoder.read(&[sentence]), std::slice::from_ref(judgement));
        assert_eq!(judgement.reading.arcs.len(), sentence.len());
        assert_eq!(judgement.reading.pos.len(), sentence.len());
        let roots = judgement.reading.arcs.iter().enumerate().filter(|(at, arc)| arc.head == *at).count();
        assert_eq!(roots, usize::from(!sentence.is_empty()));
    }
    for set in Instructions::all() {
        assert_eq!(encoder.clone().with_instructions(set).read(&sentences), together, "{}", set.name());
    }
}
