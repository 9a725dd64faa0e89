//! What does an address ask for? The parameters of the list of documents, and addresses made of them.

use form_urlencoded::Serializer;
use sayso_store::Filter;
use serde::Deserialize;

/// The filters of the list; an empty one asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    /// Words of title or text.
    pub(crate) text: String,
    /// Words of an actor's name, or its id.
    pub(crate) actor: String,
    /// A type's code.
    #[serde(rename = "type")]
    pub(crate) type_code: String,
    /// Which page, from 1.
    pub(crate) page: u64,
}

/// Documents on one page.
pub(crate) const PAGE: u64 = 100;

impl Question {
    /// The filter that it means, with one document more than a page holds, to know whether there is a next one.
    pub(crate) fn filter(&self) -> Filter {
        let list = |text: &str| if text.trim().is_empty() { Vec::new() } else { vec![text.trim().to_owned()] };
        Filter {
            text: list(&self.text).pop(),
            actors: list(&self.actor),
            types: list(&self.type_code),
            limit: Some(PAGE + 1),
            offset: (self.number() - 1).saturating_mul(PAGE),
            ..Filter::default()
        }
    }

    /// The page's number, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.page.max(1)
    }

    /// Whether anything is asked for.
    pub(crate) fn asks(&self) -> bool {
        [&self.text, &self.actor, &self.type_code].iter().any(|text| !text.trim().is_empty())
    }

    /// The address of a page of the same question.
    pub(crate) fn address(&self, page: u64) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in [("text", &self.text), ("actor", &self.actor), ("type", &self.type_code)] {
            if !value.trim().is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
    }
}

/// Which document a page shows.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Which {
    /// Its id, or the beginning of it.
    pub(crate) id: String,
}

/// The address of a document's page.
pub(crate) fn document_address(id: &str) -> String {
    format!("/document?{}", Serializer::new(String::new()).append_pair("id", id).finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_the_whole_question() {
        let question = Question { text: "six \"farmers\" & more".to_owned(), actor: "Boko Haram".to_owned(), ..Question::default() };
        assert_eq!(question.address(2), "/?text=six+%22farmers%22+%26+more&actor=Boko+Haram&page=2");
        assert_eq!(Question::default().address(1), "/");
        assert_eq!(document_address("a/b?c#d"), "/document?id=a%2Fb%3Fc%23d");
    }

    #[test]
    fn pages_follow_one_another() {
        let question = Question { page: 3, ..Question::default() };
        assert_eq!((question.filter().offset, question.filter().limit), (200, Some(101)));
        assert_eq!(Question::default().filter().offset, 0);
    }
}
