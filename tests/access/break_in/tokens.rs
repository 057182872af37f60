//! Access tokens that the service did not make.

use crate::support::{Client, TestApp};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A service with a key that this test knows, a member's token, and what is in it.
struct Forge {
    app: TestApp,
    key: Vec<u8>,
    member: Client,
    header: Value,
    claims: Value,
}

fn key() -> Vec<u8> {
    Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap().as_ref().to_vec()
}

fn part(token: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn with(part: &Value, name: &str, value: Value) -> Value {
    let mut part = part.clone();
    part[name] = value;
    part
}

/// A token with this header and these claims, signed by a key.
fn signed(header: &Value, claims: &Value, key: &[u8]) -> String {
    let text = format!("{}.{}", encoded(header), encoded(claims));
    let pair = Ed25519KeyPair::from_pkcs8(key).unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(pair.sign(text.as_bytes()).as_ref()))
}

impl Forge {
    async fn new() -> Self {
        let key = key();
        let app = TestApp::configured(&["--signing-key", &STANDARD.encode(&key)]).await;
        let company = app.company().await;
        let member = app.member("Kẻ Gian", &company, json!({})).await;
        let token = member.token();
        Self { header: part(&token, 0), claims: part(&token, 1), app, key, member }
    }

    /// A token as the service signs it, but for one claim.
    fn claiming(&self, name: &str, value: Value) -> String {
        signed(&self.header, &with(&self.claims, name, value), &self.key)
    }

    async fn is_let_in(&self, token: &str) -> bool {
        let reply = self.app.anonymous().with_token(token).get("/me").await;
        if reply.status.is_success() {
            return true;
        }
        assert!(reply.header("www-authenticate").is_some(), "{}", reply.text);
        reply.problem(401, "invalid_token");
        false
    }
}

/// The control of all that follow: what is signed as the service signs is let in.
#[actix_web::test]
async fn a_token_that_is_signed_as_the_service_signs_is_let_in() {
    let forge = Forge::new().await;
    assert!(forge.is_let_in(&signed(&forge.header, &forge.claims, &forge.key)).await);
}

#[actix_web::test]
async fn unsigned_tokens_are_refused() {
    let forge = Forge::new().await;
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = with(&forge.header, "alg", json!(none));
        let unsigned = format!("{}.{}.", encoded(&header), encoded(&forge.claims));
        assert!(!forge.is_let_in(&unsigned).await, "{none}");
        assert!(!forge.is_let_in(unsigned.trim_end_matches('.')).await, "{none}");
        assert!(!forge.is_let_in(&signed(&header, &forge.claims, &forge.key)).await, "{none}");
    }
    let token = forge.member.token();
    let (text, _) = token.rsplit_once('.').unwrap();
    assert!(!forge.is_let_in(&format!("{text}.")).await);
}

#[actix_web::test]
async fn tokens_of_another_algorithm_are_refused() {
    let forge = Forge::new().await;
    let public = Ed25519KeyPair::from_pkcs8(&forge.key).unwrap().public_key().as_ref().to_vec();
    for (algorithm, secret) in [
        // The public key taken for a shared secret: the classic confusion.
        (Algorithm::HS256, public.as_slice()),
        (Algorithm::HS512, forge.key.as_slice()),
    ] {
        let mut header = Header::new(algorithm);
        header.kid = forge.header["kid"].as_str().map(str::to_owned);
        let token = jsonwebtoken::encode(&header, &forge.claims, &EncodingKey::from_secret(secret)).unwrap();
        assert!(!forge.is_let_in(&token).await, "{algorithm:?}");
    }
    for algorithm in ["RS256", "ES256", "PS512", "HS256"] {
        let header = with(&forge.header, "alg", json!(algorithm));
        assert!(!forge.is_let_in(&signed(&header, &forge.claims, &forge.key)).await, "{algorithm}");
    }
}

