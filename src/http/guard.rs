//! What every request is held to before anything looks at it: sizes, and an address that can be read.

use crate::domain::limits;
use crate::error::{Code, Error, Said};
use actix_web::HttpRequest;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

/// Refuses what is out of bounds, and lets `HEAD` be answered as `GET`.
pub async fn guarded(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    if let Some(error) = out_of_bounds(request.request()) {
        return Ok(request.error_response(error).map_into_right_body());
    }
    if request.method() == Method::HEAD {
        // The server leaves the body out by what was asked for at first.
        request.head_mut().method = Method::GET;
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

fn out_of_bounds(request: &HttpRequest) -> Option<Error> {
    let (target, headers) = (request.uri().to_string(), request.headers());
    if target.len() > limits::ADDRESS_BYTES {
        return Some(Code::AddressTooLong.with("most", limits::ADDRESS_BYTES).into());
    }
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > limits::HEADER_BYTES || headers.len() > limits::HEADERS {
        return Some(Code::HeadersTooLarge.into());
    }
    (!is_readable(&target)).then(|| {
        let said = Said::from(Code::MalformedQuery);
        said.bilingual("reason", "it holds what is no text in UTF-8", "có ký tự không thuộc UTF-8").into()
    })
}

/// Whether an address, its percent signs resolved, is UTF-8 without NUL characters.
fn is_readable(target: &str) -> bool {
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else { return false };
        bytes.push(high * 16 + low);
    }
    !bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_utf_8() {
        for fine in ["/units?q=m%E1%BB%A5c", "/units", "/a?b=%25", "/a?q=mục"] {
            assert!(is_readable(fine), "{fine}");
        }
        for odd in ["/units?q=%FF", "/units?q=%00", "/%C0%AF", "/a?q=%", "/a?q=%4", "/a?q=%zz", "/a?q=%ED%A0%80"] {
            assert!(!is_readable(odd), "{odd}");
        }
    }
}
