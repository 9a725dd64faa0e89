//! What do a response's status, headers and errors mean?

use std::error::Error as _;
use std::io;
use std::time::Duration;

use reqwest::header::{LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use url::Url;

use crate::fault::{Fault, FaultKind};
use crate::resolver::NoPublicAddress;

/// Scheme, host and port: what a robots.txt holds for.
pub(super) fn site(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Where a response leads on to, if it does.
pub(super) fn redirect(url: &Url, response: &Response) -> Result<Option<Url>, Fault> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let nowhere = || Fault::new(FaultKind::Redirect, format!("it leads on ({}) without saying where", response.status().as_u16()));
    let location = response.headers().get(LOCATION).ok_or_else(nowhere)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut next = url.join(&location).map_err(|_| Fault::new(FaultKind::Redirect, "it leads on to what is no address"))?;
    next.set_fragment(None);
    Ok(Some(next))
}

/// Whether a response holds something, and why not.
pub(super) fn status(response: &Response) -> Result<(), Fault> {
    let status = response.status();
    if status.is_success() && status != StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED {
        return Ok(());
    }
    let code = status.as_u16();
    Err(match code {
        404 | 410 => Fault::new(FaultKind::Gone, format!("there is nothing at this address ({code}); check it")),
        408 | 425 | 429 | 500.. => {
            let what = if code == 429 { "the server wants to be asked less often" } else { "the server cannot answer now" };
            Fault::new(FaultKind::Busy, format!("{what} ({code})")).after(retry_after(response))
        }
        401 | 407 => Fault::new(FaultKind::Refused, format!("the server wants a password ({code}), which this program does not give")),
        204 => Fault::new(FaultKind::Gone, "the server sends nothing (204)"),
        _ => Fault::new(FaultKind::Refused, format!("the server refuses ({code})")),
    })
}

/// How long `Retry-After` asks to wait: seconds, or until a time, told from the server's own `Date`.
fn retry_after(response: &Response) -> Option<Duration> {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    wait(header(RETRY_AFTER.as_str())?, header("date"))
}

fn wait(asked: &str, date: Option<&str>) -> Option<Duration> {
    if let Ok(seconds) = asked.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let time = |text: &str| jiff::fmt::rfc2822::parse(text.trim()).ok().map(|time| time.timestamp());
    let wait = time(asked)?.duration_since(time(date?)?);
    Duration::try_from(wait).ok()
}

/// What a failed request means to a person.
pub(super) fn fault(error: &reqwest::Error, patience: Duration) -> Fault {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(refused) = error.downcast_ref::<NoPublicAddress>() {
            return Fault::new(FaultKind::Address, refused.to_string());
        }
        if let Some(fault) = certificate(error) {
            return fault;
        }
        cause = error.source();
    }
    let unreachable = |message: String| Fault::new(FaultKind::Unreachable, message);
    if error.is_timeout() {
        unreachable(format!("no whole answer came within {} s", patience.as_secs_f32()))
    } else if error.is_connect() {
        unreachable(format!("the server cannot be reached: {}", causes(error)))
    } else if error.is_decode() {
        Fault::new(FaultKind::Unreadable, "what came does not decompress".to_owned())
    } else {
        unreachable(format!("the answer broke off: {}", causes(error)))
    }
}

/// A fault of the server's certificate, if this is one. An I/O error hides what it holds from `source`, and may hold another.
fn certificate(error: &(dyn std::error::Error + 'static)) -> Option<Fault> {
    if let Some(inside) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return certificate(inside);
    }
    let rustls::Error::InvalidCertificate(why) = error.downcast_ref::<rustls::Error>()? else { return None };
    let message =
        format!("its certificate is not trusted ({why}); if the server is your own, add its authority to those that this system trusts");
    Some(Fault::new(FaultKind::Untrusted, message))
}

/// The innermost cause of an error, which names it without the address.
pub(super) fn causes(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_as_a_time() {
        let date = Some("Fri, 01 Sep 2017 08:00:00 GMT");
        assert_eq!(wait("120", None), Some(Duration::from_secs(120)));
        assert_eq!(wait("Fri, 01 Sep 2017 08:02:00 GMT", date), Some(Duration::from_secs(120)));
        assert_eq!(wait("Fri, 01 Sep 2017 07:00:00 GMT", date), None, "it is over");
        assert_eq!(wait("soon", date), None);
    }
}
