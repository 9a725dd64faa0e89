//! What does a fill of an official key or response say? Alternatives, optional values, cross-references, ranges and places.

/// A fill as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word of a set, a quoted string, a day, a country.
    Text(String),
    /// One of several.
    Or(Vec<Value>),
    /// One that may be left out.
    Optional(Box<Value>),
    /// Two that belong together.
    Pair(PairKind, Option<Box<Value>>, Option<Box<Value>>),
    /// A country and places in it, the widest first.
    Location(Vec<Value>),
}

/// How two values belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairKind {
    /// A fill said of another slot's: `DEATH: "JUDGE"`.
    Reference,
    /// From and until.
    Range,
    /// A place's name and type.
    Place,
    /// Between two places.
    Between,
}

/// How the fills of a slot are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillKind {
    /// A day or a range of days.
    Date,
    /// A country with places.
    Location,
    /// A number.
    Number,
    /// A string of the text.
    String,
    /// A word of a closed set.
    Element,
}

impl FillKind {
    /// The kind of a slot by its number, 2 to 24.
    pub fn of(slot: u8) -> FillKind {
        match slot {
            2 => FillKind::Date,
            3 => FillKind::Location,
            14 | 17 | 21 | 24 => FillKind::Number,
            6 | 9 | 10 | 12 | 18 | 19 => FillKind::String,
            _ => FillKind::Element,
        }
    }
}

impl Value {
    /// Reads a fill of a slot; none where it is empty.
    pub fn parse(slot: u8, text: &str) -> Option<Value> {
        let text = text.trim().to_uppercase();
        let (optional, text) = text.strip_prefix('?').map_or((false, text.as_str()), |rest| (true, rest.trim()));
        let value = match FillKind::of(slot) {
            FillKind::Date => range(text),
            FillKind::Location => location(text),
            FillKind::Number if !text.contains(':') => range(text),
            _ => References { tokens: tokens(text), at: 0 }.value()?,
        };
        if matches!(&value, Value::Text(t) if matches!(t.as_str(), "" | "*" | "-")) {
            return None;
        }
        Some(if optional { Value::Optional(Box::new(value)) } else { value })
    }

    /// The two sides of a reference, also of an optional one.
    pub fn reference(&self) -> Option<(Option<&Value>, Option<&Value>)> {
        match self {
            Value::Pair(PairKind::Reference, said, of) => Some((said.as_deref(), of.as_deref())),
            Value::Optional(value) if !matches!(**value, Value::Optional(_)) => value.reference(),
            _ => None,
        }
    }

    /// What a reference says, or the value itself.
    pub fn said(&self) -> &Value {
        self.reference().and_then(|(said, _)| said).unwrap_or(self)
    }

    /// Whether it may be left out.
    pub fn is_optional(&self) -> bool {
        matches!(self, Value::Optional(_))
    }
}

