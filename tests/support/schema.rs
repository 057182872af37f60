//! As much of JSON Schema as the OpenAPI document uses, strict in one thing more: a member that no schema names is a
//! fault.

use chrono::{DateTime, NaiveDate};
use regex_lite::Regex;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

/// The keywords that are understood; another one in the document fails the first test that meets it, so that nothing
/// in the document goes unchecked.
const KNOWN: [&str; 22] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "default",
    "description",
    "enum",
    "examples",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "type",
    "example",
];

/// What is sent as a string, and taken as a number too.
const EXACT: [&str; 2] = ["#/components/schemas/Amount", "#/components/schemas/Weight"];

/// The schemas of a document.
pub struct Schemas {
    document: Value,
    patterns: Mutex<HashMap<String, Regex>>,
}

impl Schemas {
    /// Those of a document.
    pub fn of(document: Value) -> Self {
        Self { document, patterns: Mutex::default() }
    }

    /// Every way in which an answer's value does not fit a schema.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut walk = Walk { schemas: self, faults: Vec::new(), asks: false };
        walk.whole(schema, value, "");
        walk.faults
    }

    /// Every way in which a request's value does not fit a schema. Amounts and weights may come as numbers too.
    pub fn request_faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut walk = Walk { schemas: self, faults: Vec::new(), asks: true };
        walk.whole(schema, value, "");
        walk.faults
    }

    /// The schema itself, where a reference to it is given.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut found = schema;
        while let Some(reference) = found["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            found = self.document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        found
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.lock().unwrap();
        let regex = patterns
            .entry(pattern.to_owned())
            .or_insert_with(|| Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}")));
        regex.is_match(text)
    }
}

struct Walk<'a> {
    schemas: &'a Schemas,
    faults: Vec<String>,
    asks: bool,
}

/// The members of an object that some schema has spoken of; none: any may be there.
type Named = Option<BTreeSet<String>>;

impl Walk<'_> {
    fn fault(&mut self, at: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{}: {what}", if at.is_empty() { "/" } else { at }));
    }

    /// Holds a value to a schema, and its members to those that the schema names.
    fn whole(&mut self, schema: &Value, value: &Value, at: &str) {
        let named = self.part(schema, value, at);
        if let (Some(named), Value::Object(members)) = (named, value) {
            for member in members.keys().filter(|member| !named.contains(*member)) {
                self.fault(at, format!("`{member}` is not in the document"));
            }
        }
    }

    /// Holds a value to a schema that may be one of several; answers the members that it names.
    fn part(&mut self, schema: &Value, value: &Value, at: &str) -> Named {
        if self.asks && value.is_number() && EXACT.iter().any(|exact| schema["$ref"] == *exact) {
            return None;
        }
        let schema = self.schemas.resolve(schema);
        for keyword in schema.as_object().into_iter().flat_map(serde_json::Map::keys) {
            assert!(KNOWN.contains(&keyword.as_str()), "a schema says {keyword:?}, which nothing checks");
        }
        self.simple(schema, value, at);
        let mut named = self.members(schema, value, at);
        for each in schema["allOf"].as_array().into_iter().flatten() {
            named = join(named, self.part(each, value, at));
        }
        if let Some(choices) = schema["oneOf"].as_array() {
            named = join(named, self.choice(choices, value, at));
        }
        self.items(schema, value, at);
        named
    }

    /// Exactly one of the choices fits.
    fn choice(&mut self, choices: &[Value], value: &Value, at: &str) -> Named {
        let tried: Vec<_> = choices
            .iter()
            .map(|each| {
                let mut walk = Walk { schemas: self.schemas, faults: Vec::new(), asks: self.asks };
                let named = walk.part(each, value, at);
                (walk.faults, named)
            })
            .collect();
        let fits = tried.iter().filter(|(faults, _)| faults.is_empty()).count();
        if fits != 1 {
            let faults: Vec<_> = tried.iter().flat_map(|(faults, _)| faults).cloned().collect();
            self.fault(at, format!("{fits} of {} choices fit: {}", choices.len(), faults.join("; ")));
            return None;
        }
        tried.into_iter().find(|(faults, _)| faults.is_empty()).and_then(|(_, named)| named)
    }

    fn members(&mut self, schema: &Value, value: &Value, at: &str) -> Named {
        let Value::Object(members) = value else { return None };
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(required) {
                self.fault(at, format!("`{required}` is missing"));
            }
        }
        let others = &schema["additionalProperties"];
        if let Some(properties) = schema["properties"].as_object() {
            for (name, property) in properties {
                if let Some(member) = members.get(name) {
                    self.whole(property, member, &format!("{at}/{name}"));
                }
            }
            let open = others.is_object() || *others == Value::Bool(true);
            return (!open).then(|| properties.keys().cloned().collect());
        }
        if others.is_object() {
            for (name, member) in members {
                self.whole(others, member, &format!("{at}/{name}"));
            }
        }
        let says_nothing = schema["allOf"].is_array() || schema["oneOf"].is_array();
        says_nothing.then(BTreeSet::new)
    }

    fn items(&mut self, schema: &Value, value: &Value, at: &str) {
        let Value::Array(items) = value else { return };
        if !schema["items"].is_null() {
            for (index, item) in items.iter().enumerate() {
                self.whole(&schema["items"], item, &format!("{at}/{index}"));
            }
        }
        let length = items.len() as u64;
        if schema["maxItems"].as_u64().is_some_and(|most| length > most)
            || schema["minItems"].as_u64().is_some_and(|least| length < least)
        {
            self.fault(at, format!("{length} items"));
        }
    }

    fn simple(&mut self, schema: &Value, value: &Value, at: &str) {
        let types: Vec<_> = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !types.is_empty() && !types.iter().any(|each| is_a(value, each)) {
            self.fault(at, format!("{value} is no {}", types.join(" or ")));
        }
        if let Some(words) = schema["enum"].as_array()
            && !words.contains(value)
        {
            self.fault(at, format!("{value} is none of the words"));
        }
        match value {
            Value::String(text) => self.text(schema, text, at),
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                if schema["minimum"].as_f64().is_some_and(|least| number < least)
                    || schema["maximum"].as_f64().is_some_and(|most| number > most)
                {
                    self.fault(at, format!("{number} is out of bounds"));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, schema: &Value, text: &str, at: &str) {
        let length = text.chars().count() as u64;
        if schema["maxLength"].as_u64().is_some_and(|most| length > most)
            || schema["minLength"].as_u64().is_some_and(|least| length < least)
        {
            self.fault(at, format!("{length} characters"));
        }
        if schema["pattern"].as_str().is_some_and(|pattern| !self.schemas.matches(pattern, text)) {
            self.fault(at, format!("{text:?} does not fit {}", schema["pattern"]));
        }
        let fits = match schema["format"].as_str() {
            Some("uuid") => uuid::Uuid::parse_str(text).is_ok(),
            Some("date") => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10,
            Some("date-time") => DateTime::parse_from_rfc3339(text).is_ok(),
            _ => true,
        };
        if !fits {
            self.fault(at, format!("{text:?} is no {}", schema["format"]));
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_i64().is_some() || value.as_u64().is_some(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// What both name; anything, where one of them allows anything.
fn join(one: Named, other: Named) -> Named {
    Some(one?.into_iter().chain(other?).collect())
}
