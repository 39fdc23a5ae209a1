//! A model printed as formulas: for a page, for a document, and as canonical text.

mod names;
mod notation;
mod pieces;

use crate::expression::syntax::{NodeId, Written};
use crate::model::Model;
use notation::Notation;
use pieces::{Item, pieces};

/// A model as people write it in mathematics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// A line for each line of the model.
    pub lines: Vec<FormulaLine>,
}

/// One line of a formula, `name = expression`, in three notations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaLine {
    /// The name that the line assigns.
    pub name: String,
    /// A `<math>` element of MathML Core, with the canonical text as its alternative.
    pub mathml: String,
    /// Mathematics of Typst, to be set between dollar signs.
    pub typst: String,
    /// The canonical text of the model language: it reads back to the same graph.
    pub text: String,
}

impl Formula {
    /// One element for each line.
    pub fn mathml(&self) -> String {
        self.joined("\n", |line| &line.mathml)
    }

    /// The lines of one equation, broken at their ends.
    pub fn typst(&self) -> String {
        self.joined(" \\\n", |line| &line.typst)
    }

    /// The canonical text of the whole model.
    pub fn text(&self) -> String {
        self.joined("\n", |line| &line.text)
    }

    fn joined(&self, between: &str, of: impl Fn(&FormulaLine) -> &String) -> String {
        self.lines.iter().map(|line| of(line).as_str()).collect::<Vec<_>>().join(between)
    }
}

impl Model {
    /// The model as formulas. Fractions stand over each other, roots under their sign; what follows an underscore is a subscript, and
    /// `alpha` is α. Parentheses stand where they are needed only.
    ///
    /// ```
    /// use heng_uncertainty::Model;
    ///
    /// let model = Model::parse("dl_s = ((alpha_s*theta))^2/(2 * l) # comment")?;
    /// let line = &model.formula().lines[0];
    /// assert_eq!(line.text, "dl_s = (alpha_s*theta)^2/(2*l)");
    /// assert_eq!(line.typst, r#""dl"_"s" = frac((α_"s" dot.op θ)^(2), 2 dot.op l)"#);
    /// assert!(line.mathml.contains("<mfrac>") && line.mathml.contains("<msub><mi>α</mi><mi>s</mi></msub>"));
    /// # Ok::<(), heng_uncertainty::SyntaxError>(())
    /// ```
    pub fn formula(&self) -> Formula {
        let written = self.written();
        let lines = written.lines.iter().map(|line| {
            let text = format!("{} = {}", line.name, printed(written, line.root, Notation::Text));
            let typst = format!(
                "{} = {}",
                names::name(&line.name, Notation::Typst),
                printed(written, line.root, Notation::Typst)
            );
            let mathml = format!(
                "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\" alttext=\"{}\"><mrow>{}<mo>=</mo>{}</mrow></math>",
                notation::escaped(&text),
                names::name(&line.name, Notation::MathMl),
                printed(written, line.root, Notation::MathMl)
            );
            FormulaLine { name: line.name.clone(), mathml, typst, text }
        });
        Formula { lines: lines.collect() }
    }

    /// Whether both texts are the same lines of the same operations on the same names, however they are spaced and bracketed.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let (one, other) = (self.written(), other.written());
        let lines = |written: &Written| -> Vec<(String, NodeId)> {
            written.lines.iter().map(|line| (line.name.clone(), line.root)).collect()
        };
        let kinds = one.arena.nodes.iter().map(|node| &node.kind).eq(other.arena.nodes.iter().map(|node| &node.kind));
        kinds && one.arena.names == other.arena.names && one.variables == other.variables && lines(one) == lines(other)
    }
}

/// From the root down with a stack of its own, so that no model is too deep.
fn printed(written: &Written, root: NodeId, notation: Notation) -> String {
    let mut text = String::new();
    let mut stack = vec![Item::Node { id: root, level: 0, fractions: 0 }];
    while let Some(item) = stack.pop() {
        match item {
            Item::Text(piece) => {
                // A name may end in a point, which a range would swallow.
                if piece == ".." && text.ends_with('.') {
                    text.push(' ');
                }
                text.push_str(&piece);
            }
            Item::Node { id, level, fractions } => {
                let made = pieces(written, id, notation, fractions);
                let items = if made.level < level { notation.enclosed(made.items) } else { made.items };
                stack.extend(items.into_iter().rev());
            }
        }
    }
    text
}
