//! From a text's parts to a tree of numbers and names; what the names stand for comes after.

use super::code::RESERVED;
use super::fault::{Fault, FaultKind};
use super::lexer::{Token, What, tokens};
use super::names::Name;
use super::near::nearest;
use super::tree::{Condition, Expr, Function, Number, Operator};
use crate::domain::limits;

type Parsed<T> = Result<T, Fault>;
type Named = Expr<Name>;

/// Reads a formula.
pub(super) fn parse(text: &str) -> Result<Named, Vec<Fault>> {
    parse_after(text, 0)
}

/// Reads the formula that begins after so many characters of a text.
pub(super) fn parse_after(text: &str, from: usize) -> Result<Named, Vec<Fault>> {
    if text.chars().nth(limits::FORMULA).is_some() {
        return Err(vec![Fault::of(FaultKind::TooLong, limits::FORMULA, "")]);
    }
    let tokens = tokens(text, from)?;
    let end = Token { what: What::End, at: from, text: String::new() };
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), end, depth: 0, parts: 0 };
    parser.whole().map_err(|fault| vec![fault])
}

struct Parser<T: Iterator<Item = Token>> {
    tokens: std::iter::Peekable<T>,
    end: Token,
    depth: usize,
    parts: usize,
}

impl<T: Iterator<Item = Token>> Parser<T> {
    fn whole(&mut self) -> Parsed<Named> {
        if self.look().what == What::End {
            return Err(Fault::of(FaultKind::Empty, 0, ""));
        }
        let whole = self.sum()?;
        self.expect(What::End)?;
        Ok(whole)
    }

    /// Numbers added and taken away, left to right.
    fn sum(&mut self) -> Parsed<Named> {
        let mut sum = self.product()?;
        while let Some(operator) = self.take_operator(|what| match what {
            What::Plus => Some(Operator::Plus),
            What::Minus => Some(Operator::Minus),
            _ => None,
        })? {
            sum = Expr::of_two(operator, sum, self.product()?);
        }
        Ok(sum)
    }

    /// Numbers multiplied and divided, left to right.
    fn product(&mut self) -> Parsed<Named> {
        let mut product = self.signed()?;
        while let Some(operator) = self.take_operator(|what| match what {
            What::Times => Some(Operator::Times),
            What::By => Some(Operator::By),
            _ => None,
        })? {
            product = Expr::of_two(operator, product, self.signed()?);
        }
        Ok(product)
    }

    /// A number, or its opposite.
    fn signed(&mut self) -> Parsed<Named> {
        if self.look().what != What::Minus {
            return self.single();
        }
        let minus = self.take();
        self.count(&minus)?;
        self.deeper(&minus, |parser| Ok(Expr::Negative(Box::new(parser.signed()?))))
    }

    /// A number, a name, a function or what stands in parentheses.
    fn single(&mut self) -> Parsed<Named> {
        let token = self.look().clone();
        match token.what {
            What::Number(number) => {
                self.take();
                self.count(&token)?;
                Ok(Expr::Number(number))
            }
            What::Name => {
                self.take();
                self.count(&token)?;
                if self.look().what == What::Open { self.deeper(&token, |it| it.call(&token)) } else { named(&token) }
            }
            What::Open => {
                self.take();
                self.deeper(&token, |parser| {
                    let inner = parser.sum()?;
                    parser.expect(What::Close)?;
                    Ok(inner)
                })
            }
            _ => Err(self.misplaced(None)),
        }
    }

    /// A function with what it is called with.
    fn call(&mut self, name: &Token) -> Parsed<Named> {
        let Some(usage) = usage(&name.text) else {
            let known = RESERVED.into_iter().filter(|word| self::usage(word).is_some());
            let fault = Fault::of(FaultKind::UnknownFunction, name.at, &name.text);
            return Err(fault.meant(nearest(&name.text, known)));
        };
        self.expect(What::Open)?;
        match name.text.as_str() {
            "prev" => return self.before(),
            "if" => return self.choice(usage, name),
            _ => {}
        }
        let mut parts = vec![self.sum()?];
        while self.look().what == What::Comma {
            self.take();
            parts.push(self.sum()?);
        }
        self.expect(What::Close)?;
        let wrong = || Fault::of(FaultKind::WrongCount, name.at, &name.text).meant(Some(usage));
        let function = match name.text.as_str() {
            "round" => return rounded(parts, name, wrong),
            "min" => Function::Min,
            "max" => Function::Max,
            "abs" => Function::Abs,
            "clamp" => Function::Clamp,
            _ => Function::Coalesce,
        };
        let fits = match function {
            Function::Abs => parts.len() == 1,
            Function::Clamp => parts.len() == 3,
            Function::Min | Function::Max | Function::Coalesce => parts.len() >= 2,
        };
        if fits { Ok(Expr::Call(function, parts)) } else { Err(wrong()) }
    }

    /// What is in the parentheses of `prev`: one name.
    fn before(&mut self) -> Parsed<Named> {
        let code = self.take();
        let closes = self.look().what == What::Close;
        if code.what != What::Name || !closes || RESERVED.contains(&code.text.as_str()) {
            return Err(Fault::of(FaultKind::PrevOfCode, code.at, &code.text).meant(Some("prev(code)")));
        }
        self.take();
        Ok(Expr::Input(Name { text: code.text, at: code.at, before: true }))
    }

