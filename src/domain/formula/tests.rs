//! A table of formulas: what they come to, how they are written, what is wrong with them.

use super::*;
use crate::domain::amount::Amount;
use crate::domain::derived::Derived;
use crate::domain::limits;
use crate::domain::words::Locale;
use proptest::prelude::*;

fn codes(names: &[&str]) -> BTreeSet<Code> {
    names.iter().map(|name| Code::new(name).unwrap()).collect()
}

fn known() -> BTreeSet<Code> {
    codes(&["a", "b", "zero", "missing", "revenue", "quotes", "won"])
}

/// `a` is 7, `b` is −2.5, `prev(a)` is 4; `missing` was not measured.
fn of(term: &Term<Code>) -> Result<Derived, Null> {
    let amount = match (term.metric.as_str(), term.before) {
        ("a", false) => "7",
        ("a", true) => "4",
        ("b", false) => "-2.5",
        ("zero", _) => "0",
        _ => return Err(Null::Missing),
    };
    Ok(amount.parse::<Amount>().unwrap().into())
}

/// What a formula comes to, to 8 decimals, or why it comes to nothing and where.
fn value(text: &str) -> String {
    let formula = MetricFormula::parse(text, &known()).unwrap();
    match formula.value(&mut of) {
        Ok(value) => format!("{value:?}"),
        Err(NullAt { reason, at }) => format!("{reason:?} {at}"),
    }
}

/// Code, place, length and suggestion of each fault.
fn faults(faults: Vec<Fault>) -> Vec<(&'static str, usize, usize, Option<String>)> {
    faults.into_iter().map(|fault| (fault.kind.code(), fault.at, fault.length, fault.suggestion)).collect()
}

fn faults_of_metric(text: &str) -> Vec<(&'static str, usize, usize, Option<String>)> {
    faults(MetricFormula::parse(text, &known()).err().unwrap_or_default())
}

