//! Every setting: a flag, an environment variable, a default.

use crate::db::Target;
use crate::domain::instant::Instant;
use crate::http::{ForwardedBy, Network};
use chrono::DateTime;
use clap::Args;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

/// What the service is told from outside. Flags win over the environment, the environment over the defaults.
#[derive(Clone, Args)]
pub struct Config {
    /// The address that the service listens on
    #[arg(long, env = "GOALTREE_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS", global = true)]
    pub listen: SocketAddr,

    /// The folder of the embedded database: `./data`, the demo's `./demo-data`
    #[arg(long, env = "GOALTREE_DATA", value_name = "FOLDER", global = true)]
    pub data: Option<PathBuf>,

    /// PostgreSQL instead of the embedded database: `postgres://user:password@host/database`
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,

    /// Holds the service's clock still at an instant, such as `2026-11-24T08:00:00Z`: for tests, trials and demos
    #[arg(long, env = "GOALTREE_CLOCK", value_name = "INSTANT", value_parser = instant, global = true)]
    pub clock: Option<Instant>,

    /// How many connections to the database are used at most
    #[arg(long, env = "GOALTREE_CONNECTIONS", default_value_t = 16, value_name = "COUNT",
        value_parser = clap::value_parser!(u32).range(2..=200), global = true)]
    pub connections: u32,

    /// How many threads take requests
    #[arg(long, env = "GOALTREE_WORKERS", default_value_t = 2, value_name = "COUNT",
        value_parser = clap::value_parser!(u16).range(1..=64), global = true)]
    pub workers: u16,

    /// The most goals that are kept in memory, over all forests
    #[arg(long, env = "GOALTREE_GOALS_IN_MEMORY", default_value_t = 2_000_000, value_name = "COUNT", global = true)]
    pub goals_in_memory: usize,

    /// Origins that browsers may call from, separated by commas, such as `https://goals.example.com`
    #[arg(long, env = "GOALTREE_CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin,
        global = true)]
    pub cors_origins: Vec<String>,

    /// Networks of the reverse proxies in front of the service, separated by commas, such as `10.0.0.0/8`: only what
    /// they say of a client's address is believed
    #[arg(long, env = "GOALTREE_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', global = true)]
    pub trusted_proxies: Vec<Network>,

    /// The header in which the trusted proxies name the client
    #[arg(long, env = "GOALTREE_FORWARDED_BY", value_enum, default_value_t, value_name = "HEADER", global = true)]
    pub forwarded_by: ForwardedBy,

    /// Requests a minute of someone who is signed in, all at once or spread; 0 is without a limit
    #[arg(long, env = "GOALTREE_RATE_LIMIT_PRINCIPAL", default_value_t = 6_000, value_name = "COUNT", global = true)]
    pub rate_limit_principal: u32,

    /// Requests a minute from one network address; 0 is without a limit
    #[arg(long, env = "GOALTREE_RATE_LIMIT_ADDRESS", default_value_t = 120_000, value_name = "COUNT", global = true)]
    pub rate_limit_address: u32,

    /// Requests a minute from one network address that come without a token; 0 is without a limit
    #[arg(long, env = "GOALTREE_RATE_LIMIT_ANONYMOUS", default_value_t = 1_200, value_name = "COUNT", global = true)]
    pub rate_limit_anonymous: u32,

    /// Seconds that a request may take; it is answered 503 then
    #[arg(long, env = "GOALTREE_REQUEST_SECONDS", default_value_t = 30, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(1..=600), global = true)]
    pub request_seconds: u64,

    /// How many clients may be connected at once; more wait
    #[arg(long, env = "GOALTREE_MAX_CONNECTIONS", default_value_t = 10_000, value_name = "COUNT", global = true)]
    pub max_connections: usize,

    /// Whether strangers may make new organizations (`POST /organizations`)
    #[arg(long, env = "GOALTREE_SIGN_UP", default_value_t = false, action = clap::ArgAction::Set, value_name = "BOOL",
        global = true)]
    pub sign_up: bool,

    /// The address that people reach the service by, for the links that it hands out
    #[arg(long, env = "GOALTREE_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// The key that signs access tokens (Ed25519, PKCS#8, base64); one is made and kept in the database otherwise
    #[arg(long, env = "GOALTREE_SIGNING_KEY", value_name = "KEY", hide_env_values = true, global = true)]
    pub signing_key: Option<String>,

    /// What encrypts secrets in the database (signing keys, seeds of second factors): at least 32 characters, kept
    /// elsewhere than the database
    #[arg(long, env = "GOALTREE_ENCRYPTION_KEY", value_name = "SECRET", hide_env_values = true, global = true)]
    pub encryption_key: Option<String>,

    /// Seconds that running requests get to end when the service stops
    #[arg(long, env = "GOALTREE_SHUTDOWN_SECONDS", default_value_t = 30, value_name = "SECONDS",
        value_parser = clap::value_parser!(u64).range(0..=600), global = true)]
    pub shutdown_seconds: u64,

    /// What is logged: a level or a filter such as `goaltree=debug,info`
    #[arg(long, env = "GOALTREE_LOG", default_value = "info", value_name = "FILTER", global = true)]
    pub log: String,

    /// How the log is written: `text` or `json`
    #[arg(long, env = "GOALTREE_LOG_FORMAT", default_value = "text", value_parser = ["text", "json"], global = true)]
    pub log_format: String,
}

/// The settings that are never shown.
pub const SECRETS: [&str; 3] = ["database_url", "encryption_key", "signing_key"];

impl Config {
    /// The folder of the embedded database, `fallback` unless set.
    pub fn folder(&self, fallback: &str) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from(fallback))
    }

    /// Where the data is.
    pub fn target(&self, fallback: &str) -> Result<Target, String> {
        match self.database_url.as_deref() {
            None | Some("") => Ok(Target::Sqlite(self.folder(fallback).join("goaltree.db"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Target::Postgres(url.to_owned()))
            }
            Some(_) => {
                Err("DATABASE_URL must start with postgres://; leave it out for the embedded database".to_owned())
            }
        }
    }

    /// What is wrong with the settings beyond their form.
    pub fn check(&self) -> Result<(), String> {
        if let Some(url) =
            self.public_url.as_ref().filter(|url| !url.starts_with("http://") && !url.starts_with("https://"))
        {
            return Err(format!("GOALTREE_PUBLIC_URL: `{url}` does not start with http:// or https://"));
        }
        if self.encryption_key.as_ref().is_some_and(|key| key.chars().count() < 32) {
            return Err(
                "GOALTREE_ENCRYPTION_KEY: at least 32 characters, such as `openssl rand -base64 32` makes".to_owned()
            );
        }
        tracing_subscriber::EnvFilter::try_new(&self.log)
            .map(drop)
            .map_err(|error| format!("GOALTREE_LOG: `{}` is no log filter: {error}", self.log))
    }

    /// The address that people reach the service by.
    pub fn public_url(&self) -> String {
        let own = || format!("http://{}", reachable(self.listen));
        self.public_url.as_ref().map_or_else(own, |url| url.trim_end_matches('/').to_owned())
    }
}

/// An origin as browsers name it: a scheme, a host, perhaps a port; nothing else.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    if host.is_empty() || !host.chars().all(is_plain) {
        return Err(format!("`{text}` is no origin such as https://goals.example.com"));
    }
    Ok(text.to_ascii_lowercase())
}

fn instant(text: &str) -> Result<Instant, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc().into())
        .map_err(|error| format!("not an instant such as 2026-11-24T08:00:00Z: {error}"))
}

/// An address that a client on this machine can call, where the service listens on all of them.
pub fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    address
}