    /// What is in the parentheses of `if`: a comparison and two numbers.
    fn choice(&mut self, usage: &str, name: &Token) -> Parsed<Named> {
        let left = self.sum()?;
        let token = self.look().clone();
        let What::Compare(comparison) = token.what else {
            let missing = Fault::of(FaultKind::ConditionMissing, token.at, &token.text).meant(Some(usage));
            return Err(if matches!(token.what, What::Comma | What::Close) { missing } else { self.misplaced(None) });
        };
        self.take();
        let right = self.sum()?;
        let wrong = Fault::of(FaultKind::WrongCount, name.at, &name.text).meant(Some(usage));
        self.expect_of_three(What::Comma, &wrong)?;
        let then = self.sum()?;
        self.expect_of_three(What::Comma, &wrong)?;
        let branches = [then, self.sum()?];
        self.expect_of_three(What::Close, &wrong)?;
        Ok(Expr::If(Box::new(Condition { comparison, sides: [left, right] }), Box::new(branches)))
    }

    /// What ends a part of an `if`: where another of them stands, it has too few or too many parts.
    fn expect_of_three(&mut self, what: What, wrong: &Fault) -> Parsed<()> {
        let next = self.look().what;
        let is_miscounted = matches!(next, What::Comma | What::Close) && next != what;
        if is_miscounted { Err(wrong.clone()) } else { self.expect(what) }
    }

    /// One level deeper, where that is not too deep.
    fn deeper(&mut self, token: &Token, read: impl FnOnce(&mut Self) -> Parsed<Named>) -> Parsed<Named> {
        self.depth += 1;
        if self.depth > limits::FORMULA_DEPTH {
            return Err(Fault::of(FaultKind::TooDeep, token.at, &token.text));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn count(&mut self, token: &Token) -> Parsed<()> {
        self.parts += 1;
        let fits = self.parts <= limits::FORMULA_PARTS;
        if fits { Ok(()) } else { Err(Fault::of(FaultKind::TooMany, token.at, &token.text)) }
    }

    fn take_operator(&mut self, which: impl Fn(What) -> Option<Operator>) -> Parsed<Option<Operator>> {
        let Some(operator) = which(self.look().what) else { return Ok(None) };
        let token = self.take();
        self.count(&token)?;
        Ok(Some(operator))
    }

    fn expect(&mut self, what: What) -> Parsed<()> {
        if self.look().what == what {
            self.take();
            return Ok(());
        }
        Err(self.misplaced((what == What::Close).then_some(")")))
    }

    fn look(&mut self) -> &Token {
        self.tokens.peek().unwrap_or(&self.end)
    }

    fn take(&mut self) -> Token {
        self.tokens.next().unwrap_or_else(|| self.end.clone())
    }

    /// The fault of what comes next, and what is missing if it is the end.
    fn misplaced(&mut self, missing: Option<&str>) -> Fault {
        let token = self.take();
        let fault = |kind| Fault::of(kind, token.at, &token.text);
        match token.what {
            What::End => fault(FaultKind::UnexpectedEnd).meant(missing),
            What::Compare(_) => fault(FaultKind::ComparisonOutside).meant(Some("if(a > b, 1, 0)")),
            What::Number(_) | What::Name | What::Open => fault(FaultKind::MissingSign).meant(Some("*")),
            What::Comma => fault(FaultKind::Unexpected).meant(Some(".")),
            _ => fault(FaultKind::Unexpected),
        }
    }
}

/// A name that is not called.
fn named(token: &Token) -> Parsed<Named> {
    match usage(&token.text) {
        Some(usage) => Err(Fault::of(FaultKind::NotCalled, token.at, &token.text).meant(Some(usage))),
        None => Ok(Expr::Input(Name { text: token.text.clone(), at: token.at, before: false })),
    }
}

/// `round` with the number and, where it says so, its decimals.
fn rounded(parts: Vec<Named>, name: &Token, wrong: impl Fn() -> Fault) -> Parsed<Named> {
    let mut parts = parts.into_iter();
    let (Some(number), decimals, None) = (parts.next(), parts.next(), parts.next()) else { return Err(wrong()) };
    let decimals = match decimals {
        None => 0,
        Some(Expr::Number(Number { units: decimals @ 0..=8, decimals: 0 })) => u8::try_from(decimals).unwrap_or(8),
        Some(_) => {
            let fault = Fault::of(FaultKind::RoundDecimals, name.at, &name.text);
            return Err(fault.meant(Some("round(a, 2)")));
        }
    };
    Ok(Expr::Round(Box::new(number), decimals))
}

/// How a function is called; none where there is none of this name.
fn usage(name: &str) -> Option<&'static str> {
    Some(match name {
        "if" => "if(a > b, c, d)",
        "min" => "min(a, b)",
        "max" => "max(a, b)",
        "round" => "round(a, 2)",
        "abs" => "abs(a)",
        "clamp" => "clamp(a, low, high)",
        "coalesce" => "coalesce(a, b)",
        "prev" => "prev(code)",
        _ => return None,
    })
}
