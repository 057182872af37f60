//! A formula's text taken apart.

use super::code::has_its_form;
use super::fault::{Fault, FaultKind};
use super::tree::{Comparison, Number};
use crate::domain::text::fold;

/// A part of the text, with how many characters come before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) at: usize,
    pub(super) text: String,
}

/// What a part of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Number(Number),
    Name,
    Plus,
    Minus,
    Times,
    By,
    Compare(Comparison),
    Open,
    Close,
    Comma,
    End,
}

/// Takes a text apart from a character on, and tells everything in it that is no part of a formula.
pub(super) fn tokens(text: &str, from: usize) -> Result<Vec<Token>, Vec<Fault>> {
    let characters: Vec<char> = text.chars().collect();
    let (mut tokens, mut faults, mut at) = (vec![], vec![], from);
    while let Some(first) = characters.get(at).copied() {
        let rest = characters.get(at..).unwrap_or_default();
        let length = length_of(first, rest);
        let found: String = rest.iter().take(length).collect();
        if !first.is_whitespace() {
            match read(&found) {
                Ok(what) => tokens.push(Token { what, at, text: found }),
                Err((kind, suggestion)) => faults.push(Fault::of(kind, at, &found).meant(suggestion)),
            }
        }
        at += length;
    }
    tokens.push(Token { what: What::End, at, text: String::new() });
    if faults.is_empty() { Ok(tokens) } else { Err(faults) }
}

/// How many characters belong together: a number, a name, signs of comparison, or else one.
fn length_of(first: char, rest: &[char]) -> usize {
    let run = |belongs: fn(char) -> bool| rest.iter().take_while(|c| belongs(**c)).count();
    match first {
        '0'..='9' | '.' => run(|c| c.is_alphanumeric() || c == '.' || c == '_'),
        '<' | '>' | '=' | '!' => run(|c| "<>=!".contains(c)),
        _ if first.is_alphabetic() || first == '_' || first == '$' => {
            1 + rest.iter().skip(1).take_while(|c| c.is_alphanumeric() || **c == '_').count()
        }
        _ => 1,
    }
}

fn read(found: &str) -> Result<What, (FaultKind, Option<String>)> {
    let meant = |suggestion: &str| Err((FaultKind::UnknownCharacter, Some(suggestion.to_owned())));
    Ok(match found {
        "+" => What::Plus,
        "-" => What::Minus,
        "*" => What::Times,
        "/" => What::By,
        "(" => What::Open,
        ")" => What::Close,
        "," => What::Comma,
        "=" => What::Compare(Comparison::Equal),
        "!=" => What::Compare(Comparison::NotEqual),
        "<" => What::Compare(Comparison::Less),
        "<=" => What::Compare(Comparison::AtMost),
        ">" => What::Compare(Comparison::Greater),
        ">=" => What::Compare(Comparison::AtLeast),
        "==" => return meant("="),
        "<>" | "≠" => return meant("!="),
        "=<" | "≤" => return meant("<="),
        "=>" | "≥" => return meant(">="),
        "×" | "·" => return meant("*"),
        "÷" | ":" => return meant("/"),
        "−" | "–" => return meant("-"),
        "[" | "{" => return meant("("),
        "]" | "}" => return meant(")"),
        ";" => return meant(","),
        "%" => return meant("/ 100"),
        _ if found.starts_with(|first: char| first.is_ascii_digit() || first == '.') => What::Number(number(found)?),
        // With a dollar it is a variable of Base Goal's.
        _ if has_its_form(found.strip_prefix('$').unwrap_or(found)) => What::Name,
        _ if found.starts_with(|first: char| first.is_alphabetic() || first == '_') => {
            let folded = fold(found).trim_start_matches('_').to_owned();
            return Err((FaultKind::NotACode, Some(folded).filter(|folded| has_its_form(folded))));
        }
        _ => return Err((FaultKind::UnknownCharacter, None)),
    })
}

/// A number: digits, and decimals after a point.
fn number(found: &str) -> Result<Number, (FaultKind, Option<String>)> {
    let (whole, part) = found.split_once('.').unwrap_or((found, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(part) {
        return Number::of_digits(whole, part).ok_or((FaultKind::TooManyDigits, None));
    }
    let mended = match (whole, part) {
        ("", part) if digits(part) => Some(format!("0.{part}")),
        (whole, "") if digits(whole) => Some(whole.to_owned()),
        _ => None,
    };
    Err((FaultKind::NotANumber, mended))
}
