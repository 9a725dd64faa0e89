//! What is a table of numbers? Rows of equal length, one after another.

/// A matrix of 32-bit numbers, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Matrix {
        Matrix { columns, values: vec![0.0; rows * columns] }
    }

    /// The matrix of the values of its rows, one after another; an incomplete last row is left out.
    pub fn of_values(columns: usize, mut values: Vec<f32>) -> Matrix {
        values.truncate(values.len() / columns.max(1) * columns);
        Matrix { columns, values }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..][..self.columns]
    }

    /// One row, to be written.
    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..][..self.columns]
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// All values, to be written.
    pub fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }

    /// A part of each row, by columns.
    pub fn columns_of(&self, columns: std::ops::Range<usize>) -> Matrix {
        let values = (0..self.rows()).flat_map(|row| self.row(row)[columns.clone()].iter().copied());
        Matrix { columns: columns.len(), values: values.collect() }
    }

    /// Some of the rows, in order.
    pub fn rows_of(&self, rows: std::ops::Range<usize>) -> Matrix {
        Matrix { columns: self.columns, values: self.values[rows.start * self.columns..rows.end * self.columns].to_vec() }
    }
}

/// The place of the greatest value, the first of several; 0 where there is none.
pub fn greatest(values: &[f32]) -> usize {
    let better = |best: usize, at: usize| if values[at] > values[best] { at } else { best };
    (1..values.len()).fold(0, better)
}
