//! What is the address of a page? Made in one place, so that ids of any kind are safe in it.

use form_urlencoded::byte_serialize;

use super::setting::Setting;

/// The screens that show one thing each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// A document.
    Document,
    /// An event.
    Event,
    /// A relation.
    Relation,
    /// A series of estimates.
    Estimate,
    /// An actor.
    Actor,
    /// A statement: its document, at its words.
    Statement,
}

impl Page {
    fn path(self) -> &'static str {
        match self {
            Page::Document => "/document/",
            Page::Event => "/event/",
            Page::Relation => "/relation/",
            Page::Estimate => "/estimate/",
            Page::Actor => "/actor/",
            Page::Statement => "/statement/",
        }
    }
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    // In a form a space is "+", in a path it is not.
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

impl Setting {
    /// The address of the page of something, looked at as of the same moment.
    pub(crate) fn to(&self, page: Page, id: &str) -> String {
        self.at(&format!("{}{}", page.path(), segment(id)))
    }

    /// An address within the workbench, looked at as of the same moment.
    pub(crate) fn at(&self, address: &str) -> String {
        let Some(as_of) = &self.as_of else { return address.to_owned() };
        let (address, fragment) = address.split_once('#').map_or((address, None), |(address, fragment)| (address, Some(fragment)));
        let joint = if address.contains('?') { '&' } else { '?' };
        let as_of: String = byte_serialize(as_of.as_bytes()).collect();
        format!("{address}{joint}as-of={as_of}{}", fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use sayso_people::Role;

    use super::*;
    use crate::person::Person;

    #[test]
    fn addresses_hold_any_id_and_the_moment() {
        let now = Setting { person: Person::assumed("amina", Role::Reader), address: "/".to_owned(), as_of: None };
        assert_eq!(now.to(Page::Document, "a/b?c d#e+f"), "/document/a%2Fb%3Fc%20d%23e%2Bf");
        let then = Setting { as_of: Some("2017-09-01".to_owned()), ..now };
        assert_eq!(then.at("/?q=x#top"), "/?q=x&as-of=2017-09-01#top");
        assert_eq!(then.to(Page::Event, "e-1"), "/event/e-1?as-of=2017-09-01");
    }
}
