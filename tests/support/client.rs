//! A client that is signed in, and what it is answered.

use super::PASSWORD;
use super::contract::{Contract, Operation};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// Someone who calls the service.
#[derive(Clone)]
pub struct Client {
    pub url: String,
    /// The person's id; empty for the anonymous.
    pub person: String,
    email: String,
    token: Arc<Mutex<String>>,
    headers: Vec<(String, String)>,
    http: reqwest::Client,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    pub text: String,
    what: String,
}

impl Client {
    /// Whoever has not signed in.
    pub fn anonymous(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            person: String::new(),
            email: String::new(),
            token: Arc::default(),
            headers: Vec::new(),
            http: reqwest::Client::new(),
        }
    }

    /// Someone with the tokens of a sign-in.
    pub fn signed_in(url: &str, email: &str, tokens: &Value) -> Self {
        let text = |name: &str| tokens[name].as_str().unwrap_or_else(|| panic!("no {name} in {tokens}")).to_owned();
        let client = Self { email: email.to_owned(), person: text("person_id"), ..Self::anonymous(url) };
        *client.token.lock().unwrap() = text("access_token");
        client
    }

    /// Signs in.
    pub async fn sign_in(url: &str, email: &str, password: &str) -> Self {
        let body = json!({ "email": email, "password": password });
        let tokens = Self::anonymous(url).post("/auth/login", &body).await.ok();
        Self::signed_in(url, email, &tokens)
    }

    /// The same one, calling another service.
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// The same one, sending a header.
    pub fn with(&self, name: &str, value: impl ToString) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_string()));
        client
    }

    /// The access token.
    pub fn token(&self) -> String {
        self.token.lock().unwrap().clone()
    }

    /// The same one with another access token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Arc::new(Mutex::new(token.to_owned())), email: String::new(), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, Some(body.to_string())).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None).await
    }

    /// Every entry of a list, page by page.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut next = path.to_owned();
        loop {
            let page = self.get(&next).await.ok();
            all.extend(page["items"].as_array().expect("items").clone());
            let Some(cursor) = page["next_cursor"].as_str() else { return all };
            let joint = if path.contains('?') { '&' } else { '?' };
            next = format!("{path}{joint}cursor={cursor}");
        }
    }

    /// Sends a request; where the access token has run out (the clock moved), signs in again and once more.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Reply {
        let reply = self.send_once(method.clone(), path, body.clone()).await;
        let ran_out = reply.status == StatusCode::UNAUTHORIZED && reply.body["code"] == "invalid_token";
        if !ran_out || self.email.is_empty() {
            return reply;
        }
        let credentials = json!({ "email": self.email, "password": PASSWORD });
        let login = Self::anonymous(&self.url);
        let tokens = login.send_once(Method::POST, "/auth/login", Some(credentials.to_string())).await;
        let Some(token) = tokens.body["access_token"].as_str() else { return reply };
        token.clone_into(&mut self.token.lock().unwrap());
        self.send_once(method, path, body).await
    }

    /// The email address that the caller signs in by.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Sends a request, once.
    pub async fn send_once(&self, method: Method, path: &str, body: Option<String>) -> Reply {
        let url = if path.starts_with("/health") || path.starts_with("/docs") || path.starts_with("/api/") {
            format!("{}{path}", self.url)
        } else {
            format!("{}/api/v1{path}", self.url)
        };
        let what = format!("{method} {path} {}", body.clone().unwrap_or_default());
        let called = called(&method, &url, &self.url);
        let mut request = self.http.request(method, url);
        let token = self.token();
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body.clone() {
            request = request.header("Content-Type", "application/json").body(body);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{what}: {error}"));
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.unwrap_or_else(|error| panic!("{what}: {error}"));
        let sent = body.unwrap_or_default();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        let reply = Reply { status, headers, body, text, what };
        if let Some(operation) = called {
            reply.keeps_to(operation, &sent);
        }
        reply
    }
}

/// The operation of the document that a request calls.
fn called(method: &Method, url: &str, base: &str) -> Option<&'static Operation> {
    let path = url.trim_start_matches(base).split('?').next()?;
    Contract::current().operation(method.as_str(), path)
}

impl Reply {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} -> {} {}", self.what, self.status, self.text);
        self.body
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn status(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{} -> {}", self.what, self.text);
        self.body
    }

    /// The id of what was made or answered.
    #[track_caller]
    pub fn id(self) -> String {
        let body = self.ok();
        body["id"].as_str().unwrap_or_else(|| panic!("no id in {body}")).to_owned()
    }

    /// Holds the answer, and what was sent where it was taken, to the document.
    fn keeps_to(&self, operation: &Operation, sent: &str) {
        let contract = Contract::current();
        let mut faults = contract.faults(operation, self.status, self.header("content-type"), &self.text);
        if self.status.is_success() {
            let taken = contract.request_faults(operation, sent);
            faults.extend(taken.into_iter().map(|fault| format!("taken though the document forbids it: {fault}")));
        }
        assert!(faults.is_empty(), "{} -> {} {}\nnot as documented: {faults:#?}", self.what, self.status, self.text);
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The problem that was answered: status, code, and that it has the form of one.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{} -> {}", self.what, self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.what);
        assert_eq!(self.body["code"], code, "{} -> {}", self.what, self.text);
        for member in ["type", "title", "status", "detail", "instance"] {
            assert!(!self.body[member].is_null(), "{} -> no {member} in {}", self.what, self.text);
        }
        self.body
    }

    /// The wrong fields of a 422, as `pointer code`, sorted.
    #[track_caller]
    pub fn faults(self) -> Vec<String> {
        let problem = self.problem(422, "invalid_fields");
        let fault =
            |fault: &Value| format!("{} {}", fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap());
        let mut faults: Vec<_> = problem["errors"].as_array().expect("errors").iter().map(fault).collect();
        faults.sort();
        faults
    }
}
