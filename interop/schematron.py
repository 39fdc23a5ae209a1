"""Runs a Schematron (ISO/IEC 19757-3, query binding xslt2) over documents, with the XPath of PyPI elementpath.

usage: schematron.py RULES.sch FILE…
Prints every finding of role error or warning; ends with 1 where there is one of role error, with 3 where elementpath is not installed.
Knows schema, ns, pattern, rule, let, assert and report; anything else that changes what is checked is refused.
"""

import sys
import xml.etree.ElementTree as tree

try:
    from elementpath import XPathContext, get_node_tree
    from elementpath.xpath2 import XPath2Parser
except ImportError:
    sys.exit(3)

SCH = "{http://purl.oclc.org/dsdl/schematron}"
KNOWN = {SCH + name for name in ("ns", "pattern", "rule", "let", "assert", "report", "value-of", "title", "p")}


class Schematron:
    """The rules, with each XPath parsed once."""

    def __init__(self, file):
        self.schema = tree.parse(file).getroot()
        for element in self.schema.iter():
            strange = element.tag.startswith(SCH) and element is not self.schema and element.tag not in KNOWN
            if strange or element.get("abstract"):
                raise ValueError(f"{element.tag} is not understood")
        self.names = {ns.get("prefix"): ns.get("uri") for ns in self.schema.findall(SCH + "ns")}
        self.names["xs"] = "http://www.w3.org/2001/XMLSchema"
        self.parsed = {}

    def expression(self, text):
        if text not in self.parsed:
            self.parsed[text] = XPath2Parser(namespaces=self.names, compatibility_mode=False).parse(text)
        return self.parsed[text]

    def selected(self, text, root, item, variables):
        context = XPathContext(root, namespaces=self.names, item=item, variables=dict(variables))
        return list(self.expression(text).select(context))

    def lets(self, element, root, item, variables):
        found = dict(variables)
        for let in element.findall(SCH + "let"):
            found[let.get("name")] = self.selected(let.get("value"), root, item, found)
        return found

    def findings(self, file):
        root = get_node_tree(tree.parse(file), namespaces=self.names)
        for pattern in self.schema.iter(SCH + "pattern"):
            of_pattern = self.lets(pattern, root, root, {})
            claimed = {}
            for rule in pattern.findall(SCH + "rule"):
                where = rule.get("context")
                everywhere = where if where.startswith("/") else "//" + where
                for node in self.selected(everywhere, root, root, of_pattern):
                    # Within a pattern, only the first rule that a node fits is asked.
                    if id(node) in claimed:
                        continue
                    claimed[id(node)] = node
                    variables = self.lets(rule, root, node, of_pattern)
                    for test in rule:
                        if test.tag not in (SCH + "assert", SCH + "report"):
                            continue
                        token = self.expression(test.get("test"))
                        holds = token.boolean_value(self.selected(test.get("test"), root, node, variables))
                        if holds == (test.tag == SCH + "report"):
                            words = " ".join("".join(test.itertext()).split())
                            yield test.get("role", "error"), node.path, words


def main(rules, files):
    schematron = Schematron(rules)
    failed = False
    for file in files:
        for role, place, words in schematron.findings(file):
            if role != "information":
                failed |= role == "error"
                print(f"{file}: {role}: {place}: {words}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
