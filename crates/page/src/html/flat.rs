//! Is this markup safe to parse? Elements nested thousands deep cost a parser quadratic time; such a page is read without its tags.

/// The deepest nesting that is parsed. The deepest real pages seen nest about a hundred elements.
const DEEPEST: usize = 1500;

/// The largest page that is parsed, in bytes; extraction takes one to two seconds for each MB.
const LARGEST: usize = 6_000_000;

/// Whether a page is too large or nests its elements too deep to be parsed.
pub(crate) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0usize;
    html.len() > LARGEST
        || tags(html).any(|tag| {
            match tag {
                Tag::Open(name) if !closes_itself(name) => depth += 1,
                Tag::Close(name) if !closes_itself(name) => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > DEEPEST
        })
}

/// The text between the tags, each tag a line's end; without scripts and styles.
pub(crate) fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at..];
        let end =
            ["script", "style"].into_iter().find(|name| starts_with(&rest[1..], name)).and_then(|name| rest.find(&format!("</{name}")));
        rest = &rest[end.unwrap_or(0)..];
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(rest);
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, character)| text.replace(entity, character))
}

enum Tag<'h> {
    Open(&'h str),
    Close(&'h str),
}

fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).filter_map(|tag| {
        let (close, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = &name[..end];
        let open = if close { Tag::Close(name) } else { Tag::Open(name) };
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(open)
    })
}

/// Whether an element has no end tag or may leave it out, so that one tag more is not one level more.
fn closes_itself(name: &str) -> bool {
    const NAMES: [&str; 26] = [
        "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param",
        "path", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
    ];
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn starts_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_deep_nesting_is_too_deep() {
        assert!(is_too_deep(&"<div>".repeat(5000)));
        assert!(is_too_deep(&"<b class=x>".repeat(5000)));
        assert!(!is_too_deep(&"<p>words<br>".repeat(5000)));
        assert!(!is_too_deep(&"<div>words</div>".repeat(5000)));
    }

    #[test]
    fn tags_and_scripts_are_left_out() {
        assert_eq!(
            without_tags("<p>One &amp; two</p><script>if (a<b) x();</script><i>three").split_whitespace().collect::<Vec<_>>(),
            ["One", "&", "two", "three"]
        );
    }
}
