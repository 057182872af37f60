//! The service as its operator runs it: a process of its own, its default settings, every feature on.

use crate::Outcome;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running service; ended when it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// The token with which a new instance is taken.
    pub setup_token: Option<String>,
    process: Child,
}

impl Server {
    /// Starts it on a database and waits until it says that it listens; its log goes to a file.
    pub fn start(program: &Path, database: &[String], log: &Path) -> Outcome<Self> {
        let mut process = Command::new(program)
            .args(database)
            .args(["--listen", "127.0.0.1:0"])
            .env_remove("DATABASE_URL")
            // The limits on rates hold as ever, but for more than anyone asks here; the first read may take its time.
            .envs(["PRINCIPAL", "ADDRESS", "ANONYMOUS"].map(|of| (format!("GOALTREE_RATE_LIMIT_{of}"), "1000000000")))
            .env("GOALTREE_REQUEST_SECONDS", "600")
            .stderr(File::create(log)?)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(process.stdout.take().ok_or("no output")?).lines();
        let mut setup_token = None;
        while let Some(line) = lines.next().transpose()? {
            let word = line.trim();
            if let Some(url) = line.split_whitespace().find_map(|word| word.strip_prefix("http://127.0.0.1:"))
                && line.contains("listens on")
            {
                return Ok(Self { address: format!("127.0.0.1:{url}").parse()?, setup_token, process });
            }
            // The token stands alone on its line.
            if setup_token.is_none() && line.starts_with("    ") && !word.contains(' ') {
                setup_token = Some(word.to_owned());
            }
        }
        Err("the service did not start".into())
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
