//! Receipts.

use heng_evidence::{Hash, Receipt, ReceiptError, ReceiptHeader, Tree};
use heng_statement::{SigningKey, Suite};

use crate::fixtures::{entries, log};

pub fn key(suite: Suite) -> SigningKey {
    SigningKey::generate(suite, &[42; 32]).unwrap()
}

/// A receipt for the entry at an index of a log of this size, and the root.
pub fn receipt(suite: Suite, size: u64, index: u64) -> (Receipt, Hash) {
    let (frontier, tiles) = log(&entries(size), 100);
    let proof = Tree::new(&tiles, size).inclusion(index).unwrap();
    let header = ReceiptHeader {
        algorithm: suite.cose_algorithm(),
        key_id: key(suite).key_id().0.to_vec(),
        issuer: "log.heng.example/tianjin".to_owned(),
        subject: "thing:scale:示例-0001".to_owned(),
    };
    let root = frontier.root();
    (Receipt::signed(header, proof, &root, |message| key(suite).sign(message)).unwrap(), root)
}

fn authenticated(receipt: &Receipt, suite: Suite, entry: &[u8]) -> Result<Hash, ReceiptError> {
    receipt.authenticate(entry, |message, signature| key(suite).public_key().authenticate(message, signature).is_ok())
}

#[test]
fn a_receipt_is_read_as_written_and_proves_its_entry() {
    for suite in Suite::ALL {
        for (size, index) in [(1, 0), (7, 6), (300, 255), (300, 299)] {
            let (receipt, root) = receipt(suite, size, index);
            let read = Receipt::parse(&receipt.to_bytes().unwrap()).unwrap();
            assert_eq!(read, receipt);
            assert_eq!(authenticated(&read, suite, &index.to_be_bytes()), Ok(root));
            assert_eq!(authenticated(&read, suite, b"another entry"), Err(ReceiptError::NotAuthentic));
        }
    }
}

#[test]
fn no_byte_of_a_receipt_is_free() {
    let (receipt, _) = receipt(Suite::Ed25519, 300, 200);
    let bytes = receipt.to_bytes().unwrap();
    for position in 0..bytes.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[position] ^= flip;
            let accepted = Receipt::parse(&changed)
                .is_ok_and(|read| authenticated(&read, Suite::Ed25519, &200_u64.to_be_bytes()).is_ok());
            assert!(!accepted, "byte {position} may be changed by {flip:#04x}");
        }
        assert!(Receipt::parse(&bytes[..position]).is_err());
    }
    assert!(Receipt::parse(&[bytes.as_slice(), &[0]].concat()).is_err());
}
