#!/usr/bin/env python3
"""Makes golden.json: formulas with what they come to, by an evaluator that shares nothing with the product's.

The text is read by Python's own parser and computed with `fractions`. Run it as `python3 tests/formula/golden.py`; the
same file comes out each time.
"""

import ast
import json
import random
import re
from fractions import Fraction
from pathlib import Path

OPERATORS = ["+", "-", "*", "/"]
COMPARISONS = ["=", "!=", "<", "<=", ">", ">="]
DERIVED_MOST = 9 * 10**17


class Null(Exception):
    """There is no result; its argument is the reason."""


def half_away(number, decimals):
    """A fraction rounded to so many decimals, half away from zero."""
    scaled = abs(number) * 10**decimals
    size = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-size if number < 0 else size, 10**decimals)


def text_of(number):
    """A number with finitely many decimals in shortest form."""
    digits = f"{abs(number.numerator) * 10**12 // number.denominator:013d}"
    whole, part = digits[:-12], digits[-12:].rstrip("0")
    sign = "-" if number < 0 else ""
    return sign + whole + ("." + part if part else "")


def compute(node, inputs, text):
    def inner(node):
        return compute(node, inputs, text)

    def known(name):
        if inputs[name] is None:
            raise Null("missing")
        return Fraction(inputs[name])

    match node:
        case ast.Expression():
            return inner(node.body)
        case ast.Constant():
            return Fraction(ast.get_source_segment(text, node))
        case ast.Name():
            return known(node.id)
        case ast.UnaryOp(op=ast.USub()):
            return -inner(node.operand)
        case ast.BinOp():
            left, right = inner(node.left), inner(node.right)
            if isinstance(node.op, ast.Div):
                if right == 0:
                    raise Null("division_by_zero")
                return left / right
            return {ast.Add: left + right, ast.Sub: left - right, ast.Mult: left * right}[type(node.op)]
        case ast.Compare():
            left, right = inner(node.left), inner(node.comparators[0])
            return {
                ast.Eq: left == right,
                ast.NotEq: left != right,
                ast.Lt: left < right,
                ast.LtE: left <= right,
                ast.Gt: left > right,
                ast.GtE: left >= right,
            }[type(node.ops[0])]
        case ast.Call(func=ast.Name(id="choose")):
            return inner(node.args[1] if inner(node.args[0]) else node.args[2])
        case ast.Call(func=ast.Name(id="prev")):
            return known(f"prev({node.args[0].id})")
        case ast.Call(func=ast.Name(id="coalesce")):
            reason = None
            for argument in node.args:
                try:
                    return inner(argument)
                except Null as null:
                    reason = null
            raise reason
        case ast.Call(func=ast.Name(id="round")):
            return half_away(inner(node.args[0]), node.args[1].value if len(node.args) > 1 else 0)
        case ast.Call():
            numbers = [inner(argument) for argument in node.args]
            if node.func.id == "clamp":
                number, low, high = numbers
                if low > high:
                    raise Null("bounds_crossed")
                return max(low, min(number, high))
            return {"min": min, "max": max, "abs": lambda parts: abs(parts[0])}[node.func.id](numbers)
    raise ValueError(ast.dump(node))


def result(formula, inputs, is_progress):
    text = re.sub(r"\bif\(", "choose(", formula)
    text = re.sub(r"(?<![<>!=])=(?!=)", "==", text)
    try:
        exact = compute(ast.parse(text, mode="eval"), inputs, text)
    except Null as null:
        return {"null": null.args[0]}
    if is_progress:
        return {"value": text_of(max(-(10**9), min(10**9, half_away(exact, 12))))}
    value = half_away(exact, 8)
    return {"null": "out_of_range"} if abs(value) > DERIVED_MOST else {"value": text_of(value)}


def number(chance):
    """A number as inputs hold them: at most 8 decimals."""
    size = chance.choice([3, 30, 1000, 10**6, 9 * 10**14])
    return Fraction(chance.randint(-size * 10, size * 10), 10 ** chance.choice([0, 1, 1, 4, 8]))


def expression(chance, names, depth):
    """A random formula's text, with spaces and parentheses as people happen to write them."""

    def inner():
        return expression(chance, names, depth - 1)

    space = chance.choice(["", " "])
    kind = chance.random() if depth > 0 else 0
    if kind < 0.15:
        return chance.choice(["0", "1", "2", "3", "7", "10", "100", "0.5", "0.25", "12.75", "0.0001", "1000000"])
    if kind < 0.3:
        return chance.choice(names)
    if kind < 0.7:
        return inner() + space + chance.choice(OPERATORS) + space + inner()
    if kind < 0.78:
        return f"({inner()})"
    if kind < 0.82:
        return f"-{chance.choice(names)}" if chance.random() < 0.5 else f"-({inner()})"
    if kind < 0.87:
        return f"if({inner()} {chance.choice(COMPARISONS)} {inner()},{space}{inner()},{space}{inner()})"
    if kind < 0.91:
        return f"round({inner()}, {chance.randint(0, 4)})" if chance.random() < 0.7 else f"round({inner()})"
    if kind < 0.93:
        return f"abs({inner()})"
    if kind < 0.95:
        return f"clamp({inner()}, {inner()}, {inner()})"
    function = chance.choice(["min", "max", "coalesce"])
    return f"{function}({', '.join(inner() for _ in range(chance.randint(2, 3)))})"


def case(chance, is_progress):
    codes = ["value", "target", "start"] if is_progress else ["won", "lost", "leads", "cost"]
    names = codes if is_progress else codes + [f"prev({code})" for code in codes[:2]]
    inputs = {name: None if chance.random() < 0.12 else text_of(number(chance)) for name in names}
    if chance.random() < 0.25:
        inputs[chance.choice(names)] = "0"
    formula = expression(chance, names, chance.randint(2, 4))
    kind = "progress" if is_progress else "metric"
    return {"kind": kind, "formula": formula, "inputs": inputs, **result(formula, inputs, is_progress)}


def main():
    chance = random.Random(20260101)
    cases = []
    while len(cases) < 600:
        made = case(chance, is_progress=len(cases) % 4 == 3)
        if 12 <= len(made["formula"]) <= 300:
            cases.append(made)
    lines = ",\n".join(json.dumps(each) for each in cases)
    Path(__file__).with_name("golden.json").write_text(f"[\n{lines}\n]\n")


main()
