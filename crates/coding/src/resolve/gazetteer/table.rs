//! How are the tables beside the file read? Tab-separated lines: `#` comments, one line of column names, then rows.

use super::error::{Error, ErrorKind};

/// One row and where it stands.
pub(super) struct Row<'t> {
    file: &'t str,
    line: usize,
    columns: &'t [&'t str],
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where it is.
    pub(super) fn cell(&self, column: &str) -> &'t str {
        self.columns.iter().position(|c| *c == column).and_then(|at| self.cells.get(at)).copied().unwrap_or_default()
    }

    /// The cell of a column that may not be empty.
    pub(super) fn required(&self, column: &str) -> Result<&'t str, Error> {
        match self.cell(column) {
            "" => Err(self.error(&format!("expected something in column `{column}`"))),
            cell => Ok(cell),
        }
    }

    /// The parts of a cell between `|`.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        self.cell(column).split('|').filter(|part| !part.is_empty())
    }

    /// The error of this row.
    pub(super) fn error(&self, what: &str) -> Error {
        Error::of(ErrorKind::Table, format!("{}:{}: {what}", self.file, self.line))
    }
}

/// Calls `each` with every row of `text`, whose columns must be `columns`.
pub(super) fn rows<'t>(
    file: &'t str,
    text: &'t str,
    columns: &'t [&'t str],
    mut each: impl FnMut(&Row<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut header = true;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let row = Row { file, line: number + 1, columns, cells: line.split('\t').collect() };
        if header {
            if row.cells != columns {
                return Err(row.error(&format!("expected the columns {}", columns.join(", "))));
            }
            header = false;
            continue;
        }
        if row.cells.len() > columns.len() {
            return Err(row.error(&format!("expected at most {} columns", columns.len())));
        }
        each(&row)?;
    }
    Ok(())
}
