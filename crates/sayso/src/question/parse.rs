//! What does a text ask? Read token by token; what makes no sense is told, and never keeps the rest from being asked.

use super::{Field, Part, Question, Remark, Sense, Term};

/// So many terms are asked: a pasted article must not keep the record busy.
const MOST_TERMS: usize = 64;

/// A token and where it begins, in code points.
struct Token {
    at: usize,
    kind: TokenKind,
}

enum TokenKind {
    Open,
    Close,
    Minus,
    Or,
    And,
    Not,
    Item { field: Option<Field>, text: String, prefix: bool, written: String },
}

/// Reads a text from its beginning to its end.
pub(super) fn read(text: &str) -> (Question, Vec<Remark>) {
    let mut reader = Reader { tokens: tokens(text), next: 0, terms: 0, remarks: Vec::new() };
    let question = reader.question();
    (question, reader.remarks)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

fn ends_bare(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')')
}

fn tokens(text: &str) -> Vec<Token> {
    let all: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < all.len() {
        let c = all[at];
        let begins = at;
        let kind = match c {
            _ if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' | ')' => {
                at += 1;
                if c == '(' { TokenKind::Open } else { TokenKind::Close }
            }
            '-' if all.get(at + 1).is_some_and(|next| !next.is_whitespace() && *next != '-') => {
                at += 1;
                TokenKind::Minus
            }
            _ => item(&all, &mut at),
        };
        found.push(Token { at: begins, kind });
    }
    found
}

/// A word, a phrase, a field with its value, or an operator.
fn item(all: &[char], at: &mut usize) -> TokenKind {
    let begins = *at;
    let mut field = None;
    if is_quote(all[*at]) {
        let (text, prefix) = phrase(all, at);
        return TokenKind::Item { field, text, prefix, written: all[begins..*at].iter().collect() };
    }
    let mut word = bare(all, *at);
    if let Some(colon) = word.iter().position(|c| *c == ':') {
        field = Field::named(&word[..colon].iter().collect::<String>());
        if field.is_some() {
            *at += colon + 1;
            if all.get(*at).copied().is_some_and(is_quote) {
                let (text, _) = phrase(all, at);
                return TokenKind::Item { field, text, prefix: false, written: all[begins..*at].iter().collect() };
            }
            word = bare(all, *at);
        }
    }
    *at += word.len();
    let written: String = all[begins..*at].iter().collect();
    let text: String = word.iter().collect();
    match (field, text.as_str()) {
        (None, "OR" | "||") => TokenKind::Or,
        (None, "AND" | "&&") => TokenKind::And,
        (None, "NOT") => TokenKind::Not,
        (None, _) => TokenKind::Item { field, prefix: text.ends_with('*'), text: text.trim_end_matches('*').to_owned(), written },
        (Some(_), _) => TokenKind::Item { field, text, prefix: false, written },
    }
}

fn bare(all: &[char], from: usize) -> &[char] {
    let length = all[from..].iter().take_while(|c| !ends_bare(**c)).count();
    &all[from..from + length]
}

/// What stands between quotation marks, words with one space between them; an unclosed phrase runs to the end.
fn phrase(all: &[char], at: &mut usize) -> (String, bool) {
    *at += 1;
    let length = all[*at..].iter().take_while(|c| !is_quote(**c)).count();
    let inside: String = all[*at..*at + length].iter().collect();
    *at = (*at + length + 1).min(all.len());
    let prefix = all.get(*at) == Some(&'*');
    if prefix {
        *at += 1;
    }
    (inside.split_whitespace().collect::<Vec<_>>().join(" "), prefix)
}

struct Reader {
    tokens: Vec<Token>,
    next: usize,
    terms: usize,
    remarks: Vec<Remark>,
}

impl Reader {
    fn question(&mut self) -> Question {
        let mut parts = Vec::new();
        while self.next < self.tokens.len() {
            let sense = self.sense();
            match sense {
                Sense::Wanted => parts.extend(self.wanted()),
                Sense::Unwanted => parts.extend(self.unwanted()),
            }
        }
        parts.retain(|part: &Part| !part.any.is_empty());
        Question { parts }
    }

