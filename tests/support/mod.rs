//! A service of its own for each test: a fresh database, a held clock, a port that is free, and clients that are
//! signed in.

#![allow(dead_code, unused_imports, reason = "each test binary uses a part of this")]
#![allow(clippy::allow_attributes, reason = "`expect` would fail where a binary uses all of it")]

mod client;
pub mod contract;
mod database;
mod program;
pub mod sales;
pub mod schema;

pub use client::{Client, Reply};
pub use database::Database;
pub use program::Program;

use clap::Parser;
use goaltree::app::{self, App};
use goaltree::config::Config;
use goaltree::domain::instant::Instant;
use goaltree::setup;
use serde_json::{Value, json};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// The password of everyone in tests.
pub const PASSWORD: &str = "correct horse battery";

/// The settings as the command line reads them.
#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

/// The settings of a service on a free port.
pub fn config(arguments: &[&str]) -> Config {
    let all = ["goaltree", "--listen", "127.0.0.1:0", "--connections", "8", "--log", "error"];
    // Tests are faster than people; those about limits set their own.
    let unlimited = ["--rate-limit-principal", "0", "--rate-limit-address", "0", "--rate-limit-anonymous", "0"];
    let unlimited = unlimited.iter().filter(|_| !arguments.iter().any(|one| one.starts_with("--rate-limit")));
    Settings::parse_from(all.iter().chain(unlimited).chain(arguments)).config
}

/// A running service with its first owner signed in.
pub struct TestApp {
    pub app: App,
    pub url: String,
    /// The organization's owner.
    pub owner: Client,
    server: Option<(actix_web::dev::ServerHandle, JoinHandle<()>)>,
    database: Arc<Database>,
}

impl TestApp {
    /// A service whose clock stands at nine in the morning of 14 February 2026 in Ho Chi Minh City: day 45 of the
    /// 90 of that quarter.
    pub async fn new() -> Self {
        Self::at("2026-02-14T02:00:00Z").await
    }

    /// A service whose clock stands at a moment.
    pub async fn at(moment: &str) -> Self {
        Self::unowned(moment).taken().await
    }

    /// A service with more settings.
    pub async fn configured(arguments: &[&str]) -> Self {
        Self::unowned_with("2026-02-14T02:00:00Z", arguments).taken().await
    }

    /// A service that nobody owns yet.
    pub fn unowned(moment: &str) -> Self {
        Self::unowned_with(moment, &[])
    }

    fn unowned_with(moment: &str, arguments: &[&str]) -> Self {
        let database = Database::fresh();
        let all: Vec<_> = ["--clock", moment].iter().chain(arguments).copied().collect();
        let app = App::open(&config(&all), database.target()).expect("the service opens");
        let (url, server) = start(&app);
        Self { app, owner: Client::anonymous(&url), url, server: Some(server), database: Arc::new(database) }
    }

    async fn taken(mut self) -> Self {
        let token = setup::token_if_unowned(&self.app.service).expect("a token is made").expect("nobody owns it");
        let body = json!({
            "setup_token": token, "organization_name": "Công ty Thử Nghiệm", "time_zone": "Asia/Ho_Chi_Minh",
            "locale": "vi", "email": "owner@example.com", "password": PASSWORD, "display_name": "Trần Thị Chủ",
        });
        let made = self.anonymous().post("/setup", &body).await.ok();
        self.owner = Client::signed_in(&self.url, "owner@example.com", &made);
        self
    }

    /// Serves what was opened on a database; nobody is signed in.
    pub fn serving(app: App, database: Database) -> Self {
        let (url, server) = start(&app);
        Self { app, owner: Client::anonymous(&url), url, server: Some(server), database: Arc::new(database) }
    }

    /// The same service, seen by the owner of another of its organizations.
    pub fn beside(&self, owner: Client) -> Self {
        Self { app: self.app.clone(), url: self.url.clone(), owner, server: None, database: Arc::clone(&self.database) }
    }

    /// Another service on the same database: what a second instance would be.
    pub fn second(&self) -> (String, impl Drop + use<>) {
        let app = App::open(self.app.config(), self.database.target()).expect("the service opens");
        let (url, server) = start(&app);
        (url, Stop(Some(server)))
    }

