//! A company with one large forest, and the service that serves it.

use crate::client::once;
use crate::forest::{self, Size, one_of};
use crate::machine::{cpu_of, cpu_of_family, output};
use crate::measured::{self, Measured};
use crate::postgres::{Postgres, SERVICE};
use crate::server::Server;
use crate::{Bench, Outcome};
use chrono::{Days, NaiveDate};
use diesel::Connection;
use diesel::{PgConnection, SqliteConnection};
use goaltree::clock::Clock;
use goaltree::db::{Conn, Target};
use goaltree::domain::ids::{CycleId, OrganizationId, PersonId, UnitId};
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::net::SocketAddr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL, `fsync` on.
    Postgres,
    /// The embedded one, `synchronous=FULL`.
    Sqlite,
}

impl Engine {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
        }
    }
}

/// How many units and people the goals are spread over.
const UNITS: usize = 12;
const PEOPLE: usize = 120;
/// How many people are added at once.
const PEOPLE_AT_ONCE: usize = 500;
/// How many people sign in: those who lead the company, without being admins, so that the policy has to decide.
pub const LEADS: usize = 16;
/// Who took the instance.
const OWNER: &str = "owner@example.com";
const PASSWORD: &str = "rất dài và bí mật";

/// Whom goals are of, and when.
pub struct Company {
    pub organization: OrganizationId,
    pub cycle: CycleId,
    pub units: Vec<UnitId>,
    pub people: Vec<PersonId>,
    pub first: NaiveDate,
    pub today: NaiveDate,
}

impl Company {
    /// People with the units that they belong to: they have taken turns.
    pub fn at_home(&self, people: &[PersonId]) -> Vec<(PersonId, UnitId)> {
        people.iter().enumerate().map(|(turn, person)| (*person, one_of(&self.units, turn))).collect()
    }
}

/// A company with its goals, served.
pub struct World {
    /// How many goals, with how many check-ins each.
    pub size: Size,
    pub company: Company,
    /// The tokens of those who signed in.
    tokens: Vec<String>,
    program: PathBuf,
    store: Store,
    server: Option<Server>,
    measured: OnceCell<Measured>,
}

/// Where it is stored; gone when it is dropped.
enum Store {
    Postgres(Rc<Postgres>, String),
    Sqlite(PathBuf),
}

impl World {
    /// Founds the company through the service, and puts its goals into the tables.
    pub fn new(bench: &Bench, engine: Engine, size: Size) -> Outcome<Self> {
        let store = Store::new(bench, engine)?;
        let (company, emails) = found(&store.serve(&bench.program)?)?;
        forest::plant(&mut store.connect()?, &company, size)?;
        store.analyze()?;
        let (tokens, program, measured) = (Vec::new(), bench.program.clone(), OnceCell::new());
        let mut world = Self { size, company, tokens, program, store, server: None, measured };
        world.restart()?;
        world.tokens = emails.iter().map(|email| world.sign_in(email)).collect::<Outcome<_>>()?;
        Ok(world)
    }

    fn sign_in(&self, email: &str) -> Outcome<String> {
        let login = json!({ "email": email, "password": PASSWORD });
        text(&once(self.address()?, "POST", "/auth/login", "", &login)?, "/access_token")
    }

    /// A new token of someone who leads the company without being an admin: the ones of the beginning may have expired.
    pub fn lead(&self) -> Outcome<String> {
        self.sign_in(&email(0))
    }

    /// A new token of the owner.
    pub fn owner(&self) -> Outcome<String> {
        self.sign_in(OWNER)
    }

    /// What is measured there; planted when it is first asked for.
    pub fn measured(&self) -> Outcome<&Measured> {
        if let Some(measured) = self.measured.get() {
            return Ok(measured);
        }
        let planted = measured::plant(self)?;
        self.store.analyze()?;
        Ok(self.measured.get_or_init(|| planted))
    }

