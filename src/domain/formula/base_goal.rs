//! Formulas in Base Goal's notation, so that companies can bring theirs: `$percent = ($value-$target)*100/$target`.
//!
//! There the result is a percentage; here 1 is 100 %. So the translation ends in `/ 100`.

use super::fault::{Fault, FaultKind};
use super::names::{Name, Variable, resolved};
use super::near::nearest;
use super::tree::{Expr, Number, Operator};

const PERCENT: &str = "$percent";
const VARIABLES: [(&str, Variable); 3] =
    [("$value", Variable::Value), ("$target", Variable::Target), ("$initial", Variable::Start)];

/// After how many characters the formula begins, where the text is in Base Goal's notation: what it assigns to
/// `$percent`. None where it is not.
pub(super) fn body_of(text: &str) -> Result<Option<usize>, Vec<Fault>> {
    let Some(dollar) = text.chars().position(|c| c == '$') else { return Ok(None) };
    let start = text.trim_start();
    let body = start.strip_prefix(PERCENT).and_then(|rest| rest.trim_start().strip_prefix('='));
    let assigned = body.map(|body| text.chars().count() - body.chars().count());
    let fault = || {
        let name: String =
            text.chars().skip(dollar).take_while(|c| *c == '$' || c.is_alphanumeric() || *c == '_').collect();
        vec![Fault::of(FaultKind::NoPercent, dollar, &name).meant(Some(format!("{PERCENT} = {}", start.trim_end())))]
    };
    assigned.map(Some).ok_or_else(fault)
}

/// The formula over a goal's value, target and start, its result a fraction.
pub(super) fn translate(named: &Expr<Name>) -> Result<Expr<Variable>, Vec<Fault>> {
    let variable =
        |name: &Name| VARIABLES.into_iter().find(|(known, _)| *known == name.text).map(|(_, variable)| variable);
    let percent = resolved(named, variable, |name| {
        let fault = Fault::of(FaultKind::NoNumber, name.at, &name.text);
        fault.meant(nearest(&name.text, VARIABLES.map(|(known, _)| known)))
    })?;
    Ok(Expr::of_two(Operator::By, percent, Expr::Number(Number::whole(100))))
}
