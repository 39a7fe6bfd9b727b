"""The partner process of a home: where settings, keys, the releases and the log meet the partner app.

It opens the releases alone, and then shuts its way to the holdings for good (server/partner/confine.py). Nothing of the
office is imported here, nor by whatever is: what is not there cannot be asked, and takes no memory.
"""

from collections import Counter

from starlette.applications import Starlette

from server import answer_counts
from server.answer_counts import AnswerCounting, CountsTeller
from server.audit.heads import HeadKey, HeadTeller, sending
from server.audit.log import open_log
from server.audit.settings import read_audit_settings
from server.auth import Tokens
from server.home import Home
from server.issuers import Who, read_issuers
from server.limits_on_file import read_limits
from server.one_arena import use_one_arena
from server.partner.app import create_partner_app
from server.partner.confine import confine
from server.partner.feed import Feed
from server.stores import open_reader
from server.token_keys import checking_key


def partner_app(home: Home, office: str) -> Starlette:
    """The partner app over the home's releases. From here on this process cannot open the holdings.

    office: the address of the office app where caselink.toml has none.
    """
    use_one_arena()
    limits, audit = read_limits(home), read_audit_settings(home)
    version, cursor = home.key("version"), home.key("cursor")
    issuers = read_issuers(home)
    who = Who(Tokens(checking_key(home)), issuers)
    reader = open_reader(home)
    log = open_log(audit.folder, audit.sync, audit.file_bytes)
    address, verify = audit.office or office, audit.office is not None
    teller = HeadTeller(log, HeadKey(cursor), sending(address, verify=verify))
    counts: Counter[str] = Counter()
    sent = sending(address, verify=verify, path=answer_counts.PATH)
    counting = CountsTeller(log.name, counts, HeadKey(cursor, answer_counts.SIGNED), sent)
    confine(home, log.files.folder)
    app = create_partner_app(
        Feed(reader, version),
        who,
        cursor,
        limits,
        log,
        teller.tell,
        counting.tell,
        *(issuer.keys.refresh for issuer in issuers),
        graphiql=home.settings.graphiql,
        introspection=home.settings.introspection,
    )
    app.add_middleware(AnswerCounting, counts=counts)
    return app
