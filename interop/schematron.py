"""Runs a Schematron that was compiled to XSLT over documents with Saxon (PyPI saxonche).

usage: schematron.py RULES.xsl FILE…
Prints every finding of role error or warning; ends with 1 where there is one of role error.
"""

import sys
import xml.etree.ElementTree as tree

from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def main(rules, files):
    failed = False
    with PySaxonProcessor(license=False) as processor:
        executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=rules)
        for name in files:
            report = executable.transform_to_string(source_file=name)
            for found in tree.fromstring(report.encode()):
                role = found.get("role")
                if found.tag not in (SVRL + "failed-assert", SVRL + "successful-report") or role == "information":
                    continue
                failed |= role == "error"
                words = " ".join("".join(found.itertext()).split())
                print(f"{name}: {role}: {found.get('location')}: {words}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
