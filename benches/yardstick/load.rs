//! Load: some connections, each asking for the next thing as soon as it has its answer. All of them run on one
//! thread.

use crate::Outcome;
use crate::client::{Connection, block_on};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;

/// How long a load goes on.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// So long.
    Past(Duration),
    /// So many answers over each connection.
    Answers(usize),
}

/// What a load came to.
pub struct Ran {
    elapsed: Duration,
    /// How long each answer took, the shortest first.
    took: Vec<Duration>,
}

impl Ran {
    /// How many answers there were.
    pub fn answers(&self) -> usize {
        self.took.len()
    }

    /// Answers a second.
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    pub fn rate(&self) -> f64 {
        self.answers() as f64 / self.elapsed.as_secs_f64()
    }

    /// How long at most the fastest half of the answers took, in milliseconds.
    pub fn median(&self) -> f64 {
        self.took.get(self.took.len() / 2).map_or(0.0, |took| took.as_secs_f64() * 1_000.0)
    }
}

/// Asks over so many connections; `next` makes the request, given the connection and how many it had before. Any
/// answer but `status` ends it.
pub fn run(
    address: SocketAddr,
    connections: usize,
    until: Until,
    status: u16,
    next: impl Fn(usize, usize) -> Vec<u8> + Clone + 'static,
) -> Outcome<Ran> {
    block_on(LocalSet::new().run_until(async move {
        let mut open = Vec::new();
        for _ in 0..connections {
            open.push(Connection::open(address).await?);
        }
        let start = Instant::now();
        let ask = |(place, connection)| {
            let next = next.clone();
            tokio::task::spawn_local(one(connection, until, start, status, move |count| next(place, count)))
        };
        let asking: Vec<_> = open.into_iter().enumerate().map(ask).collect();
        let mut took = Vec::new();
        for one in asking {
            took.extend(one.await??);
        }
        let elapsed = start.elapsed();
        took.sort_unstable();
        Ok(Ran { elapsed, took })
    }))
}

async fn one(
    mut connection: Connection,
    until: Until,
    start: Instant,
    status: u16,
    next: impl Fn(usize) -> Vec<u8>,
) -> Outcome<Vec<Duration>> {
    let mut took = Vec::new();
    loop {
        let over = match until {
            Until::Past(time) => start.elapsed() >= time,
            Until::Answers(count) => took.len() >= count,
        };
        if over {
            return Ok(took);
        }
        let request = next(took.len());
        let sent = Instant::now();
        let answer = connection.send(&request).await?;
        if answer.status != status {
            return Err(format!("{}: {}", answer.status, String::from_utf8_lossy(answer.body)).into());
        }
        took.push(sent.elapsed());
    }
}
