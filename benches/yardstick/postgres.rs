//! A throw-away PostgreSQL server, durable as in production: `fsync` and `synchronous_commit` are on.

use crate::Outcome;
use crate::machine::output;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server with a folder of its own; stopped when it is dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    process: Child,
}

/// The role that the service signs in by: it owns its database and is no superuser, so that row-level security holds
/// for it.
pub const SERVICE: &str = "goaltree";

impl Postgres {
    /// Makes a server in a folder and starts it.
    pub fn start(folder: &Path) -> Outcome<Self> {
        let programs = programs()?;
        let folder = folder.join("postgres");
        fs::create_dir_all(&folder)?;
        if is_root()? {
            output(Command::new("chown").arg("postgres:").arg(&folder))?;
        }
        let data = folder.join("data");
        output(
            as_postgres(&programs.join("initdb"))?
                .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "-D"])
                .arg(&data),
        )?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = [
            "fsync=on",
            "synchronous_commit=on",
            "listen_addresses=127.0.0.1",
            "shared_buffers=256MB",
            "max_wal_size=4GB",
        ];
        let process = as_postgres(&programs.join("postgres"))?
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-k"])
            .arg(&folder)
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?)
            .spawn()?;
        let server = Self { programs, folder, port, process };
        server.wait()?;
        server.run("postgres", &["-c", &format!("CREATE ROLE {SERVICE} LOGIN")])?;
        Ok(server)
    }

    fn wait(&self) -> Outcome<()> {
        for _ in 0..100 {
            if self.run("postgres", &["-c", "SELECT 1"]).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("PostgreSQL did not start; see {}", self.folder.join("log").display()).into())
    }

    /// Makes an empty database.
    pub fn create(&self, database: &str) -> Outcome<()> {
        self.run("postgres", &["-c", &format!("CREATE DATABASE {database} OWNER {SERVICE}")])
    }

    /// Removes a database.
    pub fn remove(&self, database: &str) -> Outcome<()> {
        self.run("postgres", &["-c", &format!("DROP DATABASE {database} WITH (FORCE)")])
    }

    /// Where a role finds a database.
    pub fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/{database}", self.port)
    }

    /// The server's first process: the parent of all others.
    pub fn process(&self) -> Outcome<u32> {
        // What was started may be what changes the user; the server says itself who it is.
        let lines = fs::read_to_string(self.folder.join("data/postmaster.pid"))?;
        Ok(lines.lines().next().unwrap_or_default().trim().parse()?)
    }

    /// Its version.
    pub fn version(&self) -> Outcome<String> {
        output(Command::new(self.programs.join("postgres")).arg("--version")).map(|text| text.trim().to_owned())
    }

    /// Runs `psql` as the superuser.
    pub fn run(&self, database: &str, arguments: &[&str]) -> Outcome<()> {
        let url = self.url("postgres", database);
        output(
            Command::new(self.programs.join("psql")).args(["-X", "-q", "-v", "ON_ERROR_STOP=1", &url]).args(arguments),
        )
        .map(drop)
    }

    /// Runs `pgbench`; the transactions a second that it counted, the time of connecting left out.
    pub fn pgbench(&self, database: &str, arguments: &[&str]) -> Outcome<f64> {
        let told = output(
            Command::new(self.programs.join("pgbench"))
                .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres", "-n", "-M", "prepared"])
                .args(arguments)
                .arg(database),
        )?;
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next());
        Ok(rate.ok_or_else(|| format!("pgbench tells no rate: {told}"))?.parse()?)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let stop = self.process().and_then(|id| output(Command::new("kill").args(["-INT", &id.to_string()])));
        if stop.is_err() {
            drop(self.process.kill());
        }
        drop(self.process.wait());
    }
}

/// The folder with the newest server's programs: Debian keeps each version in one of its own.
fn programs() -> Outcome<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let newest = versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    let on_path = || {
        let found = output(Command::new("sh").args(["-c", "command -v initdb"])).ok()?;
        Path::new(found.trim()).parent().map(Path::to_owned)
    };
    newest.or_else(on_path).ok_or_else(|| "no PostgreSQL server: install Debian's `postgresql`".into())
}

fn is_root() -> Outcome<bool> {
    Ok(output(Command::new("id").arg("-u"))?.trim() == "0")
}

/// A program of the server: it refuses to run as root.
fn as_postgres(program: &Path) -> Outcome<Command> {
    if !is_root()? {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
    Ok(command)
}
