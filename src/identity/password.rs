//! Passwords: argon2id, off the async threads, a few at a time.

use crate::domain::limits;
use crate::domain::text::fold;
use crate::error::{Code, Error, Faults, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// A hash takes 19 MiB: this bounds what a burst of sign-ins can take.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Compared with where there is no account, so that the answer takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// What is wrong with a new password: too short or long, or the email or name of whom it is for.
pub fn check(faults: &mut Faults, pointer: &str, password: &str, email: &str, name: &str) {
    let length = password.chars().count();
    let plain = fold(password.trim());
    let local = email.split('@').next().unwrap_or_default();
    let guessable = [email, local, name].iter().any(|word| !word.is_empty() && plain == fold(word))
        || plain.chars().all(|c| plain.starts_with(c));
    faults.check(
        length >= limits::PASSWORD_LEAST && !guessable,
        pointer,
        Code::WeakPassword.with("least", limits::PASSWORD_LEAST),
    );
    faults.check(length <= limits::PASSWORD, pointer, Code::TooLong.with("most", limits::PASSWORD));
}

/// The hash of a password (argon2id, 19 MiB, two passes: OWASP's least).
pub fn hash_now(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}

/// [`hash_now`] off the async threads.
pub async fn hash(password: String) -> Result<String> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    crate::db::blocking(move || hash_now(&password)).await
}

/// Whether a password is the one that was hashed. It takes as long where there is none.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    let _turn = AT_ONCE.acquire().await.map_err(Error::internal)?;
    crate::db::blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.clone());
        let parsed = PasswordHash::new(&hash).map_err(|error| Error::internal(error.to_string()))?;
        let right = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(right && known)
    })
    .await
}
