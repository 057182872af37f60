//! A request of someone who is signed in.

use super::client::origin_of;
use super::fallback::operation_of;
use super::idempotency::{self, Fingerprint, Key};
use super::request::{self, KnownTags};
use super::service::{Admitted, Credential, Proof, Service};
use crate::db::{Conn, Origin, Scope, Tx, blocking};
use crate::domain::access::Need;
use crate::domain::instant::Instant;
use crate::domain::words::Locale;
use crate::error::{Code, Error, Result};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use std::sync::Arc;

type LocalBoxFuture<'f, T> = Pin<Box<dyn Future<Output = T> + 'f>>;

/// Marks a request whose answer is that of an earlier one with the same key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replayed;

/// A request of someone whose token holds. Whether their session still does is asked in the transaction itself.
#[derive(Debug, Clone)]
pub struct Ctx {
    request: HttpRequest,
    service: Data<Service>,
    credential: Credential,
}

impl FromRequest for Ctx {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// What the operation that a request asks for needs of an API token.
fn need_of(request: &HttpRequest) -> Need {
    operation_of(request).and_then(Need::of).unwrap_or_default()
}

impl Ctx {
    async fn of(request: &HttpRequest) -> Result<Self> {
        let service = request
            .app_data::<Data<Service>>()
            .cloned()
            .ok_or_else(|| Error::internal("the service is not part of the app"))?;
        let bearer = request::bearer(request).ok_or(Code::SignInRequired)?;
        if service.gate.may_be_behind(bearer) {
            let gate = Arc::clone(&service.gate);
            blocking(move || gate.catch_up()).await?;
        }
        let mut credential = service.gate.verify(bearer, service.clock.now())?;
        if matches!(credential.proof, Proof::Token { .. }) {
            credential.need = need_of(request);
        }
        service.rates.admit(request, &credential)?;
        Ok(Self { request: request.clone(), service, credential })
    }

    /// What the service shares.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The caller, as far as the token says.
    pub const fn credential(&self) -> &Credential {
        &self.credential
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.service.clock.now()
    }

    /// The language that the caller reads.
    pub fn locale(&self) -> Locale {
        request::locale_of(&self.request)
    }

    /// Where the request comes from, for events.
    pub fn origin(&self) -> Arc<Origin> {
        let origin = origin_of(&self.request);
        Arc::new(match self.credential.proof {
            Proof::Session(session) => origin.in_session(session),
            Proof::Token { id, .. } => origin.by_token(id),
        })
    }

    /// The version that the caller believes to change (`If-Match`).
    pub fn if_match(&self) -> Result<Option<i64>> {
        request::if_match(&self.request)
    }

    /// The entity tags that the caller has already (`If-None-Match`).
    pub fn known_tags(&self) -> KnownTags {
        request::if_none_match(&self.request)
    }

    /// What was asked for: the path with its query.
    pub fn address(&self) -> String {
        self.request.uri().to_string()
    }

    /// The key of a request that is to be done once, with what it asks for.
    pub fn idempotency(&self) -> Result<Option<Key>> {
        let Some(key) = request::idempotency_key(&self.request)? else { return Ok(None) };
        let fingerprint = self.request.extensions().get::<Fingerprint>().copied().unwrap_or_default();
        Ok(Some(Key::new(&self.credential, key, fingerprint.of_request(&self.request))))
    }

    /// Marks the answer as that of an earlier request with the same key.
    pub fn mark_replayed(&self) {
        self.request.extensions_mut().insert(Replayed);
    }

    /// Reads: one unchanging picture, with the caller's session checked in it.
    pub async fn read<T: Send + 'static>(&self, run: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (service, credential, locale) = (self.service.clone().into_inner(), self.credential, self.locale());
        let scope = Scope::Organization(credential.organization);
        self.service
            .db
            .read(scope, move |conn| {
                let now = service.clock.now();
                let Admitted { actor, zone } = service.gate.admit(conn, &credential, now)?;
                let mut tx = Tx::reading(conn, actor, zone, now, &service.clock);
                tx.locale = locale;
                run(&mut tx)
            })
            .await
    }

    /// Writes: all or nothing, with the caller's session checked in it. A `POST` with an `Idempotency-Key` is done
    /// once: what it made is answered again.
    pub async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        run: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let key = self.idempotency()?;
        let _running = key.as_ref().map(|key| self.service.in_flight.enter(key)).transpose()?;
        let (service, credential) = (self.service.clone().into_inner(), self.credential);
        let (origin, locale) = (self.origin(), self.locale());
        let scope = Scope::Organization(credential.organization);
        let (value, replayed) = self
            .service
            .db
            .write(scope, move |conn: &mut Conn, patience| {
                let now = service.clock.now();
                let Admitted { actor, zone } = service.gate.admit(conn, &credential, now)?;
                if let Some(key) = &key
                    && let Some(made) = idempotency::begin(conn, key, now)?
                {
                    return Ok((made, true));
                }
                let mut tx = Tx::new(conn, actor, zone, now, &service.clock, Arc::clone(&origin), patience);
                tx.locale = locale;
                let value = run(&mut tx)?;
                if let Some(key) = &key {
                    idempotency::finish(tx.conn, key, &value, now)?;
                }
                tx.finish()?;
                Ok((value, false))
            })
            .await?;
        if replayed {
            self.mark_replayed();
        }
        Ok(value)
    }
}
