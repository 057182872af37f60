//! The commands.

#![expect(clippy::print_stdout, reason = "commands answer on standard output; the log goes to standard error")]

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use goaltree::app::{self, App};
use goaltree::config::{Config, SECRETS, reachable};
use goaltree::db::{Scope, Target};
use goaltree::demo;
use goaltree::domain::words::{Locale, Role, Word};
use goaltree::error::Error;
use goaltree::figures;
use goaltree::identity;
use goaltree::setup::{self, NewUser};
use goaltree::telemetry;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One live tree of a company's goals: OKRs and KPIs whose every figure follows from facts.
#[derive(Parser)]
#[command(name = "goaltree", version, about)]
struct Cli {
    #[command(flatten)]
    config: Config,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API (the default)
    Serve,
    /// Serves a demo company with its goals, people and history
    Demo(DemoArgs),
    /// Brings the database up to date and stops
    Migrate,
    /// Prints the OpenAPI document
    Openapi,
    /// Makes users and resets passwords
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Lists and rotates the keys that sign access tokens
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Recomputes every figure from the raw facts and compares it with what the service answers
    Verify,
    /// Prints every setting, its value and where it came from; secrets redacted
    Config,
    /// Asks the running service whether it is ready: for containers
    Healthcheck,
}

#[derive(Args)]
struct DemoArgs {
    /// Makes the demo anew, throwing the old one away
    #[arg(long)]
    reset: bool,
    /// Prints the address and the sign-ins as one JSON line
    #[arg(long)]
    json: bool,
    /// Which demo company: the same seed makes the same one
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Makes a person who can sign in, and prints the link that sets their password
    Create(CreateUser),
    /// Prints a one-time link that sets a new password
    ResetPassword {
        /// The account's email address
        email: String,
    },
    /// Takes the second factor of an account away, whose app and recovery codes are lost
    ResetTotp {
        /// The account's email address
        email: String,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Prints every key: its id, when it was made, and since when it signs no more
    List,
    /// Makes a new key that signs from now on; the old ones verify until their tokens have ended
    Rotate,
}

#[derive(Args)]
struct CreateUser {
    /// The email address to sign in with
    email: String,
    /// The name
    #[arg(long)]
    name: String,
    /// The role: owner, admin, member or viewer
    #[arg(long, default_value = "member", value_parser = role)]
    role: Role,
    /// The organization's id, where there are several
    #[arg(long, value_name = "ID")]
    organization: Option<uuid::Uuid>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "one of owner, admin, member, viewer".to_owned())
}

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match run(cli, &matches) {
        Ok(code) => code,
        Err(sentence) => {
            let _ = writeln!(std::io::stderr(), "goaltree: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, matches: &ArgMatches) -> Result<ExitCode, String> {
    let Cli { config, command } = cli;
    config.check()?;
    telemetry::start(&config.log, config.log_format == "json");
    match command.unwrap_or(Command::Serve) {
        Command::Serve => serve(&config),
        Command::Demo(args) => run_demo(&config, &args),
        Command::Migrate => open(&config).map(|_| println!("The database is up to date.")),
        Command::Openapi => App::document().to_pretty_json().map(|json| println!("{json}")).map_err(|e| e.to_string()),
        Command::User { command } => user(&config, command),
        Command::Keys { command } => keys(&config, &command),
        Command::Verify => return verify(&config),
        Command::Config => {
            print_config(&config, matches);
            Ok(())
        }
        Command::Healthcheck => healthcheck(&config),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn open(config: &Config) -> Result<App, String> {
    App::open(config, config.target("./data")?).map_err(|error| sentence(&error))
}

/// Opens a database that is there already: for commands that would find nothing in a new one.
fn open_existing(config: &Config) -> Result<App, String> {
    if let Target::Sqlite(file) = config.target("./data")?
        && !file.exists()
    {
        return Err(format!("there is no database at {}; name its folder with --data", file.display()));
    }
    open(config)
}

fn serve(config: &Config) -> Result<(), String> {
    let app = open(config)?;
    let token = setup::token_if_unowned(&app.service).map_err(|error| error.to_string())?;
    run_server(&app, |url| {
        if let Some(token) = token {
            println!("{}", setup_notice(&token, url));
        }
        println!("goaltree listens on {url} — documentation at {url}/docs");
    })
}

fn setup_notice(token: &str, url: &str) -> String {
    let body = format!(
        r#"{{"setup_token":"{token}","organization_name":"My company","time_zone":"Asia/Ho_Chi_Minh","locale":"{}","email":"me@example.com","password":"at least ten characters","display_name":"My name"}}"#,
        Locale::En,
    );
    format!(
        "Nobody owns this instance yet. Take it with this one-time setup token:\n\n    {token}\n\n\
         curl -s {url}/api/v1/setup -H 'Content-Type: application/json' -d '{body}'\n"
    )
}

/// Listens, says so, and serves until the process is told to stop.
fn run_server(app: &App, announce: impl FnOnce(&str)) -> Result<(), String> {
    let config = app.config();
    let listener = app::listen(config.listen).map_err(|error| format!("can't listen on {}: {error}", config.listen))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let url =
        config.public_url.as_ref().map_or_else(|| format!("http://{}", reachable(bound)), |_| config.public_url());
    if let Some(at) = app.service.clock.held() {
        tracing::warn!(at = %at.utc(), "the clock is held still");
    }
    tracing::info!(%bound, engine = app.service.db.engine(), version = env!("CARGO_PKG_VERSION"), "serving");
    actix_web::rt::System::new().block_on(async {
        let server = app.serve(listener).map_err(|error| error.to_string())?;
        announce(&url);
        server.await.map_err(|error| error.to_string())
    })
}

fn run_demo(config: &Config, args: &DemoArgs) -> Result<(), String> {
    let target = config.target("./demo-data")?;
    let company = demo::open(config, target, args.seed, args.reset).map_err(|error| error.to_string())?;
    run_server(&company.app, |url| {
        if args.json {
            println!("{}", company.as_json(url));
        } else {
            println!("{}", company.as_text(url));
        }
        let _ = std::io::stdout().flush();
    })
}

fn user(config: &Config, command: UserCommand) -> Result<(), String> {
    let app = open_existing(config)?;
    let (token, path) = match command {
        UserCommand::Create(new) => {
            let user = NewUser { email: new.email, display_name: new.name, role: new.role };
            (setup::create_user(&app.service, new.organization.map(Into::into), &user), "invitations/accept")
        }
        UserCommand::ResetPassword { email } => (setup::reset_password(&app.service, &email), "auth/password-reset"),
        UserCommand::ResetTotp { email } => {
            let was_on = setup::reset_totp(&app.service, &email).map_err(|error| sentence(&error))?;
            println!("{}", if was_on { "The second factor is off." } else { "No second factor was on." });
            return Ok(());
        }
    };
    let token = token.map_err(|error| sentence(&error))?;
    let url = config.public_url();
    println!(
        "Set the password with this one-time token (7 days):\n\n    {token}\n\n\
         curl -s {url}/api/v1/{path} -H 'Content-Type: application/json' \
         -d '{{\"token\":\"{token}\",\"password\":\"at least ten characters\"}}'"
    );
    Ok(())
}

fn keys(config: &Config, command: &KeysCommand) -> Result<(), String> {
    if config.signing_key.is_some() {
        return Err("the signing key is given by GOALTREE_SIGNING_KEY: change it there".to_owned());
    }
    let app = open_existing(config)?;
    let service = &app.service;
    let kept = service.db.write_now(Scope::System, |conn, _| {
        if matches!(command, KeysCommand::Rotate) {
            identity::rotate_keys(conn, &service.clock, &service.vault)?;
        }
        Ok(identity::list_keys(conn)?)
    });
    for key in kept.map_err(|error| sentence(&error))? {
        let state =
            key.retired_at.map_or_else(|| "signs".to_owned(), |at| format!("retired {}", at.utc().to_rfc3339()));
        println!("{}  made {}  {state}", key.id, key.created_at.utc().to_rfc3339());
    }
    Ok(())
}

/// An error as one sentence, with every wrong field.
fn sentence(error: &Error) -> String {
    let faults = match error {
        Error::Invalid(faults) => faults,
        Error::Internal(cause) => return cause.to_string(),
        _ => return error.detail(Locale::En),
    };
    let each = faults.iter().map(|fault| format!("{}: {}", fault.pointer, fault.said.detail(Locale::En)));
    each.collect::<Vec<_>>().join(" ")
}

fn verify(config: &Config) -> Result<ExitCode, String> {
    let app = open_existing(config)?;
    let found =
        figures::verify(&app.service.db, &app.service.clock, &app.forests).map_err(|error| error.to_string())?;
    println!("{found}");
    Ok(if found.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_config(config: &Config, matches: &ArgMatches) {
    let mut out = std::io::stdout().lock();
    for argument in Cli::command().get_arguments() {
        let id = argument.get_id().as_str();
        let Some(variable) = argument.get_env() else { continue };
        let values = matches.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy().into_owned());
        let given = values.collect::<Vec<_>>().join(",");
        let (shown, source) = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => (given, "flag"),
            Some(ValueSource::EnvVariable) => (given, "environment"),
            Some(_) => (given, "default"),
            None if id == "data" => (config.folder("./data").display().to_string(), "default"),
            None if id == "public_url" => (config.public_url(), "default"),
            None => (String::new(), "not set"),
        };
        let shown = if SECRETS.contains(&id) && !shown.is_empty() { "(secret)".to_owned() } else { shown };
        let flag = id.replace('_', "-");
        // A reader that has seen enough closes the pipe: then nothing more is to be said.
        if writeln!(out, "{id:<18} {shown:<24} {source:<12} --{flag} {}", variable.to_string_lossy()).is_err() {
            return;
        }
    }
}

/// One request of HTTP/1.0, so that a container needs no other program.
fn healthcheck(config: &Config) -> Result<(), String> {
    let limit = Duration::from_secs(5);
    let address = reachable(config.listen);
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, limit)?;
        stream.set_read_timeout(Some(limit))?;
        stream.write_all(b"GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(10_000).read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| format!("no answer from {address}: {error}"))?;
    let ready = answer.split_whitespace().nth(1) == Some("200");
    ready.then(|| println!("ready")).ok_or_else(|| "not ready".to_owned())
}
