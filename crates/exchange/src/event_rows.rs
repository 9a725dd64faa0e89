//! How do events become the rows of a CSV file, in the columns of another set with our own behind them?

use std::io::Write;

use sayso::rows::inert;
use sayso_linking::account::Profile;

use crate::Error;
use crate::told::{Export, ToldEvent, Written};

/// Writes a row for each event as `profile` sees it; `row` gives its values in the order of the columns, or why it is left out.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub(crate) fn write<'c>(
    export: &Export<'_>,
    profile: Profile,
    columns: impl Iterator<Item = &'c &'c str>,
    out: &mut dyn Write,
    mut row: impl FnMut(&ToldEvent) -> Result<Result<Vec<String>, &'static str>, Error>,
) -> Result<Written, Error> {
    let mut written = Written::default();
    let mut table = csv::Writer::from_writer(out);
    table.write_record(columns)?;
    export.each_event(profile, |event| {
        match row(event)? {
            Ok(values) => {
                table.write_record(values.iter().map(|value| inert(value).into_owned()))?;
                written.written += 1;
            }
            Err(why) => written.leave_out(why),
        }
        Ok(())
    })?;
    table.flush()?;
    Ok(written)
}
