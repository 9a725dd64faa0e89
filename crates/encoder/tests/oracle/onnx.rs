//! How is a network written as an ONNX file? The few messages of its protocol buffers that the oracle needs.

/// A network that is being written.
#[derive(Default)]
pub struct Network {
    graph: Vec<u8>,
    values: usize,
}

impl Network {
    /// Adds weights; returns their name.
    pub fn weights(&mut self, shape: &[usize], values: &[f32]) -> String {
        self.tensor(shape, 1, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())
    }

    /// Adds a shape; returns its name.
    pub fn shape(&mut self, values: &[i64]) -> String {
        self.tensor(&[values.len()], 7, &values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>())
    }

    /// Adds an input of integers.
    pub fn input(&mut self, name: &str) {
        bytes(&mut self.graph, 11, &value_info(name, 7));
    }

    /// Names what the network gives out.
    pub fn output(&mut self, name: &str) {
        bytes(&mut self.graph, 12, &value_info(name, 1));
    }

    /// Adds an operation; returns its output's name.
    pub fn node(&mut self, operation: &str, inputs: &[&str], attributes: &[Attribute<'_>]) -> String {
        let name = self.name();
        let mut node = Vec::new();
        inputs.iter().for_each(|input| bytes(&mut node, 1, input.as_bytes()));
        bytes(&mut node, 2, name.as_bytes());
        bytes(&mut node, 4, operation.as_bytes());
        attributes.iter().for_each(|attribute| bytes(&mut node, 5, &attribute.message()));
        bytes(&mut self.graph, 1, &node);
        name
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        let (mut opset, mut file) = (Vec::new(), Vec::new());
        number(&mut opset, 2, 17);
        number(&mut file, 1, 8);
        bytes(&mut file, 7, &self.graph);
        bytes(&mut file, 8, &opset);
        file
    }

    fn tensor(&mut self, shape: &[usize], kind: u64, data: &[u8]) -> String {
        let name = self.name();
        let mut tensor = Vec::new();
        shape.iter().for_each(|size| number(&mut tensor, 1, *size as u64));
        number(&mut tensor, 2, kind);
        bytes(&mut tensor, 8, name.as_bytes());
        bytes(&mut tensor, 9, data);
        bytes(&mut self.graph, 5, &tensor);
        name
    }

    fn name(&mut self) -> String {
        self.values += 1;
        format!("v{}", self.values)
    }
}

/// A setting of an operation.
pub enum Attribute<'a> {
    Float(&'a str, f32),
    Integer(&'a str, i64),
    Integers(&'a str, &'a [i64]),
}

impl Attribute<'_> {
    fn message(&self) -> Vec<u8> {
        let mut message = Vec::new();
        match self {
            Attribute::Float(name, value) => {
                bytes(&mut message, 1, name.as_bytes());
                message.push(2 << 3 | 5);
                message.extend(value.to_le_bytes());
                number(&mut message, 20, 1);
            }
            Attribute::Integer(name, value) => {
                bytes(&mut message, 1, name.as_bytes());
                number(&mut message, 3, value.cast_unsigned());
                number(&mut message, 20, 2);
            }
            Attribute::Integers(name, values) => {
                bytes(&mut message, 1, name.as_bytes());
                values.iter().for_each(|value| number(&mut message, 8, value.cast_unsigned()));
                number(&mut message, 20, 7);
            }
        }
        message
    }
}

/// A value of one dimension that is not told beforehand, or, for outputs, of any shape.
fn value_info(name: &str, kind: u64) -> Vec<u8> {
    let (mut tensor, mut of_type, mut info) = (Vec::new(), Vec::new(), Vec::new());
    number(&mut tensor, 1, kind);
    bytes(&mut of_type, 1, &tensor);
    bytes(&mut info, 1, name.as_bytes());
    bytes(&mut info, 2, &of_type);
    info
}

fn number(message: &mut Vec<u8>, field: u64, value: u64) {
    varint(message, field << 3);
    varint(message, value);
}

fn bytes(message: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(message, field << 3 | 2);
    varint(message, value.len() as u64);
    message.extend(value);
}

fn varint(message: &mut Vec<u8>, mut value: u64) {
    while value >= 128 {
        message.push(value as u8 | 128);
        value >>= 7;
    }
    message.push(value as u8);
}