    /// So many people: those who are there, and more whom the owner adds.
    pub fn people(&self, owner: &str, count: usize) -> Outcome<Vec<PersonId>> {
        let mut people = self.company.people.clone();
        while people.len() < count {
            let next = people.len()..count.min(people.len() + PEOPLE_AT_ONCE);
            people.extend(add_people(self.address()?, owner, &self.company.units, next)?);
        }
        Ok(people)
    }

    /// Starts the service anew: it has nothing in memory.
    pub fn restart(&mut self) -> Outcome<()> {
        self.server = None;
        self.server = Some(self.store.serve(&self.program)?);
        Ok(())
    }

    /// Ends the service, so that another one may take its place.
    pub fn stop(&mut self) {
        self.server = None;
    }

    fn server(&self) -> Outcome<&Server> {
        self.server.as_ref().ok_or_else(|| "the service does not run".into())
    }

    /// Where the service listens.
    pub fn address(&self) -> Outcome<SocketAddr> {
        Ok(self.server()?.address)
    }

    /// The service's process.
    pub fn process(&self) -> Outcome<u32> {
        Ok(self.server()?.process())
    }

    /// A signed-in person's token.
    pub fn token(&self, place: usize) -> &str {
        self.tokens.get(place % self.tokens.len().max(1)).map_or("", String::as_str)
    }

    /// A connection that sees all rows.
    pub fn connect(&self) -> Outcome<Conn> {
        self.store.connect()
    }

    /// The database, as the service takes it in the same process.
    pub fn target(&self) -> Target {
        match &self.store {
            Store::Postgres(server, name) => Target::Postgres(server.url(SERVICE, name)),
            Store::Sqlite(folder) => Target::Sqlite(folder.join("goaltree.db")),
        }
    }

    /// The PostgreSQL server and the name of the database on it.
    pub fn postgres(&self) -> Option<(&Postgres, &str)> {
        match &self.store {
            Store::Postgres(server, name) => Some((server, name)),
            Store::Sqlite(_) => None,
        }
    }

    /// Recomputes every figure from the raw facts, by the service's own command.
    pub fn verify(&self) -> Outcome<()> {
        output(Command::new(&self.program).arg("verify").args(self.store.arguments()).env_remove("DATABASE_URL"))
            .map(drop)
    }

    /// What service and database have cost so far.
    pub fn cpu(&self) -> Outcome<Duration> {
        Ok(cpu_of_family(self.process()?)? + self.store.cpu()?)
    }

    /// What the database has cost so far, and this program, which asks it without the service.
    pub fn bare_cpu(&self) -> Outcome<Duration> {
        Ok(cpu_of(std::process::id())? + self.store.cpu()?)
    }
}

impl Store {
    fn new(bench: &Bench, engine: Engine) -> Outcome<Self> {
        let name = bench.new_name();
        Ok(match engine {
            Engine::Postgres => {
                let server = bench.postgres()?;
                server.create(&name)?;
                Self::Postgres(server, name)
            }
            Engine::Sqlite => {
                let folder = bench.folder().join(name);
                std::fs::create_dir_all(&folder)?;
                Self::Sqlite(folder)
            }
        })
    }

    /// What tells the program where the data is.
    fn arguments(&self) -> [String; 2] {
        match self {
            Self::Postgres(server, name) => ["--database-url".to_owned(), server.url(SERVICE, name)],
            Self::Sqlite(folder) => ["--data".to_owned(), folder.display().to_string()],
        }
    }

    fn serve(&self, program: &Path) -> Outcome<Server> {
        Server::start(program, &self.arguments(), &std::env::temp_dir().join("goaltree-yardstick.log"))
    }

    fn connect(&self) -> Outcome<Conn> {
        Ok(match self {
            Self::Postgres(server, name) => Conn::Postgres(PgConnection::establish(&server.url("postgres", name))?),
            Self::Sqlite(folder) => {
                Conn::Sqlite(SqliteConnection::establish(&folder.join("goaltree.db").display().to_string())?)
            }
        })
    }

    fn cpu(&self) -> Outcome<Duration> {
        match self {
            Self::Postgres(server, _) => cpu_of_family(server.process()?),
            Self::Sqlite(_) => Ok(Duration::ZERO),
        }
    }

