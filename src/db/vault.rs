//! Secrets that must be read again (seeds of second factors, signing keys), as they lie in columns: encrypted where
//! the operator gave a key, so that a copy of the database alone opens nothing.

use crate::error::{Error, Result};
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

/// What an encrypted secret begins with; base64 without it was kept without a key.
const SEALED: &str = "sealed:";

/// Seals and opens secrets.
#[derive(Clone, Default)]
pub struct Vault {
    key: Option<Arc<RandomizedNonceKey>>,
}

impl Vault {
    /// A vault with the operator's key, or one that keeps secrets as they are.
    pub fn new(configured: Option<&str>) -> Result<Self> {
        let Some(configured) = configured else { return Ok(Self::default()) };
        let mut bytes = [0; 32];
        Salt::new(HKDF_SHA256, b"goaltree")
            .extract(configured.as_bytes())
            .expand(&[b"secrets at rest"], HKDF_SHA256)
            .and_then(|derived| derived.fill(&mut bytes))
            .map_err(|_| Error::internal("no key can be derived"))?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes).map_err(|_| Error::internal("no key"))?;
        Ok(Self { key: Some(Arc::new(key)) })
    }

    /// A secret as it is kept. It opens for the same purpose alone.
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Result<String> {
        let Some(key) = &self.key else { return Ok(STANDARD.encode(secret)) };
        let mut sealed = secret.to_vec();
        let nonce = key
            .seal_in_place_append_tag(Aad::from(purpose), &mut sealed)
            .map_err(|_| Error::internal("a secret can't be sealed"))?;
        sealed.splice(0..0, nonce.as_ref().iter().copied());
        Ok(format!("{SEALED}{}", STANDARD.encode(sealed)))
    }

    /// A kept secret, one that was kept before there was a key too.
    pub fn open(&self, purpose: &str, kept: &str) -> Result<Vec<u8>> {
        let broken = || {
            Error::internal(
                "a secret of the database does not open: is GOALTREE_ENCRYPTION_KEY the one it was kept with?",
            )
        };
        let Some(sealed) = kept.strip_prefix(SEALED) else { return STANDARD.decode(kept).map_err(|_| broken()) };
        let key = self.key.as_ref().ok_or_else(broken)?;
        let mut bytes = STANDARD.decode(sealed).map_err(|_| broken())?;
        let (nonce, secret) = bytes.split_at_mut_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        key.open_in_place(nonce, Aad::from(purpose), secret).map(|opened| opened.to_vec()).map_err(|_| broken())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("encrypts", &self.key.is_some()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_for_its_purpose_alone() {
        let vault = Vault::new(Some("a key of the operator")).unwrap();
        let kept = vault.seal("totp", b"seed").unwrap();
        assert!(!kept.contains(&STANDARD.encode(b"seed")));
        assert_ne!(kept, vault.seal("totp", b"seed").unwrap());
        assert_eq!(vault.open("totp", &kept).unwrap(), b"seed");
        assert!(vault.open("signing key", &kept).is_err());
        assert!(Vault::new(Some("another")).unwrap().open("totp", &kept).is_err());
        assert!(Vault::default().open("totp", &kept).is_err());
        assert!(vault.open("totp", "sealed:AAAA").is_err());
    }

    #[test]
    fn what_was_kept_without_a_key_still_opens() {
        let kept = Vault::default().seal("totp", b"seed").unwrap();
        assert_eq!(Vault::new(Some("k")).unwrap().open("totp", &kept).unwrap(), b"seed");
    }
}
