"""Keyed hashes of people. The key lies in a file outside the database: an IIN is twelve digits, and all of them can
be tried in minutes against a hash without a key."""

import hashlib
import hmac

from flask import current_app

SIGNER_KEY_BYTES = (
    16  # 128 bits are enough, and the index of ten million signatures is a third smaller than with 256
)


def _key() -> bytes:
    key: bytes = current_app.config["SIGNER_KEY"]
    return key


def person_tag(iin: str) -> bytes:
    """What recognises one person on this installation, 32 bytes."""
    return hmac.digest(_key(), b"person:" + iin.encode(), hashlib.sha256)


def signer_key(tag: bytes, *, petition_number: int) -> bytes:
    """What recognises one person's signature under one petition, 16 bytes; two petitions' keys cannot be joined
    without the key file."""
    return bound(tag, f"petition:{petition_number}")[:SIGNER_KEY_BYTES]


def bound(tag: bytes, purpose: str) -> bytes:
    return hmac.digest(_key(), purpose.encode() + b"|" + tag, hashlib.sha256)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
