//! Passwords: argon2id, off the async threads, a few at a time.

use crate::domain::limits;
use crate::domain::text::fold;
use crate::error::{Code, Error, Faults, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

/// A hash takes 19 MiB: this bounds what a burst of sign-ins can take.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Compared with where there is no account, so that the answer takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// A password as it is hashed: the same however a keyboard composes its letters (NFKC).
fn composed(password: &str) -> String {
    password.nfkc().collect()
}

/// What is wrong with a new password: too short, too long, or guessed too soon. Guessing goes by the lists of leaked
/// passwords and common words that zxcvbn embeds, by what lies near each other on a keyboard, sequences, repetitions
/// and dates, and by what is known of whom it is for: `about` them, their email, name, organization.
pub async fn check(pointer: &'static str, password: String, about: Vec<String>) -> Result<Faults> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    crate::db::blocking(move || Ok(check_now(pointer, &password, &about))).await
}

fn check_now(pointer: &'static str, password: &str, about: &[String]) -> Faults {
    let mut faults = Faults::new();
    let password = composed(password);
    let length = password.chars().count();
    faults.check(length <= limits::PASSWORD, pointer, Code::TooLong.with("most", limits::PASSWORD));
    let short = length < limits::PASSWORD_LEAST;
    let weak = short || (length <= limits::PASSWORD && is_guessed_soon(&password, about));
    faults.check(!weak, pointer, Code::WeakPassword.with("least", limits::PASSWORD_LEAST));
    faults
}

/// Whether fewer than a hundred million guesses find it.
fn is_guessed_soon(password: &str, about: &[String]) -> bool {
    let words = about.iter().flat_map(|text| {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() > 2);
        std::iter::once(text.as_str()).chain(parts).flat_map(|word| [word.to_lowercase(), fold(word)])
    });
    let joined = about.iter().map(|text| fold(text).chars().filter(|c| c.is_alphanumeric()).collect());
    let words: Vec<String> = words.chain(joined).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // Without accents and case it is no harder to guess for who knows the language.
    [password.to_owned(), fold(password)].iter().any(|one| zxcvbn(one, &words).score() < Score::Three)
}

/// The hash of a password (argon2id, 19 MiB, two passes: OWASP's least).
pub fn hash_now(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(composed(password).as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}

/// [`hash_now`] off the async threads.
pub async fn hash(password: String) -> Result<String> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    crate::db::blocking(move || hash_now(&password)).await
}

/// Whether a password is the one that was hashed. It takes as long where there is none.
pub(super) async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    crate::db::blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.clone());
        let parsed = PasswordHash::new(&hash).map_err(|error| Error::internal(error.to_string()))?;
        // What is longer than any password is none; it costs the same all the same.
        let fits = password.chars().count() <= limits::PASSWORD;
        let tried = if fits { composed(&password) } else { String::new() };
        let right = Argon2::default().verify_password(tried.as_bytes(), &parsed).is_ok();
        Ok(right && known && fits)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> bool {
        let about = ["le.van.an@saomai.example", "Lê Văn An", "Công ty Sao Mai"].map(str::to_owned);
        !check_now("/password", password, &about).is_empty()
    }

    #[test]
    fn trivial_and_leaked_passwords_are_refused() {
        for weak in [
            "too short",
            "aaaaaaaaaaaaaa",
            "abcabcabcabc",
            "1234567890",
            "abcdefghijklm",
            "qwertyuiop",
            "1qaz2wsx3edc",
            "password123",
            "P@ssw0rd2024",
            "iloveyou123",
            "01/01/1990",
            "le.van.an@saomai.example",
            "levanan2026",
            "LêVănAn123",
            "congtysaomai",
            "saomai2026!",
        ] {
            assert!(refused(weak), "{weak}");
        }
    }

    #[test]
    fn long_and_strange_ones_are_taken() {
        for strong in [
            "correct horse battery",
            "một mật khẩu mới",
            "tN4$kq9!vWz2",
            "another long password",
            "Trời xanh mây trắng 7",
        ] {
            assert!(!refused(strong), "{strong}");
        }
    }

    #[test]
    fn a_password_is_the_same_however_it_is_composed() {
        let hash = hash_now("mật khẩu dài").unwrap();
        let parsed = PasswordHash::new(&hash).unwrap();
        let decomposed: String = "mật khẩu dài".nfd().collect();
        assert_ne!(decomposed, "mật khẩu dài");
        assert!(Argon2::default().verify_password(composed(&decomposed).as_bytes(), &parsed).is_ok());
    }
}
