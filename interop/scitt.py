#!/usr/bin/env python3
"""Has statements and receipts of Heng checked by scitt-cose (PyPI), an implementation that is not ours.

    scitt.py receipt RECEIPT ENTRY_HEX LOG_KEY_PEM
    scitt.py inclusion ENTRY_HEX INDEX SIZE ROOT_HEX [NODE_HEX ...]
    scitt.py statement STATEMENT KEY_PEM

Prints what was understood as JSON. Exit 0: accepted, 1: refused, 3: scitt-cose is not installed.
"""
import json
import sys
from pathlib import Path

try:
    from scitt_cose import cose_sign1, merkle, receipt, statement
except ImportError as missing:
    print(f"scitt-cose is not installed: {missing}", file=sys.stderr)
    sys.exit(3)


def check_receipt(path, entry, key):
    result = receipt.verify_receipt(
        Path(path).read_bytes(), leaf_entry_hex=entry, log_public_key_pem=Path(key).read_bytes()
    )
    return result.ok, {
        "root": result.root,
        "size": result.tree_size,
        "index": result.leaf_index,
        "issuer": result.issuer,
        "subject": result.subject,
        "errors": result.errors,
    }


def check_inclusion(entry, index, size, root, *path):
    found = merkle.root_from_inclusion_proof(entry, int(index), int(size), list(path))
    return found == root, {"root": found}


def check_statement(path, key):
    message, pem = Path(path).read_bytes(), Path(key).read_bytes()
    try:
        cose_sign1.verify_sign1(message, public_key_pem=pem)
    except cose_sign1.CoseError as error:
        return False, {"errors": [str(error)]}
    parsed = statement.parse_signed_statement(message, public_key_pem=pem)
    parsed.pop("payload", None)
    return True, {name: value for name, value in parsed.items() if isinstance(value, (str, int, bool))}


CHECKS = {"receipt": check_receipt, "inclusion": check_inclusion, "statement": check_statement}
accepted, understood = CHECKS[sys.argv[1]](*sys.argv[2:])
print(json.dumps(understood))
sys.exit(0 if accepted else 1)
