//! The demo company as whoever started it meets it: the app that serves it, and the sign-ins.

use super::people::{self, PersonPlan, SignInPlan};
use crate::app::App;
use crate::domain::words::Role;
use serde::Serialize;

/// Where its documentation is, below its URL.
const DOCS: &str = "/docs";

/// A demo company, ready to be served.
#[derive(Debug)]
pub struct DemoCompany {
    /// The service with the company in it.
    pub app: App,
    /// Those who can sign in.
    pub accounts: Vec<DemoAccount>,
}

/// Someone who can sign in to the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoAccount {
    /// Their role.
    pub role: Role,
    /// What they are in the company.
    pub title: &'static str,
    /// Their email address.
    pub email: String,
    /// Their password.
    pub password: String,
    #[serde(skip)]
    name: &'static str,
    #[serde(skip)]
    job: &'static str,
}

impl DemoAccount {
    pub(super) fn new(plan: &SignInPlan, person: &PersonPlan, password: String) -> Self {
        let PersonPlan { name, title: job, .. } = *person;
        Self { role: plan.role, title: plan.title, email: person.email(), password, name, job }
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    url: &'a str,
    docs_url: String,
    accounts: &'a [DemoAccount],
}

impl DemoCompany {
    /// Where it is served and who can sign in, for scripts: one line of JSON.
    pub fn as_json(&self, url: &str) -> String {
        let url = url.trim_end_matches('/');
        let shown = Shown { url, docs_url: format!("{url}{DOCS}"), accounts: &self.accounts };
        serde_json::to_string(&shown).unwrap_or_default()
    }

    /// The same for people.
    pub fn as_text(&self, url: &str) -> String {
        let url = url.trim_end_matches('/');
        let widest = |of: fn(&DemoAccount) -> &str| {
            self.accounts.iter().map(|account| of(account).chars().count()).max().unwrap_or_default()
        };
        let (title, email) = (widest(|account| account.title), widest(|account| &account.email));
        let row = |account: &DemoAccount| {
            let DemoAccount { title: what, email: address, password, name, job, .. } = account;
            format!("  {what:title$}  {address:email$}  {password}  {name}, {job}")
        };
        let rows = self.accounts.iter().map(row).collect::<Vec<_>>().join("\n");
        let first = self.accounts.first().map(|account| (&account.email, &account.password));
        let (who, password) = first.map_or(("", ""), |(email, password)| (email.as_str(), password.as_str()));
        format!(
            "\n{company} is at work.\n\n  API            {url}/api/v1\n  Documentation  {url}{DOCS}\n\n\
             Sign in as:\n\n{rows}\n\n\
             Try:\n\n  curl -s {url}/api/v1/auth/login -H 'Content-Type: application/json' \
             -d '{{\"email\":\"{who}\",\"password\":\"{password}\"}}'\n\n\
             Everything stays for the next start; `goaltree demo --reset` makes it anew. Ctrl-C stops it.\n",
            company = people::COMPANY,
        )
    }
}
