//! The program itself, as a process.

use super::Database;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};

/// A running goaltree; killed when it is dropped.
pub struct Program {
    /// The address that it said it listens on.
    pub url: String,
    child: Child,
    printed: Arc<Mutex<String>>,
}

impl Program {
    /// Starts the program on a database and a free port, and waits until it says that it listens.
    pub fn start(database: &Database, arguments: &[&str]) -> Self {
        Self::spawn(database, arguments, "error", Stdio::inherit())
    }

    /// Starts the program, logging all that it can into a file.
    pub fn logging(database: &Database, file: &std::path::Path) -> Self {
        let file = std::fs::File::create(file).expect("a file for the log");
        Self::spawn(database, &["serve"], "trace", file.into())
    }

    fn spawn(database: &Database, arguments: &[&str], log: &str, to: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_goaltree"))
            .args(arguments)
            .args(database.arguments())
            .args(["--listen", "127.0.0.1:0", "--log", log])
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(to)
            .spawn()
            .expect("the program starts");
        let printed = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut url = None;
        while url.is_none() {
            let line = lines.next().expect("the program says where it listens").unwrap();
            url = address_in(&line);
            printed.lock().unwrap().extend([line.as_str(), "\n"]);
        }
        let rest = Arc::clone(&printed);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                rest.lock().unwrap().extend([line.as_str(), "\n"]);
            }
        });
        Self { url: url.unwrap(), child, printed }
    }

    /// Runs a command of the program on a database to its end, and answers what it printed; it must succeed.
    pub fn run(database: &Database, arguments: &[&str]) -> String {
        let done = Self::try_run(database, arguments);
        let printed = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{printed}\n{}", String::from_utf8_lossy(&done.stderr));
        printed
    }

    /// Runs a command of the program on a database to its end.
    pub fn try_run(database: &Database, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goaltree"));
        let command = command.args(arguments).args(database.arguments()).args(["--log", "error"]);
        command.env_remove("DATABASE_URL").output().expect("the program runs")
    }

    /// What it has printed so far.
    pub fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    /// The setup token that it printed.
    pub fn setup_token(&self) -> String {
        let printed = self.printed();
        let mut lines = printed.lines().skip_while(|line| !line.contains("setup token"));
        lines.nth(2).unwrap_or_else(|| panic!("no setup token in {printed}")).trim().to_owned()
    }

    /// Asks it to stop, and waits.
    pub fn stop(mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        self.child.wait().unwrap()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn keep(printed: &Mutex<String>, line: &str) {
    let mut printed = printed.lock().unwrap();
    printed.push_str(line);
    printed.push('\n');
}

/// The address in what is printed at the start: a sentence, or the demo's JSON line.
fn address_in(line: &str) -> Option<String> {
    if line.starts_with('{') {
        let demo: serde_json::Value = serde_json::from_str(line).ok()?;
        return demo["url"].as_str().map(str::to_owned);
    }
    let listens = line.contains("listens on");
    line.split_whitespace().find(|word| listens && word.starts_with("http://127.0.0.1:")).map(str::to_owned)
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
