//! How far is each file read by now, as the record is to keep it?

use std::collections::BTreeMap;

use sayso::input::{Earlier, Position, Reached};
use sayso_store::{Error, InputId, InputReached, Record};

/// The files that are read, by their names.
pub(crate) struct Files {
    settings: String,
    known: BTreeMap<String, InputReached>,
}

impl Files {
    /// Those of an earlier reading with the same settings, from where it goes on.
    pub(crate) fn of(record: &Record, settings: String) -> Result<Files, Error> {
        let known = record.inputs_reached(&settings)?.into_iter().map(|input| (input.name.clone(), input)).collect();
        Ok(Files { settings, known })
    }

    /// None: all are read anew.
    pub(crate) fn anew(settings: String) -> Files {
        Files { settings, known: BTreeMap::new() }
    }

    /// How far each was read, for whoever reads on.
    pub(crate) fn earlier(&self) -> BTreeMap<String, Earlier> {
        let earlier = |input: &InputReached| Earlier {
            identity: input.identity.clone(),
            reached: Reached { number: input.number, offset: input.offset, within: input.within },
            items: input.items,
        };
        self.known.iter().map(|(name, input)| (name.clone(), earlier(input))).collect()
    }

    /// Notes that an input at a position is done.
    pub(crate) fn reach(&mut self, position: &Position) {
        let Position { source, reached } = position;
        // What cannot even be opened is tried again.
        if reached.number == 0 {
            return;
        }
        let begun = || InputReached {
            id: None,
            name: source.name.clone(),
            identity: source.identity.clone(),
            settings: self.settings.clone(),
            number: 0,
            offset: 0,
            within: 0,
            items: 0,
        };
        let input = self.known.entry(source.name.clone()).or_insert_with(begun);
        if input.identity != source.identity {
            *input = begun();
        }
        // A file that is named twice is read twice, and only the first reading takes it further.
        if reached.number > input.number {
            input.items += 1;
            (input.number, input.offset, input.within) = (reached.number, reached.offset, reached.within);
        }
    }

    /// How far these are read, each once.
    pub(crate) fn reached(&self, names: &[&str]) -> Vec<InputReached> {
        names.iter().filter_map(|name| self.known.get(*name)).cloned().collect()
    }

    /// Notes which readings those are in the record.
    pub(crate) fn kept(&mut self, inputs: &[InputReached], ids: &[InputId]) {
        for (input, id) in inputs.iter().zip(ids) {
            if let Some(known) = self.known.get_mut(&input.name) {
                known.id = Some(*id);
            }
        }
    }

    /// The reading of a file in the record, where it has one.
    pub(crate) fn id(&self, name: &str) -> Option<InputId> {
        self.known.get(name)?.id
    }
}
