//! What does a document say of its own publication, and which of two came first?

use jiff::civil::Date;

use super::overlap::Overlap;

/// What is known of a document's publication: what a page prints around its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imprint {
    /// The document's number in the record; the order of numbers is the order of reading.
    pub key: i64,
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// First and last day that its publication date can mean.
    pub published: Option<(Date, Date)>,
    /// Who published it: an outlet's name, or its host.
    pub publisher: Option<String>,
    /// The outlet that it says it took the text from.
    pub credit: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
}

/// Why one document comes before another, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// The other credits it.
    Credited,
    /// Both give its address.
    Address,
    /// The other credits an outlet and it does not.
    Uncredited,
    /// It was published before.
    Date,
    /// It holds the other.
    Longer,
    /// It was read before.
    Order,
}

impl Precedence {
    /// Whether that says something of when they were published, not only of how they look.
    pub fn is_of_publication(self) -> bool {
        self <= Precedence::Date
    }
}

impl Imprint {
    /// Whether it credits the publisher of `other`, and is not of that publisher itself.
    pub fn credits(&self, other: &Imprint) -> bool {
        match (self.foreign_credit(), &other.publisher) {
            (Some(credit), Some(publisher)) => names(credit, publisher),
            _ => false,
        }
    }

    /// The outlet that it credits, where that is not its own publisher.
    pub fn foreign_credit(&self) -> Option<&str> {
        let own = self.publisher.as_deref().unwrap_or_default();
        self.credit.as_deref().filter(|credit| !credit.trim().is_empty() && !names(credit, own))
    }

    /// Whether both give one address as theirs.
    pub fn has_address_of(&self, other: &Imprint) -> bool {
        matches!((&self.url, &other.url), (Some(one), Some(other)) if !bare(one).is_empty() && bare(one) == bare(other))
    }

    /// Whether its address is of its own publisher's site.
    fn is_at_home(&self) -> bool {
        let host = self.url.as_deref().map(|url| bare(url).split('/').next().unwrap_or_default().to_owned());
        matches!((host, &self.publisher), (Some(host), Some(publisher)) if bare(publisher) == host || names(publisher, &host))
    }

    /// Whether it was certainly published before `other`.
    pub fn is_before(&self, other: &Imprint) -> bool {
        matches!((self.published, other.published), (Some((_, latest)), Some((earliest, _))) if latest < earliest)
    }

    /// The fewest days between the publication of both; 0 where a date is not known.
    pub(super) fn days_apart(&self, other: &Imprint) -> i32 {
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        match (self.published, other.published) {
            (Some(one), Some(two)) => days(one.1, two.0).max(days(two.1, one.0)).max(0),
            _ => 0,
        }
    }

    /// How a sentence names it: «title» (Newsweek, 31 August 2017).
    pub(super) fn label(&self) -> String {
        let name = match self.title.as_deref().map(str::trim) {
            Some(title) if !title.is_empty() => format!("«{title}»"),
            _ => self.id.clone(),
        };
        let about: Vec<String> = self.publisher.iter().cloned().chain(self.published.map(day)).collect();
        if about.is_empty() { name } else { format!("{name} ({})", about.join(", ")) }
    }
}

/// Which of two documents came first, and why: true for the first of them.
pub fn is_first(one: &Imprint, other: &Imprint, overlap: &Overlap) -> (bool, Precedence) {
    let tests = [
        (Precedence::Credited, other.credits(one), one.credits(other)),
        (Precedence::Address, one.has_address_of(other) && one.is_at_home(), one.has_address_of(other) && other.is_at_home()),
        (Precedence::Uncredited, other.foreign_credit().is_some(), one.foreign_credit().is_some()),
        (Precedence::Date, one.is_before(other), other.is_before(one)),
        (Precedence::Longer, overlap.is_within_one(), overlap.is_within_other()),
    ];
    let told = tests.into_iter().find(|(_, here, there)| here != there);
    told.map_or((one.key < other.key, Precedence::Order), |(precedence, here, _)| (here, precedence))
}

/// Whether an outlet's name as credited ("Newsweek", "Daily Star") names a publisher: the same name, a part of it in whole words
/// ("Reuters" and "Thomson Reuters"), or a part of its host ("dailystar.example").
fn names(credit: &str, publisher: &str) -> bool {
    let (credit, publisher) = (folded(credit), folded(publisher));
    let joined = credit.concat();
    !credit.is_empty() && (publisher.windows(credit.len()).any(|words| words == credit) || publisher.contains(&joined))
}

fn folded(name: &str) -> Vec<String> {
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// An address without what does not tell pages apart: scheme, `www.`, query, fragment, last slash.
fn bare(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or_default();
    url.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

/// A day, month, year or longer time as a sentence gives it.
fn day((from, to): (Date, Date)) -> String {
    let (first, last) = (from.first_of_month() == from && to.last_of_month() == to, from.year() == to.year());
    if from == to {
        from.strftime("%-d %B %Y").to_string()
    } else if first && last && from.month() == to.month() {
        from.strftime("%B %Y").to_string()
    } else if last && from.first_of_year() == from && to.last_of_year() == to {
        from.year().to_string()
    } else {
        format!("{} to {}", from.strftime("%-d %B %Y"), to.strftime("%-d %B %Y"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(credit: &str, publisher: &str, expected: bool) {
        assert_eq!(names(credit, publisher), expected, "{credit} / {publisher}");
    }

    #[test]
    fn a_credit_names_a_publisher_by_name_or_host() {
        check("Courier", "The Northern Courier", true);
        check("Daily Lamp", "www.dailylamp.example", true);
        check("Courier", "courier.example", true);
        check("Courier", "Courierpost", false);
        check("", "Courier", false);
    }

    #[test]
    fn an_agency_that_credits_itself_credits_nobody() {
        let own = Imprint { publisher: Some("North Wire".into()), credit: Some("North Wire".into()), ..Imprint::default() };
        assert_eq!(own.foreign_credit(), None);
        assert!(!own.credits(&own));
    }

    #[test]
    fn dates_are_written_as_exactly_as_they_are_known() {
        let date = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(day((date(2017, 8, 31), date(2017, 8, 31))), "31 August 2017");
        assert_eq!(day((date(2017, 8, 1), date(2017, 8, 31))), "August 2017");
        assert_eq!(day((date(2017, 1, 1), date(2017, 12, 31))), "2017");
        assert_eq!(day((date(2017, 8, 1), date(2017, 9, 2))), "1 August 2017 to 2 September 2017");
    }
}
