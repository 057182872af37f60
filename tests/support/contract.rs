//! What the OpenAPI document promises of an answer, held against every answer that a test is given: the status, the
//! type of the content, and the body down to its last member. A member that the document does not name is a fault of
//! the document, so it fails too.

use super::schema::Schemas;
use goaltree::app::App;
use reqwest::StatusCode;
use serde_json::Value;
use std::sync::OnceLock;

/// The document with its operations by address.
pub struct Contract {
    schemas: Schemas,
    operations: Vec<Operation>,
}

/// One operation of the document.
pub struct Operation {
    /// Its method, in capitals.
    pub method: String,
    /// Its path, as the document writes it.
    pub path: String,
    /// Its name.
    pub id: String,
    /// What the document says of it.
    pub says: Value,
}

impl Operation {
    fn fits(&self, method: &str, path: &str) -> bool {
        let named = |part: &str| part.starts_with('{');
        self.method == method
            && self.path.split('/').count() == path.split('/').count()
            && self.path.split('/').zip(path.split('/')).all(|(own, asked)| named(own) || own == asked)
    }

    /// How many parts of its path stand for anything: `/units/tree` goes before `/units/{id}`.
    fn looseness(&self) -> usize {
        self.path.matches('{').count()
    }
}

impl Contract {
    /// The document of this build. That the committed one equals it is a test of its own.
    pub fn current() -> &'static Self {
        static CURRENT: OnceLock<Contract> = OnceLock::new();
        CURRENT.get_or_init(|| Self::of(serde_json::to_value(App::document()).expect("the document is JSON")))
    }

    fn of(document: Value) -> Self {
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, says) in item.as_object().expect("operations") {
                let id = says["operationId"].as_str().unwrap_or_default().to_owned();
                operations.push(Operation {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    id,
                    says: says.clone(),
                });
            }
        }
        Self { schemas: Schemas::of(document), operations }
    }

    /// Every operation.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The document's schemas.
    pub const fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// The operation that a request calls, by its method and its whole path without the query.
    pub fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let fitting = self.operations.iter().filter(|operation| operation.fits(method, path));
        fitting.min_by_key(|operation| operation.looseness())
    }

    /// What is wrong with an answer to an operation, by the document: nothing, one hopes.
    pub fn faults(&self, operation: &Operation, status: StatusCode, content: Option<&str>, text: &str) -> Vec<String> {
        let promised = &operation.says["responses"][status.as_str()];
        if promised.is_null() {
            return vec![format!("{} does not say that it answers {status}", operation.id)];
        }
        let Some(contents) = promised["content"].as_object() else {
            let empty = text.is_empty();
            return if empty { Vec::new() } else { vec![format!("{} promises no body with {status}", operation.id)] };
        };
        let content = content.unwrap_or_default().split(';').next().unwrap_or_default();
        let Some(promised) = contents.get(content) else {
            return vec![format!("{} promises no {content:?} with {status}", operation.id)];
        };
        if !content.ends_with("json") || content.ends_with("ndjson") {
            return Vec::new();
        }
        serde_json::from_str(text).map_or_else(
            |error| vec![format!("no JSON: {error}")],
            |body: Value| self.schemas.faults(&promised["schema"], &body),
        )
    }

    /// What is wrong with a body that an operation has taken, by the document.
    pub fn request_faults(&self, operation: &Operation, body: &str) -> Vec<String> {
        let schema = &operation.says["requestBody"]["content"]["application/json"]["schema"];
        match serde_json::from_str(body) {
            Ok(body) if !schema.is_null() => self.schemas.request_faults(schema, &body),
            _ => Vec::new(),
        }
    }
}
