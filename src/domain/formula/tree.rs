//! What a formula is made of.

/// A number, or what comes to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr<I> {
    /// A number written out.
    Number(Number),
    /// An input.
    Input(I),
    /// Its opposite.
    Negative(Box<Self>),
    /// Two numbers put together.
    Arithmetic(Operator, Box<[Self; 2]>),
    /// The first where the condition holds, else the second.
    If(Box<Condition<I>>, Box<[Self; 2]>),
    /// A number rounded to so many decimals, half away from zero.
    Round(Box<Self>, u8),
    /// A function of numbers.
    Call(Function, Vec<Self>),
}

/// A number written out: so many units of 10^-`decimals`, without sign, its last decimal not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub(super) units: i128,
    pub(super) decimals: u8,
}

/// How two numbers are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    By,
}

/// Two numbers held against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<I> {
    /// How.
    pub comparison: Comparison,
    /// The numbers.
    pub sides: [Expr<I>; 2],
}

/// How two numbers are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// A function of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The smallest of two or more.
    Min,
    /// The largest of two or more.
    Max,
    /// The size of one.
    Abs,
    /// The first, held between the second and the third.
    Clamp,
    /// The first of two or more that is not null.
    Coalesce,
}

impl Number {
    /// The most digits that it may have.
    pub(super) const DIGITS: usize = 30;

    /// A whole number.
    pub(super) const fn whole(units: i128) -> Self {
        Self { units, decimals: 0 }
    }

    /// The number of its digits before and after the point.
    pub(super) fn of_digits(whole: &str, part: &str) -> Option<Self> {
        let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        if whole.len() + part.len() > Self::DIGITS {
            return None;
        }
        let units = format!("0{whole}{part}").parse().ok()?;
        Some(Self { units, decimals: u8::try_from(part.len()).ok()? })
    }
}

impl Operator {
    /// How it is written.
    pub const fn sign(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::By => '/',
        }
    }

    /// How tightly it binds.
    pub(super) const fn tightness(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 1,
            Self::Times | Self::By => 2,
        }
    }
}

impl Comparison {
    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Function {
    /// How it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::Clamp => "clamp",
            Self::Coalesce => "coalesce",
        }
    }
}

impl<I> Expr<I> {
    /// Two numbers put together.
    pub(super) fn of_two(operator: Operator, left: Self, right: Self) -> Self {
        Self::Arithmetic(operator, Box::new([left, right]))
    }

    /// Every input in it, in the order of the text.
    pub(super) fn inputs(&self) -> Vec<&I> {
        let mut inputs = vec![];
        self.gather(&mut inputs);
        inputs
    }

    fn gather<'a>(&'a self, inputs: &mut Vec<&'a I>) {
        match self {
            Self::Number(_) => {}
            Self::Input(input) => inputs.push(input),
            Self::Negative(inner) | Self::Round(inner, _) => inner.gather(inputs),
            Self::Arithmetic(_, sides) => sides.iter().for_each(|side| side.gather(inputs)),
            Self::If(condition, branches) => {
                condition.sides.iter().chain(branches.iter()).for_each(|part| part.gather(inputs));
            }
            Self::Call(_, parts) => parts.iter().for_each(|part| part.gather(inputs)),
        }
    }

    /// The same over other inputs; none where one has no counterpart.
    pub(super) fn map<J>(&self, to: &impl Fn(&I) -> Option<J>) -> Option<Expr<J>> {
        let both = |[left, right]: &[Self; 2]| Some([left.map(to)?, right.map(to)?]);
        Some(match self {
            Self::Number(number) => Expr::Number(*number),
            Self::Input(input) => Expr::Input(to(input)?),
            Self::Negative(inner) => Expr::Negative(Box::new(inner.map(to)?)),
            Self::Arithmetic(operator, sides) => Expr::Arithmetic(*operator, Box::new(both(sides)?)),
            Self::If(condition, branches) => {
                let condition = Condition { comparison: condition.comparison, sides: both(&condition.sides)? };
                Expr::If(Box::new(condition), Box::new(both(branches)?))
            }
            Self::Round(inner, decimals) => Expr::Round(Box::new(inner.map(to)?), *decimals),
            Self::Call(function, parts) => {
                Expr::Call(*function, parts.iter().map(|part| part.map(to)).collect::<Option<_>>()?)
            }
        })
    }
}