    /// The database that the service runs on.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Ends the service; its database stays as long as it is held.
    pub fn leave_database(self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Whoever has not signed in.
    pub fn anonymous(&self) -> Client {
        Client::anonymous(&self.url)
    }

    /// Sets the service's clock.
    pub fn set_clock(&self, moment: &str) {
        let at = chrono::DateTime::parse_from_rfc3339(moment).expect("an instant");
        self.app.service.clock.set(Instant::from(at.to_utc()));
    }

    /// The id of the company unit.
    pub async fn company(&self) -> String {
        let tree = self.owner.get("/units/tree").await.ok();
        tree["units"][0]["id"].as_str().unwrap_or_else(|| panic!("no company in {tree}")).to_owned()
    }

    /// Makes a unit below another.
    pub async fn unit(&self, kind: &str, name: &str, parent: &str) -> String {
        let code: String = goaltree::domain::text::fold(name)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let body = json!({ "kind": kind, "name": name, "code": code, "parent_id": parent });
        self.owner.post("/units", &body).await.id()
    }

    /// Makes a person of a unit, without an account.
    pub async fn person(&self, name: &str, unit: &str, more: Value) -> String {
        let mut body = json!({ "display_name": name, "unit_id": unit });
        merge(&mut body, more);
        self.owner.post("/people", &body).await.id()
    }

    /// Makes a person of a unit who signs in: invited by the owner, accepting.
    pub async fn member(&self, name: &str, unit: &str, more: Value) -> Client {
        let local: String = goaltree::domain::text::fold(name).split_whitespace().collect::<Vec<_>>().join(".");
        let email = format!("{local}@example.com");
        let mut body = json!({ "email": email });
        merge(&mut body, more);
        let person = self.person(name, unit, body).await;
        self.invite(&person, &email).await
    }

    /// Invites a person and accepts for them.
    pub async fn invite(&self, person: &str, email: &str) -> Client {
        let invited = self.owner.post("/people/invitations", &json!({ "person_ids": [person] })).await.ok();
        let token = invited["items"][0]["token"].as_str().unwrap_or_else(|| panic!("no token in {invited}"));
        let body = json!({ "token": token, "password": PASSWORD });
        let made = self.anonymous().post("/invitations/accept", &body).await.ok();
        Client::signed_in(&self.url, email, &made)
    }

    /// Makes someone lead, supervisor or member of a unit.
    pub async fn join(&self, person: &Client, unit: &str, role: &str) {
        let path = format!("/units/{unit}/members/{}", person.person);
        self.owner.put(&path, &json!({ "role": role })).await.ok();
    }

    /// A quarter that is under way, from January to March 2026, without a cadence and without approval.
    pub async fn quarter(&self) -> String {
        let settings = json!({ "cadence": "none", "approval_required": false });
        self.cycle("2026-01-01", "2026-03-31", settings).await
    }

    /// A custom cycle that is under way.
    pub async fn cycle(&self, first: &str, last: &str, settings: Value) -> String {
        let body = json!({
            "kind": "custom", "name": format!("{first} – {last}"), "starts_on": first, "ends_on": last,
            "settings": settings,
        });
        let id = self.owner.post("/cycles", &body).await.id();
        for phase in ["planning", "active"] {
            self.owner.post(&format!("/cycles/{id}/phase"), &json!({ "to": phase })).await.ok();
        }
        id
    }
}

fn merge(body: &mut Value, more: Value) {
    for (key, value) in more.as_object().cloned().unwrap_or_default() {
        body[key] = value;
    }
}

type Running = (actix_web::dev::ServerHandle, JoinHandle<()>);

/// Runs a service in a thread of its own.
fn start(app: &App) -> (String, Running) {
    let listener = app::listen("127.0.0.1:0".parse().unwrap()).expect("a free port");
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (send, receive) = mpsc::channel();
    let app = app.clone();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = app.serve(listener).expect("the service starts");
            send.send(server.handle()).unwrap();
            server.await.expect("the service runs");
        });
    });
    (url, (receive.recv().expect("the service runs"), thread))
}

struct Stop(Option<Running>);

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.0.take() {
            // The command is on its way once `stop` is called; the future only waits for the end.
            drop(handle.stop(false));
            let _ = thread.join();
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(Stop(self.server.take()));
    }
}