#[actix_web::test]
async fn tokens_of_a_key_that_the_service_does_not_have_are_refused() {
    let forge = Forge::new().await;
    assert!(!forge.is_let_in(&signed(&forge.header, &forge.claims, &key())).await, "another key");
    for kid in [json!("other"), json!("../../etc/passwd"), json!(""), Value::Null, json!(1)] {
        let header = with(&forge.header, "kid", kid.clone());
        assert!(!forge.is_let_in(&signed(&header, &forge.claims, &forge.key)).await, "{kid}");
    }
    // A key that the token brings along is nobody's.
    let header = with(&forge.header, "jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" }));
    assert!(!forge.is_let_in(&signed(&header, &forge.claims, &key())).await);
}

#[actix_web::test]
async fn a_token_of_another_issuer_or_for_another_audience_is_refused() {
    let forge = Forge::new().await;
    assert!(!forge.is_let_in(&forge.claiming("iss", json!("elsewhere"))).await);
    assert!(!forge.is_let_in(&forge.claiming("iss", Value::Null)).await);
    assert!(!forge.is_let_in(&forge.claiming("aud", json!("another-service"))).await);
}

#[actix_web::test]
async fn a_token_whose_time_is_over_or_unsaid_is_refused() {
    let forge = Forge::new().await;
    let made = forge.claims["iat"].as_i64().unwrap();
    for time in [json!(made), json!(made - 1), json!(0), json!(-1), Value::Null, json!("never")] {
        assert!(!forge.is_let_in(&forge.claiming("exp", time.clone())).await, "{time}");
    }
}

/// Even with the service's own key, a token says only whose session it is: what the session does not bear out is
/// refused.
#[actix_web::test]
async fn a_token_is_worth_no_more_than_its_session() {
    let forge = Forge::new().await;
    let owner = part(&forge.app.owner.token(), 1);
    assert!(!forge.is_let_in(&forge.claiming("sub", owner["sub"].clone())).await, "someone else's person");
    assert!(!forge.is_let_in(&forge.claiming("sid", owner["sid"].clone())).await, "someone else's session");
    let nowhere = json!("0190a000-0000-7000-8000-000000000000");
    for claim in ["sub", "sid", "org"] {
        assert!(!forge.is_let_in(&forge.claiming(claim, nowhere.clone())).await, "{claim}");
        assert!(!forge.is_let_in(&forge.claiming(claim, json!("' OR 1=1 --"))).await, "{claim}");
    }
    let role = forge.claiming("role", json!("owner"));
    let me = forge.app.anonymous().with_token(&role).get("/me").await;
    assert!(me.status == 401 || me.body["person"]["role"] == "member", "a token gives no role: {}", me.text);
}

/// The reader of tokens itself, without the network between: no text breaks it.
#[actix_web::test]
async fn no_text_breaks_the_reader_of_tokens() {
    let forge = Forge::new().await;
    let (service, token) = (forge.app.app.service.clone(), forge.member.token());
    let three = "[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,90}";
    proptest!(|(rubbish in ".{0,80}", parts in three, cut in 0..token.len())| {
        for text in [rubbish.as_str(), parts.as_str(), &token[..cut], &format!("gt_{parts}")] {
            prop_assert!(service.gate.verify(text, service.clock.now()).is_err(), "{text}");
        }
    });
}

#[actix_web::test]
async fn what_is_no_token_is_refused_without_a_stumble() {
    let forge = Forge::new().await;
    let token = forge.member.token();
    let huge = "a".repeat(6_000);
    let rubbish = ["x", "..", "a.b.c", "a.b.c.d", huge.as_str(), "%00", "eyJ", &token[1..], &token[..token.len() - 2]];
    for text in rubbish {
        assert!(!forge.is_let_in(text).await, "{text}");
    }
    for flip in (0..token.len()).step_by(7) {
        let mut bytes = token.clone().into_bytes();
        bytes[flip] = if bytes[flip] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(bytes).unwrap();
        assert!(text == token || !forge.is_let_in(&text).await, "a token with its letter {flip} changed");
    }
}
