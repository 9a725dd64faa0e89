//! By which address is an article known? Its link without what only tells the publisher who followed it.

use std::sync::LazyLock;

use url::Url;

/// The address of an article whose link this is: without fragment, credentials and the parameters of
/// `data/network/tracking-parameters.txt`. `https://news.example/a?id=7&utm_source=rss#top` is `https://news.example/a?id=7`.
pub(crate) fn document_address(link: &Url) -> Url {
    let mut address = link.clone();
    address.set_fragment(None);
    if address.query().is_some() {
        let kept: Vec<&str> = link.query().unwrap_or_default().split('&').filter(|pair| !only_tracks(pair)).collect();
        let query = kept.join("&");
        address.set_query(if query.is_empty() { None } else { Some(&query) });
    }
    address
}

fn only_tracks(pair: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let table = include_str!("../../../../data/network/tracking-parameters.txt");
        table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
    });
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    NAMES.iter().any(|known| known.strip_suffix('*').map_or(*known == name, |beginning| name.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_has_one_address_however_it_is_linked_to() {
        for (link, address) in [
            ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
            ("https://news.example/a?id=7&UTM_Source=rss#comments", "https://news.example/a?id=7"),
            ("https://News.Example:443/a/../b?q=a%20b&fbclid=x", "https://news.example/b?q=a%20b"),
            ("https://news.example/a?", "https://news.example/a"),
            ("https://news.example/a?guise=1", "https://news.example/a?guise=1"),
        ] {
            assert_eq!(document_address(&Url::parse(link).unwrap()).as_str(), address, "{link}");
        }
    }
}