    /// Whether what comes must hold; `NOT -x` asks for x.
    fn sense(&mut self) -> Sense {
        let mut sense = Sense::Wanted;
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::Minus | TokenKind::Not => {
                    sense = if sense == Sense::Wanted { Sense::Unwanted } else { Sense::Wanted };
                }
                TokenKind::And => {}
                TokenKind::Or => self.remark("OR stands between two things, and here is only one"),
                TokenKind::Close => self.remark("nothing was opened that this could close"),
                TokenKind::Open | TokenKind::Item { .. } => break,
            }
            self.next += 1;
        }
        sense
    }

    /// What must hold: parts that OR binds together, or the parts in parentheses.
    fn wanted(&mut self) -> Vec<Part> {
        let wanted = |any: Vec<Term>| Part { sense: Sense::Wanted, any };
        let mut groups = self.operand();
        while self.continues() {
            self.next += 1;
            if matches!(self.kind(), Some(TokenKind::Minus | TokenKind::Not)) {
                self.remark("what must not hold cannot be one of several that will do; it is left out");
                self.sense();
                self.operand();
                continue;
            }
            let other = self.operand();
            let (mut any, several) = (Vec::new(), groups.len() > 1 || other.len() > 1);
            if several {
                self.next = self.next.saturating_sub(1);
                self.remark("within OR, any one of the terms will do");
                self.next += 1;
            }
            groups.into_iter().chain(other).for_each(|terms| any.extend(terms));
            groups = vec![any];
        }
        groups.into_iter().map(wanted).collect()
    }

    /// What may not hold: each of the terms.
    fn unwanted(&mut self) -> Vec<Part> {
        let groups = self.operand();
        groups.into_iter().map(|any| Part { sense: Sense::Unwanted, any }).collect()
    }

    fn continues(&self) -> bool {
        let more = matches!(self.tokens.get(self.next + 1), Some(token) if !matches!(token.kind, TokenKind::Close | TokenKind::Or | TokenKind::And));
        matches!(self.kind(), Some(TokenKind::Or)) && more
    }

    fn kind(&self) -> Option<&TokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    /// One term, or what stands in parentheses: groups that must all hold, each of terms of which one will do.
    fn operand(&mut self) -> Vec<Vec<Term>> {
        match self.kind() {
            Some(TokenKind::Open) => {
                self.next += 1;
                self.inside()
            }
            Some(TokenKind::Item { .. }) => {
                let term = self.term();
                self.next += 1;
                term.map(|term| vec![vec![term]]).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// What stands up to the closing parenthesis.
    fn inside(&mut self) -> Vec<Vec<Term>> {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut bound = false;
        while let Some(kind) = self.kind() {
            match kind {
                TokenKind::Close => {
                    self.next += 1;
                    return groups;
                }
                TokenKind::Or => bound = true,
                TokenKind::And => bound = false,
                TokenKind::Open => self.remark("parentheses within parentheses are read as one"),
                TokenKind::Minus | TokenKind::Not => {
                    self.remark("what must not hold cannot stand in parentheses; it is left out");
                    self.next += 1;
                    if !matches!(self.kind(), Some(TokenKind::Item { .. })) {
                        continue;
                    }
                }
                TokenKind::Item { .. } => {
                    let term = self.term();
                    match (term, groups.last_mut()) {
                        (Some(term), Some(last)) if bound => last.push(term),
                        (Some(term), _) => groups.push(vec![term]),
                        (None, _) => {}
                    }
                    bound = false;
                }
            }
            self.next += 1;
        }
        groups
    }

    /// The term of the item that is next.
    fn term(&mut self) -> Option<Term> {
        let Some(TokenKind::Item { field, text, prefix, .. }) = self.kind() else { return None };
        let term = match field {
            Some(field) => field.term(text),
            None if !text.chars().any(char::is_alphanumeric) => return None,
            None if *prefix => Ok(Term::Prefix(text.clone())),
            None => Ok(Term::Words(text.clone())),
        };
        if self.terms >= MOST_TERMS {
            if self.terms == MOST_TERMS {
                self.remark(&format!("only the first {MOST_TERMS} terms are asked"));
            }
            self.terms = MOST_TERMS + 1;
            return None;
        }
        match term {
            Ok(term) => {
                self.terms += 1;
                Some(term)
            }
            Err(why) => {
                self.remark(&format!("{why}; it is left out"));
                None
            }
        }
    }

    /// Tells of the token that is next.
    fn remark(&mut self, why: &str) {
        let Some(token) = self.tokens.get(self.next) else { return };
        let written = match &token.kind {
            TokenKind::Open => "(".to_owned(),
            TokenKind::Close => ")".to_owned(),
            TokenKind::Minus => "-".to_owned(),
            TokenKind::Or => "OR".to_owned(),
            TokenKind::And => "AND".to_owned(),
            TokenKind::Not => "NOT".to_owned(),
            TokenKind::Item { written, .. } => written.clone(),
        };
        self.remarks.push(Remark { at: token.at, written, why: why.to_owned() });
    }
}
