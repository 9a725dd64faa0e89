//! What does a mail say, and which mails does a mailbox hold?

mod mbox;

use mail_parser::{Message, MessageParser, PartType};

pub(crate) use mbox::Mailbox;

use crate::{Content, Fault, FaultKind, Known, Place, Report};

/// Whether bytes begin as a mail does: with a header of the standard's form, one field of which only mails have.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    let header = String::from_utf8_lossy(head);
    let header = header.split("\r\n\r\n").next().unwrap_or_default().split("\n\n").next().unwrap_or_default();
    let field = |line: &str| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
    let of_mail = ["message-id", "mime-version", "received", "return-path"];
    let mut lines = header.lines().filter(|line| !line.starts_with([' ', '\t'])).peekable();
    lines.peek().is_some()
        && header.lines().next().is_some_and(|first| field(first).is_some_and(|name| !name.is_empty() && !name.contains(' ')))
        && lines.filter_map(field).any(|name| of_mail.contains(&name.as_str()))
}

/// The report that a mail is: its own words, not its attachments.
///
/// # Errors
/// If it is no mail, or has no text.
pub(crate) fn report(bytes: &[u8], place: Place) -> Result<Report, Fault> {
    let message = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty());
    let message = message.ok_or_else(|| Fault::new(FaultKind::Damaged, &place, "it is not a mail: it has no header"))?;
    let content = content(&message)
        .ok_or_else(|| Fault::new(FaultKind::NoText, &place, "the mail has no text of its own; save what is attached to it as a file"))?;
    let sender = message.from().and_then(|from| from.first());
    let publisher = sender.and_then(|sender| sender.name.as_ref().or(sender.address.as_ref())).map(|name| name.trim().to_owned());
    let date = message.date().filter(|date| date.is_valid());
    let known = Known {
        id: message.message_id().map(str::to_owned),
        title: message.subject().map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty()),
        publisher: publisher.filter(|publisher| !publisher.is_empty()),
        published: date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        ..Known::default()
    };
    Ok(Report { content, known, place })
}

/// Its words: all its plain parts, else its first page.
fn content(message: &Message<'_>) -> Option<Content> {
    let plain = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    let plain = plain.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
    if !plain.is_empty() {
        return Some(Content::Text(plain));
    }
    message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) if !html.trim().is_empty() => Some(Content::Html(html.to_string())),
        _ => None,
    })
}