    fn analyze(&self) -> Outcome<()> {
        match self {
            Self::Postgres(server, name) => server.run(name, &["-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"]),
            Self::Sqlite(_) => Ok(()),
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        match self {
            Self::Postgres(server, name) => drop(server.remove(name)),
            Self::Sqlite(folder) => drop(std::fs::remove_dir_all(folder)),
        }
    }
}

/// Takes the new instance: units, people, a cycle under way, and some who lead the company and can sign in.
fn found(server: &Server) -> Outcome<(Company, Vec<String>)> {
    let address = server.address;
    let today = Clock::system().now().utc().date_naive();
    let setup = json!({
        "setup_token": server.setup_token, "organization_name": "Công ty Thước Đo", "time_zone": "Etc/UTC",
        "locale": "en", "email": OWNER, "password": PASSWORD, "display_name": "Trần Thị Chủ",
    });
    let owner = once(address, "POST", "/setup", "", &setup)?;
    let token = text(&owner, "/access_token")?;
    let ask = |method, path: &str, body: Value| once(address, method, path, &token, &body);
    let root = text(&ask("GET", "/units/tree", Value::Null)?, "/units/0/id")?;
    let units = (0..UNITS).map(|unit| {
        let body =
            json!({ "kind": "team", "name": format!("Team {unit}"), "code": format!("t{unit}"), "parent_id": root });
        id(&ask("POST", "/units", body)?)
    });
    let units = units.collect::<Outcome<Vec<UnitId>>>()?;
    let people = add_people(address, &token, &units, 0..PEOPLE)?;
    let leads = people.get(..LEADS).unwrap_or_default();
    for lead in leads {
        ask("PUT", &format!("/units/{root}/members/{lead}"), json!({ "role": "lead" }))?;
    }
    let invited = ask("POST", "/people/invitations", json!({ "person_ids": leads }))?;
    for invitation in items(&invited)? {
        let accept = json!({ "token": invitation.get("token"), "password": PASSWORD });
        once(address, "POST", "/invitations/accept", "", &accept)?;
    }
    let (first, last) = (today - Days::new(45), today + Days::new(45));
    let cycle = json!({ "kind": "custom", "name": "Under way", "starts_on": first, "ends_on": last });
    let cycle: CycleId = id(&ask("POST", "/cycles", cycle)?)?;
    for phase in ["planning", "active"] {
        ask("POST", &format!("/cycles/{cycle}/phase"), json!({ "to": phase }))?;
    }
    let organization = text(&ask("GET", "/organization", Value::Null)?, "/id")?.parse()?;
    let company = Company { organization, cycle, units, people, first, today };
    Ok((company, (0..LEADS).map(email).collect()))
}

/// Adds people, who take turns in the units.
fn add_people(address: SocketAddr, token: &str, units: &[UnitId], which: Range<usize>) -> Outcome<Vec<PersonId>> {
    let people = which.map(|person| {
        let unit: UnitId = one_of(units, person);
        json!({ "display_name": format!("Person {person}"), "email": email(person), "unit_id": unit })
    });
    let batch = json!({ "items": people.collect::<Vec<_>>(), "atomic": true });
    let added = once(address, "POST", "/people/batch", token, &batch)?;
    items(&added)?.iter().map(|item| id(item.get("person").unwrap_or(item))).collect()
}

fn email(person: usize) -> String {
    format!("person{person}@example.com")
}

/// A text in an answer.
pub fn text(value: &Value, pointer: &str) -> Outcome<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| format!("no {pointer} in {value}").into())
}

/// The id of what an answer shows.
pub fn id<T: std::str::FromStr<Err = uuid::Error>>(value: &Value) -> Outcome<T> {
    Ok(text(value, "/id")?.parse()?)
}

fn items(value: &Value) -> Outcome<&Vec<Value>> {
    value.get("items").and_then(Value::as_array).ok_or_else(|| format!("no items in {value}").into())
}