#[test]
fn a_table_of_values() {
    for (text, expected) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("2 - 3 - 4", "-5"),
        ("24 / 4 / 2", "3"),
        ("24 / (4 / 2)", "12"),
        ("-a * b", "17.5"),
        ("2 - -3", "5"),
        ("--a", "7"),
        ("1 / 3", "0.33333333"),
        ("-1 / 3 * 2", "-0.66666667"),
        ("1 / 3 * 3", "1"),
        ("a / prev(a)", "1.75"),
        ("min(a, b, 3)", "-2.5"),
        ("max(a, b, 3)", "7"),
        ("abs(b)", "2.5"),
        ("round(b)", "-3"),
        ("round(2.4999)", "2"),
        ("round(2 / 3, 3)", "0.667"),
        ("clamp(a, 0, 5)", "5"),
        ("clamp(b, 0, 5)", "0"),
        ("clamp(a, 5, 0)", "BoundsCrossed clamp(a, 5, 0)"),
        ("if(a > b, 1, 0)", "1"),
        ("if(a = 7, if(b != -2.5, 1, 2), 3)", "2"),
        ("if(a >= 7, 1, 0) + if(a <= 7, 1, 0) + if(a < 7, 1, 0)", "2"),
        ("if(zero = 0, 0, a / zero)", "0"),
        ("a / zero", "DivisionByZero zero"),
        ("a / (a / 3 * 3 - a)", "DivisionByZero a / 3 * 3 - a"),
        ("a + missing", "Missing missing"),
        ("prev(b) * 0", "Missing prev(b)"),
        ("if(missing > 1, 1, 0)", "Missing missing"),
        ("coalesce(missing, a / zero, 5)", "5"),
        ("coalesce(missing, a / zero)", "DivisionByZero zero"),
        ("coalesce(a, 1) + min(a, coalesce(missing, 1))", "8"),
        ("900000000000000000", "900000000000000000"),
        ("900000000000000000 + 0.00000001", "OutOfRange 900000000000000000 + 0.00000001"),
        ("900000000000000000 * 3 / 3", "900000000000000000"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn a_number_on_the_way_may_be_long_but_not_without_end() {
    let long = |times: usize| vec!["123456789012345678901234567890"; times].join(" * ");
    assert!(value(&long(40)).starts_with("OutOfRange"));
    assert!(value(&long(45)).starts_with("TooManyDigits"));
    assert_eq!(value(&format!("1 / ({})", long(40))), "0");
}

#[test]
fn its_text_is_canonical() {
    for (text, canonical) in [
        ("1+2*3", "1 + 2 * 3"),
        ("((a))-(b)", "a - b"),
        ("a-(b-won)", "a - (b - won)"),
        ("(a-b)-won", "a - b - won"),
        ("(a*b)/won", "a * b / won"),
        ("a*(b/won)", "a * (b / won)"),
        ("-(a+b)", "-(a + b)"),
        ("-(a)*b", "-a * b"),
        ("-(a*b)", "-(a * b)"),
        ("007.500", "7.5"),
        ("0.0", "0"),
        ("if ( a>=b , -1 , min( a,b ) )", "if(a >= b, -1, min(a, b))"),
        ("round(a,0)", "round(a)"),
        ("round( a , 2 )", "round(a, 2)"),
        ("prev( a )", "prev(a)"),
    ] {
        assert_eq!(MetricFormula::parse(text, &known()).unwrap().to_string(), canonical);
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_may_have_been_meant() {
    let meant = |text: &str| Some(text.to_owned());
    for (text, code, at, length, suggestion) in [
        ("", "empty", 0, 0, None),
        ("  ", "empty", 0, 0, None),
        ("a + ", "unexpected_end", 4, 0, None),
        ("(a + b", "unexpected_end", 6, 0, meant(")")),
        ("a b", "missing_sign", 2, 1, meant("*")),
        ("2(a)", "missing_sign", 1, 1, meant("*")),
        ("a +* b", "unexpected", 3, 1, None),
        ("a)", "unexpected", 1, 1, None),
        ("0,5 * a", "unexpected", 1, 1, meant(".")),
        ("a > b", "comparison_outside_if", 2, 1, meant("if(a > b, 1, 0)")),
        ("if(a > b > won, 1, 2)", "comparison_outside_if", 9, 1, meant("if(a > b, 1, 0)")),
        ("if(a, 1, 2)", "condition_missing", 4, 1, meant("if(a > b, c, d)")),
        ("if(a > b, 1)", "wrong_count", 0, 2, meant("if(a > b, c, d)")),
        ("if(a > b, 1, 2, 3)", "wrong_count", 0, 2, meant("if(a > b, c, d)")),
        ("1 + abs(a, b)", "wrong_count", 4, 3, meant("abs(a)")),
        ("min(a)", "wrong_count", 0, 3, meant("min(a, b)")),
        ("clamp(a, b)", "wrong_count", 0, 5, meant("clamp(a, low, high)")),
        ("round(a, 2, 3)", "wrong_count", 0, 5, meant("round(a, 2)")),
        ("round(a, b)", "round_decimals", 0, 5, meant("round(a, 2)")),
        ("round(a, 9)", "round_decimals", 0, 5, meant("round(a, 2)")),
        ("min + 1", "function_not_called", 0, 3, meant("min(a, b)")),
        ("maxx(a, b)", "unknown_function", 0, 4, meant("max")),
        ("sqrt(a)", "unknown_function", 0, 4, None),
        ("prev(a + b)", "prev_takes_a_metric", 5, 1, meant("prev(code)")),
        ("prev(prev(a))", "prev_takes_a_metric", 5, 4, meant("prev(code)")),
        ("prev(value)", "prev_takes_a_metric", 5, 5, meant("prev(code)")),
        ("value / a", "only_in_progress_formulas", 0, 5, None),
        ("qoutes + 1", "unknown_metric", 0, 6, meant("quotes")),
        ("1 + prev(revenu)", "unknown_metric", 9, 6, meant("revenue")),
        ("Won / 2", "not_a_code", 0, 3, meant("won")),
        ("Doanh_thu", "not_a_code", 0, 9, meant("doanh_thu")),
        ("a % b", "unknown_character", 2, 1, meant("/ 100")),
        ("a == b", "unknown_character", 2, 2, meant("=")),
        ("a × b", "unknown_character", 2, 1, meant("*")),
        ("a ^ 2", "unknown_character", 2, 1, None),
        (".5", "not_a_number", 0, 2, meant("0.5")),
        ("5. + a", "not_a_number", 0, 2, meant("5")),
        ("1.2.3", "not_a_number", 0, 5, None),
        ("1e3", "not_a_number", 0, 3, None),
        ("1234567890123456789012345678901", "too_many_digits", 0, 31, None),
    ] {
        assert_eq!(faults_of_metric(text), [(code, at, length, suggestion)], "{text}");
    }
}

#[test]
fn every_unknown_name_and_every_unknown_character_is_told_at_once() {
    let places = |text| faults_of_metric(text).into_iter().map(|(code, at, ..)| (code, at)).collect::<Vec<_>>();
    assert_eq!(places("x + a * y"), [("unknown_metric", 0), ("unknown_metric", 8)]);
    assert_eq!(places("x ^ 2 # 3"), [("unknown_character", 2), ("unknown_character", 6)]);
}

#[test]
fn length_depth_and_number_of_parts_are_bounded() {
    let nested = |times: usize| format!("{}a{}", "(".repeat(times), ")".repeat(times));
    assert_eq!(faults_of_metric(&nested(limits::FORMULA_DEPTH)), []);
    assert_eq!(faults_of_metric(&nested(65)), [("too_deep", 64, 1, None)]);
    assert_eq!(faults_of_metric(&format!("{}a", "-".repeat(65))), [("too_deep", 64, 1, None)]);
    assert_eq!(faults_of_metric(&vec!["a"; 250].join("+")), []);
    assert_eq!(faults_of_metric(&vec!["a"; 251].join("+")), [("too_many_parts", 500, 1, None)]);
    assert_eq!(faults_of_metric(&" ".repeat(2_000)), [("empty", 0, 0, None)]);
    assert_eq!(faults_of_metric(&" ".repeat(2_001)), [("too_long", 2_000, 0, None)]);
}

#[test]
fn a_fault_speaks_english_and_vietnamese() {
    let fault = MetricFormula::parse("1 + qoutes", &known()).unwrap_err().remove(0);
    assert_eq!(fault.sentence(Locale::En), "There is no metric `qoutes`. Did you mean `quotes`?");
    assert_eq!(fault.sentence(Locale::Vi), "Không có chỉ số `qoutes`. Có phải ý bạn là `quotes`?");
    let codes: BTreeSet<_> = FaultKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), FaultKind::ALL.len());
}

#[test]
fn a_progress_formula_is_over_value_target_and_start_alone() {
    let parse = |text| ProgressFormula::parse(text).map(|formula| formula.to_string());
    assert_eq!(parse("(value-start)/(target-start)"), Ok("(value - start) / (target - start)".to_owned()));
    let wrong = |text| faults(ProgressFormula::parse(text).err().unwrap_or_default());
    assert_eq!(wrong("vale / target"), [("not_in_progress_formulas", 0, 4, Some("value".to_owned()))]);
    assert_eq!(wrong("revenue / target"), [("not_in_progress_formulas", 0, 7, None)]);
    assert_eq!(wrong("prev(revenue) / target"), [("not_in_progress_formulas", 5, 7, None)]);
}

#[test]
fn a_fraction_is_rounded_to_12_decimals_and_held() {
    let fraction = |text| {
        let formula = ProgressFormula::parse(text).unwrap();
        formula
            .fraction(&mut |variable| match variable {
                Variable::Value => Ok(Amount::MAX.into()),
                Variable::Target => Ok("0.0001".parse::<Amount>().unwrap().into()),
                Variable::Start => Err(Null::Missing),
            })
            .map(|fraction| format!("{fraction:?}"))
            .map_err(|null| null.reason)
    };
    assert_eq!(fraction("2 / 3"), Ok("0.666666666667".to_owned()));
    assert_eq!(fraction("value / target"), Ok("1000000000".to_owned()));
    assert_eq!(fraction("-value * value * value * value"), Ok("-1000000000".to_owned()));
    assert_eq!(fraction("value - start"), Err(Null::Missing));
}

#[test]
fn base_goals_notation_is_translated() {
    for (theirs, ours) in [
        ("$percent = ($value-$target)*100/$target", "(value - target) * 100 / target / 100"),
        (" $percent=$value ", "value / 100"),
        (
            "$percent = 100 - ($value - $initial) / ($target - $initial)",
            "(100 - (value - start) / (target - start)) / 100",
        ),
    ] {
        let translated = ProgressFormula::parse(theirs).unwrap();
        assert_eq!(translated.to_string(), ours);
        assert_eq!(ProgressFormula::parse(ours).unwrap(), translated);
    }
    let thirty_five = |variable: &Variable| {
        let amount = if *variable == Variable::Value { "35" } else { "30" };
        Ok(amount.parse::<Amount>().unwrap().into())
    };
    let over = ProgressFormula::parse("$percent = ($value-$target)*100/$target").unwrap();
    assert_eq!(over.fraction(&mut { thirty_five }).map(|over| over.to_string()).unwrap(), "0.1667");
}

#[test]
fn what_base_goals_notation_can_not_mean_here_is_told() {
    let wrong = |text| faults(ProgressFormula::parse(text).err().unwrap_or_default());
    let meant = |text: &str| Some(text.to_owned());
    assert_eq!(wrong("$value / $target"), [("no_percent", 0, 6, meant("$percent = $value / $target"))]);
    assert_eq!(wrong("$percent = $name * $valu"), [("no_number", 11, 5, None), ("no_number", 19, 5, meant("$value"))]);
    assert_eq!(wrong("$percent = value"), [("no_number", 11, 5, meant("$value"))]);
    assert_eq!(wrong("$percent = "), [("empty", 0, 0, None)]);
    assert_eq!(faults_of_metric("$won * 2"), [("unknown_metric", 0, 4, meant("won"))]);
}

#[test]
fn a_loop_of_definitions_is_named_and_so_is_too_long_a_chain() {
    let code = |text: &str| Code::new(text).unwrap();
    let defined = |list: &[(&str, &[&str])]| {
        check_definitions(&list.iter().map(|(name, inputs)| (code(name), codes(inputs))).collect())
    };
    assert_eq!(defined(&[("x", &["a", "y"]), ("y", &["b"])]), Ok(()));
    assert_eq!(defined(&[("x", &["x"])]), Err(DefinitionFault::Loop(vec![code("x")])));
    let Err(DefinitionFault::Loop(way)) = defined(&[("x", &["y"]), ("y", &["a", "z"]), ("z", &["x"]), ("w", &["x"])])
    else {
        panic!("a loop");
    };
    assert_eq!(way.into_iter().collect::<BTreeSet<_>>(), codes(&["x", "y", "z"]));
    let chain = |length: usize| {
        let link = |at: usize| (code(&format!("m{at}")), codes(&[&format!("m{}", at + 1)]));
        check_definitions(&(0..length).map(link).collect())
    };
    assert_eq!(chain(limits::FORMULA_CHAIN), Ok(()));
    assert!(matches!(chain(limits::FORMULA_CHAIN + 1), Err(DefinitionFault::TooLong(way)) if way.len() == 21));
}

#[test]
fn codes_are_not_what_formulas_keep_for_themselves() {
    for reserved in ["if", "prev", "min", "value", "target", "start"] {
        assert!(Code::new(reserved).is_none() && Code::is_reserved(reserved), "{reserved}");
    }
    for wrong in ["", "A", "1a", "_a", "a-b", "a b", "đ", &"a".repeat(51)] {
        assert!(Code::new(wrong).is_none(), "{wrong}");
    }
    assert_eq!(Code::new("won_value_2").map(|code| code.to_string()).as_deref(), Some("won_value_2"));
    assert!(serde_json::from_str::<Code>("\"Won\"").is_err());
}

/// Formulas as people could write them.
fn expression() -> impl Strategy<Value = Expr<Term<Code>>> {
    let number = (0_i128..100_000, 0_u8..5).prop_map(|(units, decimals)| {
        let text = format!("{units:05}");
        let (whole, part) = text.split_at(text.len() - usize::from(decimals));
        Expr::Number(Number::of_digits(whole, part).unwrap())
    });
    let term = (prop::sample::select(vec!["a", "b", "won", "missing", "zero"]), any::<bool>())
        .prop_map(|(code, before)| Expr::Input(Term { metric: Code::new(code).unwrap(), before }));
    prop_oneof![number, term].prop_recursive(5, 40, 3, |inner| {
        let two = || (inner.clone(), inner.clone()).prop_map(<[_; 2]>::from);
        let operators = vec![Operator::Plus, Operator::Minus, Operator::Times, Operator::By];
        let comparisons = vec![Comparison::Less, Comparison::Equal, Comparison::NotEqual, Comparison::AtLeast];
        let functions = vec![Function::Min, Function::Max, Function::Coalesce];
        prop_oneof![
            4 => (prop::sample::select(operators), two())
                .prop_map(|(operator, sides)| Expr::Arithmetic(operator, Box::new(sides))),
            1 => inner.clone().prop_map(|inner| Expr::Negative(Box::new(inner))),
            1 => (prop::sample::select(comparisons), two(), two()).prop_map(|(comparison, sides, branches)| {
                Expr::If(Box::new(Condition { comparison, sides }), Box::new(branches))
            }),
            1 => (inner.clone(), 0_u8..=8).prop_map(|(inner, decimals)| Expr::Round(Box::new(inner), decimals)),
            1 => (prop::sample::select(functions), prop::collection::vec(inner.clone(), 2..4))
                .prop_map(|(function, parts)| Expr::Call(function, parts)),
            1 => inner.clone().prop_map(|inner| Expr::Call(Function::Abs, vec![inner])),
            1 => (inner.clone(), two()).prop_map(|(number, [low, high])| {
                Expr::Call(Function::Clamp, vec![number, low, high])
            }),
        ]
    })
}

proptest! {
    /// A formula's text reads back as the same formula.
    #[test]
    fn reading_what_was_written_gives_the_same(tree in expression()) {
        let formula = Formula(tree);
        let text = formula.to_string();
        let read = MetricFormula::parse(&text, &known());
        prop_assert_eq!(read.as_ref(), Ok(&formula), "{}", text);
    }

    /// Whatever is typed is read or refused, with every fault inside the text; and what is read is never a panic to
    /// evaluate.
    #[test]
    fn anything_typed_is_read_or_refused(text in "[-a-z0-9.,+*/()<>=!$ đ×]{0,60}") {
        for read in [MetricFormula::parse(&text, &known()).map(|formula| drop(formula.value(&mut of))),
                     ProgressFormula::parse(&text).map(|formula| drop(formula.to_string()))] {
            for fault in read.err().unwrap_or_default() {
                prop_assert!(fault.at + fault.length <= text.chars().count(), "{:?}", fault);
            }
        }
    }

    /// Neither spaces nor parentheses around everything change anything.
    #[test]
    fn spaces_and_outer_parentheses_mean_nothing(tree in expression()) {
        let text = Formula(tree).to_string();
        let packed = format!("( {} )", text.replace(' ', "  "));
        prop_assert_eq!(MetricFormula::parse(&packed, &known()), MetricFormula::parse(&text, &known()));
    }
}
