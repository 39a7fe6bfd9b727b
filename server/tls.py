"""TLS of the apps: a certificate and its key, read before anything is served. TLS 1.2 or later.

Read at the start, for a partner process cannot open files of the home after it (server/partner/confine.py).
"""

import ssl
from pathlib import Path

from graph.errors import CaselinkError


def read_tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """How to speak TLS, or None where no certificate is named. Raises CaselinkError."""
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise CaselinkError("--tls-cert and --tls-key: name both, or none of them")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A key that is encrypted is refused: nobody is there to type its password.
        context.load_cert_chain(certificate, key, password=b"")
    except (ssl.SSLError, ValueError) as error:
        raise CaselinkError(
            f"{certificate} and {key}: are no certificate and its key ({error}); write both as PEM, the key unencrypted"
        ) from error
    except OSError as error:
        raise CaselinkError(
            f"{certificate} or {key}: cannot be read ({error.strerror}); mend its rights"
        ) from error
    return context
