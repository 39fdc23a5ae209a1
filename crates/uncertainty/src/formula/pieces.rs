//! What a node of a model is made of in print, and how tightly it binds.

use std::borrow::Cow;

use heng_quantity::Unit;

use super::names::name;
use super::notation::Notation;
use crate::constants;
use crate::expression::syntax::{Binary, Form, Function, Gathering, NodeId, NodeKind, Part, Written};

/// A piece of text, or a node still to be printed: in parentheses where it binds less tightly than `level`.
pub(super) enum Item {
    Text(Cow<'static, str>),
    Node { id: NodeId, level: u8, fractions: u8 },
}

impl Item {
    pub(super) fn word(word: &'static str) -> Self {
        Self::Text(Cow::Borrowed(word))
    }
}

/// A node in print.
pub(super) struct Made {
    pub(super) items: Vec<Item>,
    pub(super) level: u8,
}

// How tightly things bind, as the grammar reads them.
const ANY: u8 = 0;
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const SIGNED: u8 = 3;
const POWER: u8 = 4;
const PRIMARY: u8 = 5;

/// Fractions within fractions beyond this are written on one line.
const MOST_FRACTIONS: u8 = 3;

pub(super) fn pieces(written: &Written, id: NodeId, notation: Notation, fractions: u8) -> Made {
    let is_text = notation == Notation::Text;
    let node = |id: NodeId, level: u8| Item::Node { id, level, fractions };
    let made = |items: Vec<Item>, level: u8| Made { items, level };
    let text = |text: String, level: u8| Made { items: vec![Item::Text(text.into())], level };
    let Some(kind) = written.arena.node(id).map(|node| &node.kind) else { return made(Vec::new(), PRIMARY) };
    match kind {
        NodeKind::Literal(value, unit) => {
            let digits = value.to_string();
            let level = if is_text || (unit.is_none() && !digits.contains('E')) { PRIMARY } else { SIGNED };
            let unit = unit.as_ref().map(|unit| if is_text { readable(unit) } else { unit.symbol() });
            text(notation.number(&digits, unit.as_deref()), level)
        }
        NodeKind::Pi => text(if is_text { "pi".to_owned() } else { name("pi", notation) }, PRIMARY),
        NodeKind::Name(index) => {
            text(name(written.arena.names.get(*index).map_or("", String::as_str), notation), PRIMARY)
        }
        NodeKind::Negate(x) => made(vec![notation.operator("-", "<mo>−</mo>", "-"), node(*x, POWER)], SIGNED),
        NodeKind::Binary(binary, x, y) => {
            let inline = is_text || fractions >= MOST_FRACTIONS;
            match binary {
                Binary::Add | Binary::Subtract => {
                    let sign = match binary {
                        Binary::Add => notation.operator(" + ", "<mo>+</mo>", " + "),
                        _ => notation.operator(" - ", "<mo>−</mo>", " - "),
                    };
                    let is_negative = begins_with_a_minus(written, *y);
                    let right = match (is_text, binary) {
                        (false, _) if is_negative => POWER,
                        // Where nothing is read back, a + (b + c) needs no parentheses.
                        (false, Binary::Add) => SUM,
                        _ => PRODUCT,
                    };
                    made(vec![node(*x, SUM), sign, node(*y, right)], SUM)
                }
                Binary::Multiply => {
                    let sign = notation.operator("*", "<mo>⋅</mo>", " dot.op ");
                    let is_negative = begins_with_a_minus(written, *y);
                    let right = match is_text {
                        true => SIGNED,
                        false if is_negative => POWER,
                        false => PRODUCT,
                    };
                    made(vec![node(*x, PRODUCT), sign, node(*y, right)], PRODUCT)
                }
                Binary::Divide if inline => {
                    let sign = notation.operator("/", "<mo>/</mo>", " slash ");
                    let right = if is_text { SIGNED } else { POWER };
                    made(vec![node(*x, PRODUCT), sign, node(*y, right)], PRODUCT)
                }
                Binary::Divide => {
                    let part = |id: NodeId| Item::Node { id, level: ANY, fractions: fractions + 1 };
                    made(notation.wrapped("mfrac", "frac", vec![part(*x), part(*y)]), POWER)
                }
                Binary::Atan2 | Binary::Min | Binary::Max => {
                    let (text, shown) = match binary {
                        Binary::Min => ("min", "min"),
                        Binary::Max => ("max", "max"),
                        _ => ("atan2", "arctan2"),
                    };
                    made(notation.called(text, shown, vec![node(*x, ANY), node(*y, ANY)]), PRIMARY)
                }
            }
        }
        NodeKind::Power(x, 1, 2) if !is_text => made(notation.wrapped("msqrt", "sqrt", vec![node(*x, ANY)]), PRIMARY),
        NodeKind::Power(x, 1, root) if !is_text && *root > 1 => {
            let (base, degree) = (node(*x, ANY), Item::Text(notation.number(&root.to_string(), None).into()));
            // MathML has the base first, Typst the degree.
            let children = if notation == Notation::MathMl { vec![base, degree] } else { vec![degree, base] };
            made(notation.wrapped("mroot", "root", children), PRIMARY)
        }
        NodeKind::Power(x, numerator, denominator) => {
            let exponent = Item::Text(notation.exponent(*numerator, *denominator).into());
            if is_text {
                return made(vec![node(*x, PRIMARY), exponent], POWER);
            }
            made(notation.scripted("msup", "^", node(*x, PRIMARY), vec![exponent]), POWER)
        }
        NodeKind::Call(Function::Sqrt, x) if !is_text => {
            made(notation.wrapped("msqrt", "sqrt", vec![node(*x, ANY)]), PRIMARY)
        }
        NodeKind::Call(Function::Abs, x) if notation == Notation::MathMl => {
            made(vec![Item::word("<mrow><mo>|</mo>"), node(*x, ANY), Item::word("<mo>|</mo></mrow>")], PRIMARY)
        }
        NodeKind::Call(Function::Abs, x) if notation == Notation::Typst => {
            made(notation.wrapped("mrow", "abs", vec![node(*x, ANY)]), PRIMARY)
        }
        NodeKind::Call(function, x) => {
            made(notation.called(function.name(), shown(*function), vec![node(*x, ANY)]), PRIMARY)
        }
        NodeKind::Form(form) => of_form(written, form, notation, fractions),
        // A model has no conditions, and what is written is not lowered.
        _ => made(Vec::new(), PRIMARY),
    }
}

fn of_form(written: &Written, form: &Form, notation: Notation, fractions: u8) -> Made {
    let is_text = notation == Notation::Text;
    let node = |id: NodeId, level: u8| Item::Node { id, level, fractions };
    let made = |items: Vec<Item>, level: u8| Made { items, level };
    let text = |text: String| Made { items: vec![Item::Text(text.into())], level: PRIMARY };
    let called = |word: &'static str, shown: &'static str, arguments: &[NodeId]| {
        let arguments = arguments.iter().map(|id| node(*id, ANY)).collect();
        made(notation.called(word, shown, arguments), PRIMARY)
    };
    match form {
        Form::Line(line) => text(name(written.lines.get(*line).map_or("", |line| line.name.as_str()), notation)),
        Form::Variable(variable) => text(name(written.variables.get(*variable).map_or("", String::as_str), notation)),
        Form::Constant(place) => {
            let Some(constant) = constants::at(*place) else { return made(Vec::new(), PRIMARY) };
            text(if is_text { constant.input_name() } else { name(&constant.symbol, notation) })
        }
        Form::Element(vector, index) if is_text => {
            made(vec![node(*vector, PRIMARY), Item::word("["), node(*index, ANY), Item::word("]")], PRIMARY)
        }
        Form::Element(vector, index) => {
            made(notation.scripted("msub", "_", node(*vector, PRIMARY), vec![node(*index, ANY)]), PRIMARY)
        }
        Form::Over { gathering, variable, term, from, to, .. } => {
            let variable = name(written.variables.get(*variable).map_or("", String::as_str), notation);
            over(
                *gathering,
                variable,
                (node(*term, if is_text { ANY } else { PRODUCT }), node(*from, ANY), node(*to, ANY)),
                notation,
            )
        }
        Form::Gathered(Gathering::Sum, x) if !is_text => {
            made(vec![notation.operator("", "<mo>∑</mo>", "sum "), node(*x, PRODUCT)], SUM)
        }
        Form::Gathered(Gathering::Mean, x) if notation == Notation::MathMl => {
            let items = vec![Item::word("<mover><mrow>"), node(*x, ANY), Item::word("</mrow><mo>¯</mo></mover>")];
            made(items, PRIMARY)
        }
        Form::Gathered(Gathering::Mean, x) if notation == Notation::Typst => {
            made(notation.wrapped("mover", "overline", vec![node(*x, ANY)]), PRIMARY)
        }
        Form::Gathered(gathering, x) => called(gathering.name(), gathering.name(), &[*x]),
        Form::Dot(x, y) => called("dot", "dot", &[*x, *y]),
        Form::Hypot(x, y) => called("hypot", "hypot", &[*x, *y]),
        Form::Complex(x, y) if is_text => called("complex", "complex", &[*x, *y]),
        Form::Complex(x, y) => {
            let unit =
                notation.operator("", "<mo>+</mo><mi mathvariant=\"normal\">i</mi><mo>⋅</mo>", " + upright(i) dot.op ");
            made(vec![node(*x, SUM), unit, node(*y, POWER)], SUM)
        }
        Form::Polar(x, y) if is_text => called("polar", "polar", &[*x, *y]),
        Form::Polar(x, y) => {
            let modulus = node(*x, PRODUCT);
            let sign = notation.operator("", "<mo>⋅</mo>", " dot.op ");
            let base = notation.operator("", "<mi mathvariant=\"normal\">e</mi>", "upright(e)");
            let unit = notation.operator("", "<mi mathvariant=\"normal\">i</mi><mo>⋅</mo>", "upright(i) dot.op ");
            let mut items = vec![modulus, sign];
            items.extend(notation.scripted("msup", "^", base, vec![unit, node(*y, POWER)]));
            made(items, PRODUCT)
        }
        Form::Part(Part::Conj, x) if !is_text => {
            let star = notation.operator("", "<mo>∗</mo>", "*");
            made(notation.scripted("msup", "^", node(*x, PRIMARY), vec![star]), POWER)
        }
        Form::Part(part, x) => {
            let shown = match part {
                Part::Re => "Re",
                Part::Im => "Im",
                Part::Arg | Part::Conj => part.name(),
            };
            called(part.name(), shown, &[*x])
        }
        Form::Open(_) => made(Vec::new(), PRIMARY),
    }
}

/// A sum or a mean over a range, with its ends below and above the sign.
fn over(gathering: Gathering, variable: String, (term, from, to): (Item, Item, Item), notation: Notation) -> Made {
    let variable = Item::Text(variable.into());
    let is_mean = gathering == Gathering::Mean;
    let items = match notation {
        Notation::Text => {
            let (open, range) = (Item::Text(format!("{}(", gathering.name()).into()), Item::word(".."));
            vec![open, term, Item::word(" for "), variable, Item::word(" in "), from, range, to, Item::word(")")]
        }
        Notation::MathMl => {
            let sign =
                if is_mean { "<mrow><munderover><mi>mean</mi><mrow>" } else { "<mrow><munderover><mo>∑</mo><mrow>" };
            let close = Item::word("</mrow></munderover>");
            let end = Item::word("</mrow>");
            vec![
                Item::word(sign),
                variable,
                Item::word("<mo>=</mo>"),
                from,
                Item::word("</mrow><mrow>"),
                to,
                close,
                term,
                end,
            ]
        }
        Notation::Typst => {
            let sign = if is_mean { "op(\"mean\", limits: #true)_(" } else { "sum_(" };
            vec![Item::word(sign), variable, Item::word(" = "), from, Item::word(")^("), to, Item::word(") "), term]
        }
    };
    Made { items, level: if notation == Notation::Text { PRIMARY } else { SUM } }
}

/// Two signs do not stand side by side.
fn begins_with_a_minus(written: &Written, id: NodeId) -> bool {
    let mut first = id;
    loop {
        match written.arena.node(first).map(|node| &node.kind) {
            Some(NodeKind::Negate(_)) => return true,
            // What stands on the left was printed before.
            Some(NodeKind::Binary(Binary::Multiply, left, _)) if *left < first => first = *left,
            _ => return false,
        }
    }
}

/// The name of a function in print (ISO 80000-2:2019, clauses 13 and 14).
fn shown(function: Function) -> &'static str {
    match function {
        Function::Log10 => "lg",
        Function::Log2 => "lb",
        Function::Asin => "arcsin",
        Function::Acos => "arccos",
        Function::Atan => "arctan",
        Function::Asinh => "arsinh",
        Function::Acosh => "arcosh",
        Function::Atanh => "artanh",
        other => other.name(),
    }
}

/// The symbol, where it reads back to the same unit.
fn readable(unit: &Unit) -> String {
    let symbol = unit.symbol();
    if heng_quantity::text::unit(&symbol).as_ref() == Ok(unit) { symbol } else { unit.to_string() }
}
