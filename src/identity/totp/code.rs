//! One-time codes by the time (RFC 6238): six digits, half a minute each, HMAC-SHA-1, as every authenticator app
//! makes them.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

/// How long a code holds, in seconds.
const STEP: i64 = 30;

/// How many steps a clock may be ahead or behind.
const DRIFT: i64 = 1;

/// The code of a step.
fn code_of(secret: &[u8], step: i64) -> u32 {
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let bytes = tag.as_ref();
    let start = usize::from(bytes.last().copied().unwrap_or_default() & 0xf);
    let cut = bytes.iter().skip(start).take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    (cut & 0x7fff_ffff) % 1_000_000
}

/// The step that a code is of, later than the last one that was used, within the drift of now.
pub(super) fn step_of(secret: &[u8], text: &str, now: i64, used: Option<i64>) -> Option<i64> {
    let digits: String = text.chars().filter(|c| *c != ' ').collect();
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let code: u32 = digits.parse().ok()?;
    let present = now.div_euclid(STEP);
    (present - DRIFT..=present + DRIFT)
        .filter(|step| used.is_none_or(|used| *step > used))
        .find(|step| code_of(secret, *step) == code)
}

/// A secret in base32 (RFC 4648, without padding), as people type it into an app.
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
    let bits: Vec<u8> = bits.collect();
    bits.chunks(5)
        .map(|five| five.iter().fold(0, |number, bit| number << 1 | bit) << (5 - five.len()))
        .filter_map(|number: u8| LETTERS.get(usize::from(number)).map(|letter| char::from(*letter)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (second, code) in
            [(59, 287_082), (1_111_111_109, 81_804), (1_234_567_890, 5_924), (20_000_000_000, 353_130)]
        {
            assert_eq!(code_of(SECRET, second / 30), code, "{second}");
        }
    }

    #[test]
    fn secrets_are_written_as_the_rfc_writes_them() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    proptest! {
        #[test]
        fn a_code_works_within_one_step_and_once(now in 0..4_000_000_000_i64, off in -3..=3_i64) {
            let step = now / 30 + off;
            let text = format!("{:06}", code_of(SECRET, step));
            let found = step_of(SECRET, &text, now, None);
            prop_assert!(off.abs() > 1 || found.is_some());
            // A code of another step may be the same by chance, and is then one of those that hold.
            prop_assert!(found.is_none_or(|found| (found - now / 30).abs() <= 1));
            if let Some(found) = found {
                let again = step_of(SECRET, &text, now, Some(found));
                prop_assert!(again.is_none_or(|again| again > found));
            }
        }

        #[test]
        fn no_text_breaks_the_reading(text in ".{0,20}") {
            prop_assert!(step_of(SECRET, &text, 0, None).is_none() || text.contains(|c: char| c.is_ascii_digit()));
        }
    }
}
