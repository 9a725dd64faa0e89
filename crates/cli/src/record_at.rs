//! As of when is a record asked, and in whose name is it changed?

use std::path::Path;

use clap::Args;
use sayso::types::Edtf;
use sayso_store::{Moment, Record};

use crate::terminal;

/// Who decides, and why.
#[derive(Args)]
pub(crate) struct Signature {
    /// Who decides [default: SAYSO_USER, else the name you are logged in by].
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON", default_value = "", hide_default_value = true)]
    pub(crate) why: String,
}

impl Signature {
    /// The name of who decides.
    pub(crate) fn who(&self) -> anyhow::Result<String> {
        let named = self.by.clone().or_else(terminal::user);
        named
            .filter(|name| !name.trim().is_empty())
            .ok_or_else(|| anyhow::anyhow!("nobody says who decides; add --by NAME, or set SAYSO_USER"))
    }
}

/// The record at a path, to be asked as it stands or as it stood at a moment: a date (its end), a time, or a release's name.
pub(crate) fn open(path: &Path, as_of: Option<&str>) -> anyhow::Result<Record> {
    let mut record = Record::open_read_only(path)?;
    if let Some(text) = as_of {
        let moment = moment(&record, text)?;
        record.look_back(&moment)?;
    }
    Ok(record)
}

/// The moment that a person means: a release of this name, else a time, else the end of a date.
pub(crate) fn moment(record: &Record, text: &str) -> anyhow::Result<Moment> {
    if record.releases()?.iter().any(|release| release.name == text) {
        return Ok(Moment::Release(text.to_owned()));
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(Moment::Time(time.to_string()));
    }
    let last = text.parse::<Edtf>().ok().and_then(|date| date.latest());
    match last {
        Some(day) => Ok(Moment::Time(format!("{day}T23:59:59Z"))),
        None => anyhow::bail!(
            "`{text}` is neither a release (`sayso releases` lists them) nor a date (2017, 2017-08, 2017-08-31) nor a time (2017-08-31T08:00:00Z)"
        ),
    }
}