fn one_of(values: Vec<Value>) -> Option<Value> {
    let mut flat = Vec::new();
    for value in values {
        match value {
            Value::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() > 1 { Some(Value::Or(flat)) } else { flat.pop() }
}

/// The pieces of a fill: quoted strings with their quotes, signs, and what stands between.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut piece = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && piece.trim().is_empty() {
            let mut quoted = String::from('"');
            while let Some(inner) = chars.next() {
                quoted.push(inner);
                match inner {
                    '\\' => quoted.extend(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
            found.push(quoted);
            piece.clear();
        } else if matches!(c, '/' | ':' | '(' | ')') {
            if !piece.trim().is_empty() {
                found.push(piece.trim().to_owned());
            }
            found.push(c.to_string());
            piece.clear();
        } else {
            piece.push(c);
        }
    }
    if !piece.trim().is_empty() {
        found.push(piece.trim().to_owned());
    }
    found
}

/// Reads `A / B: "C" / "D"`.
struct References {
    tokens: Vec<String>,
    at: usize,
}

impl References {
    fn value(&mut self) -> Option<Value> {
        let mut sides: Vec<Vec<Value>> = vec![Vec::new()];
        while let Some(token) = self.tokens.get(self.at).cloned() {
            if token == ")" {
                break;
            }
            self.at += 1;
            let side = sides.last_mut()?;
            match token.as_str() {
                ":" => sides.push(Vec::new()),
                "(" => {
                    let inner = self.value();
                    side.extend(inner);
                    self.at += 1;
                }
                "/" => {}
                _ => side.push(Value::Text(token)),
            }
        }
        if sides.len() == 1 || sides[0].is_empty() {
            return one_of(sides.into_iter().flatten().collect());
        }
        let mut sides = sides.into_iter();
        let (said, of) = (sides.next()?, sides.next()?);
        match one_of(of) {
            None => one_of(said),
            Some(of) => Some(Value::Pair(PairKind::Reference, one_of(said).map(Box::new), Some(Box::new(of)))),
        }
    }
}

/// Without brackets around the whole.
fn ungrouped(text: &str) -> &str {
    let mut text = text.trim();
    while text.starts_with('(') && text.ends_with(')') {
        let mut depth = 0i32;
        let closes = text.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        if closes.is_none_or(|(at, _)| at + 1 != text.len()) {
            break;
        }
        text = text[1..text.len() - 1].trim();
    }
    text
}

/// The parts between separators that stand outside brackets and quotes.
fn outside(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut from) = (0i32, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        if !quoted {
            depth += i32::from(c == '(') - i32::from(c == ')');
            if depth == 0 && c == separator {
                parts.push(text[from..at].trim());
                from = at + 1;
            }
        }
    }
    parts.push(text[from..].trim());
    parts
}

fn text(text: &str) -> Value {
    Value::Text(text.trim().to_owned())
}

fn range(of: &str) -> Value {
    let bound = |t: &str| (!t.trim().is_empty()).then(|| Box::new(text(t)));
    let alternatives = outside(of, '/').into_iter().map(|part| {
        let part = ungrouped(part);
        match part.split_once('-') {
            Some((from, until)) => Value::Pair(PairKind::Range, bound(from), bound(until)),
            None => text(part),
        }
    });
    one_of(alternatives.collect()).unwrap_or(Value::Text(String::new()))
}

fn location(of: &str) -> Value {
    let alternatives = outside(of, '/').into_iter().map(|part| {
        let part = ungrouped(part);
        let parts = outside(part, ':');
        if parts.len() == 1 && !part.contains(" - ") {
            return text(part);
        }
        let mut found = vec![text(ungrouped(parts[0]))];
        found.extend(parts[1..].iter().map(|named| match named.split_once(" - ") {
            Some((one, other)) => Value::Pair(PairKind::Between, Some(Box::new(place(one.trim()))), Some(Box::new(place(other.trim())))),
            None => place(named),
        }));
        Value::Location(found)
    });
    one_of(alternatives.collect()).unwrap_or(Value::Text(String::new()))
}

fn place(of: &str) -> Value {
    let names = |t: &str| one_of(t.split('/').map(text).collect()).map(Box::new);
    match of.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((name, kind)) => Value::Pair(PairKind::Place, names(name), names(kind)),
        None => one_of(of.split('/').map(text).collect()).unwrap_or(Value::Text(String::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(slot: u8, text: &str, expected: &str) {
        let shown = Value::parse(slot, text).map_or_else(|| "none".to_owned(), |value| show(&value));
        assert_eq!(shown, expected, "{text}");
    }

    fn show(value: &Value) -> String {
        let part = |side: &Option<Box<Value>>| side.as_deref().map_or_else(|| "_".to_owned(), show);
        match value {
            Value::Text(text) => text.clone(),
            Value::Or(values) => format!("<{}>", values.iter().map(show).collect::<Vec<_>>().join(" | ")),
            Value::Optional(value) => format!("?{}", show(value)),
            Value::Pair(kind, one, other) => format!("{kind:?}({}, {})", part(one), part(other)),
            Value::Location(places) => format!("Location({})", places.iter().map(show).collect::<Vec<_>>().join(", ")),
        }
    }

    #[test]
    fn fills_are_read() {
        check(9, "\"two men\" / \"men\"", "<\"TWO MEN\" | \"MEN\">");
        check(13, "? ENERGY / OTHER: \"POLES\"", "?Reference(<ENERGY | OTHER>, \"POLES\")");
        check(2, "(03 MAY 90) / (- 04 MAY 90)", "<03 MAY 90 | Range(_, 04 MAY 90)>");
        check(3, "PERU: JUNIN (DEPARTMENT): TARMA (CITY / TOWN)", "Location(PERU, Place(JUNIN, DEPARTMENT), Place(TARMA, <CITY | TOWN>))");
        check(6, "*", "none");
        check(14, "PLURAL: \"POLES\"", "Reference(PLURAL, \"POLES\")");
    }
}
