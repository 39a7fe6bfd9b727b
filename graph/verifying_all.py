"""Whether all that one home publishes and keeps is what the rules say: its desk, its releases, what is kept beside.

Everything is judged once, and nothing that was judged is there longer than it is compared.
"""

from collections.abc import Iterator

from graph.draft import Moment, Rules
from graph.publish import Publisher
from graph.regional import Regional
from graph.sources import is_restriction_due
from graph.standing import Account
from graph.verifying import Finding, Published, What
from graph.verifying_desk import desk_findings
from graph.verifying_kept import KeptBeside


def findings(publishing: Publisher, rules: Rules, moment: Moment) -> Iterator[Finding]:
    """Every difference; nothing is written."""
    if is_restriction_due(publishing.holdings):
        # What is to be withdrawn is published still, and refused to all.
        yield Finding(None, What.RESTRICTION_DUE)
        return
    yield from desk_findings(publishing.holdings)
    account = _account(publishing, rules, moment)
    drawn, judged = publishing.whole(rules, moment)
    published = Published(publishing.holdings, publishing.releases, publishing.keys, account)
    yield from published.findings(rules, moment, drawn.drafts)
    del drawn  # most of what is in memory
    if account is not None:
        yield from KeptBeside(publishing.holdings, account).findings(judged.on(account.day))


def _account(publishing: Publisher, rules: Rules, moment: Moment) -> Account | None:
    """What is kept, where a change would be judged from it."""
    regional = Regional(publishing.holdings, publishing.releases, publishing.keys, publishing.tell)
    account = regional.account()
    fits = account is not None and regional.fits(account, rules, moment, publishing.releases.headers())
    return account if fits else None
