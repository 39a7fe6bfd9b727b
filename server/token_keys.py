"""What the agency's own tokens are signed with, and what they are checked by: one algorithm, whatever a token says.

HS256 has one secret: who can check tokens can make them. EdDSA (Ed25519, RFC 8037) has two keys: a partner process that
has the public one alone can make none.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from server.home import Home, read_key
from server.settings import Algorithm


@dataclass(frozen=True, slots=True)
class TokenKey:
    """signing: None where tokens can only be checked. checking: what they are checked by."""

    algorithm: Algorithm
    signing: bytes | Ed25519PrivateKey | None
    checking: bytes | Ed25519PublicKey

    @classmethod
    def shared(cls, secret: bytes) -> "TokenKey":
        """HS256. secret: 32 bytes."""
        return cls(Algorithm.HS256, secret, secret)

    @classmethod
    def pair(cls, seed: bytes) -> "TokenKey":
        """Ed25519, both keys. seed: 32 bytes."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(Algorithm.EDDSA, private, private.public_key())

    @classmethod
    def public(cls, key: bytes) -> "TokenKey":
        """Ed25519, the public key alone: 32 bytes."""
        return cls(Algorithm.EDDSA, None, Ed25519PublicKey.from_public_bytes(key))


def token_key(home: Home) -> TokenKey:
    """What the home's tokens are signed with, or checked by where the home has the public key alone."""
    if home.settings.algorithm is Algorithm.HS256:
        return TokenKey.shared(home.key("token"))
    if home.key_file("token").exists():
        return TokenKey.pair(home.key("token"))
    return TokenKey.public(read_key(_public_file(home.folder)))


def checking_key(home: Home) -> TokenKey:
    """What a partner process checks tokens by: it holds no key that makes them, if that can be had."""
    key = token_key(home)
    return TokenKey(key.algorithm, None if key.algorithm is Algorithm.EDDSA else key.signing, key.checking)


def write_public_key(folder: Path) -> None:
    """Write the public key of a home's `token.key` beside it: it is for a partner process, and no secret."""
    seed = read_key(folder / "keys" / "token.key")
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    _public_file(folder).write_text(public.hex() + "\n", encoding="ascii")


def _public_file(folder: Path) -> Path:
    return folder / "keys" / "token.pub"
