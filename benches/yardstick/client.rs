//! A client of HTTP/1.1 that costs little: it shares the machine with what it measures. One connection each, kept
//! open; requests are written as they are, answers read by their length.

use crate::Outcome;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer, as it lies in the connection's buffer.
pub struct Answer<'c> {
    /// The status.
    pub status: u16,
    head: &'c str,
    /// The body.
    pub body: &'c [u8],
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and waits for its whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Outcome<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let (head, length) = loop {
            self.more().await?;
            if let Some(found) = head_of(&self.read)? {
                break found;
            }
        };
        while self.read.len() < head + length {
            self.more().await?;
        }
        let head = std::str::from_utf8(self.read.get(..head).unwrap_or_default())?;
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or("an answer without a status")?;
        Ok(Answer { status, head, body: self.read.get(head.len()..).unwrap_or_default() })
    }

    async fn more(&mut self) -> Outcome<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(())
    }
}

impl Answer<'_> {
    /// The value of a header, named in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// The body as JSON, if the request was done.
    pub fn json(&self) -> Outcome<Value> {
        if !(200..300).contains(&self.status) {
            return Err(format!("{}: {}", self.status, String::from_utf8_lossy(self.body)).into());
        }
        Ok(serde_json::from_slice(self.body)?)
    }
}

/// Where the head ends and how long the body is, once the whole head is there.
fn head_of(read: &[u8]) -> Outcome<Option<(usize, usize)>> {
    let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(read.get(..end + 4).unwrap_or_default())?;
    let length = header(head, "content-length").map_or(Ok(0), str::parse)?;
    Ok(Some((end + 4, length)))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// A request as it goes over the wire; the body is JSON where there is one.
pub fn request(method: &str, path: &str, token: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = vec![format!("{method} /api/v1{path} HTTP/1.1\r\nHost: localhost\r\n")];
    if !token.is_empty() {
        text.push(format!("Authorization: Bearer {token}\r\n"));
    }
    text.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
    if !body.is_empty() {
        text.push(format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    text.extend(["\r\n".to_owned(), body.to_owned()]);
    text.concat().into_bytes()
}

/// One request and its answer, for what is done once.
pub fn once(address: SocketAddr, method: &str, path: &str, token: &str, body: &Value) -> Outcome<Value> {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let sent = request(method, path, token, &[], &text);
    block_on(async {
        let mut connection = Connection::open(address).await?;
        connection.send(&sent).await?.json().map_err(|error| format!("{method} {path}: {error}").into())
    })
}

/// Sends a request over a connection of its own: how long its whole answer took, and what it was.
pub fn timed(address: SocketAddr, request: &[u8]) -> Outcome<(Duration, Value)> {
    block_on(async {
        let mut connection = Connection::open(address).await?;
        let sent = Instant::now();
        let answer = connection.send(request).await?;
        Ok((sent.elapsed(), answer.json()?))
    })
}

/// Runs something asynchronous to its end, on this thread.
pub fn block_on<T>(run: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run)
}
