//! Which words of its document does a statement point at? All of them in one list, to be held against the text or moved in it.

use super::{EvidenceRecord, StatementRecord, Words};

/// Words of a statement with their offsets, which can be moved.
#[derive(Debug)]
pub struct Stretch<'s> {
    /// Which value they belong to, as a path: "roles/0", "attribution/1/cue".
    pub field: String,
    /// The words.
    pub text: &'s str,
    /// Code points before them.
    pub start: &'s mut usize,
    /// Code points before their end.
    pub end: &'s mut usize,
}

impl<'s> Stretch<'s> {
    fn of(field: impl Into<String>, words: &'s mut Words) -> Stretch<'s> {
        Stretch { field: field.into(), text: &words.text, start: &mut words.start, end: &mut words.end }
    }
}

impl StatementRecord {
    /// All words that it points at, its evidence first.
    pub fn stretches(&mut self) -> Vec<Stretch<'_>> {
        let mut found = Vec::new();
        push_evidence(&mut found, "evidence", &mut self.evidence);
        found.extend(self.roles.iter_mut().enumerate().map(|(at, role)| Stretch::of(format!("roles/{at}"), &mut role.words)));
        if let Some(place) = &mut self.place {
            found.push(Stretch::of("place", &mut place.words));
            found.extend(place.from.as_mut().map(|from| Stretch::of("place/from", from)));
        }
        if let Some(time) = &mut self.time {
            found.push(Stretch::of("time", &mut time.words));
            found.extend(time.from.as_mut().map(|from| Stretch::of("time/from", from)));
        }
        found.extend(self.quantities.iter_mut().enumerate().map(|(at, q)| Stretch::of(format!("quantities/{at}"), &mut q.words)));
        found.extend(self.hedge.as_mut().map(|hedge| Stretch::of("hedge", hedge)));
        for (at, link) in self.attribution.iter_mut().enumerate() {
            let source = format!("attribution/{at}");
            let cue = format!("attribution/{at}/cue");
            found.push(Stretch { field: source, text: &link.source, start: &mut link.start, end: &mut link.end });
            found.push(Stretch { field: cue, text: &link.cue, start: &mut link.cue_start, end: &mut link.cue_end });
        }
        let by = self.responsibility.iter_mut().enumerate();
        found.extend(by.map(|(at, r)| Stretch {
            field: format!("responsibility/{at}"),
            text: &r.by,
            start: &mut r.start,
            end: &mut r.end,
        }));
        found
    }
}

fn push_evidence<'s>(found: &mut Vec<Stretch<'s>>, field: &str, evidence: &'s mut EvidenceRecord) {
    found.push(Stretch::of(field, &mut evidence.words));
    found.push(Stretch::of(format!("{field}/trigger"), &mut evidence.trigger));
    for (at, also) in evidence.also.iter_mut().enumerate() {
        push_evidence(found, &format!("{field}/also/{at}"), also);
    }
}
