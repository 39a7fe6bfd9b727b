"""What verifying is to find, as plainly as it can be said: contents are compared whole, and all kept is asked for."""

from collections.abc import Iterable
from dataclasses import replace

from graph.draft import Draft
from graph.keys import naming, total, version
from graph.meet import meet
from graph.model import AgreementId, OpaqueId
from graph.regional import Regional
from graph.release_store import Change
from graph.standing import Account
from graph.terms import end_terms, terms_of
from graph.verifying import What
from tests.building import Agency

Found = tuple[AgreementId, What, frozenset[str]]


def findings(agency: Agency) -> set[Found]:
    """What differs of the contents and histories of an agency's releases, in the holdings' ids."""
    drawn, _ = agency.publisher.whole(agency.rules, agency.now)
    return {found for id in agency.releases.headers() for found in _of_release(agency, drawn.drafts[id])}


def _of_release(agency: Agency, draft: Draft) -> Iterable[Found]:
    id, keys = draft.agreement.id, agency.keys
    release = agency.releases.read(id)
    assert release is not None
    shown, drawn = release.content, draft.beside(release.content)
    summed = total(shown, keys.version)
    named = version(id, summed, release.header.supporting, keys.version)
    if (release.header.total, release.header.version) != (f"{summed:064x}", named):
        yield id, What.DAMAGED, frozenset()
    if [name for _, name in release.history.names][-1:] != [release.header.version]:
        yield id, What.HISTORY, frozenset()
    change = Change.between(shown, drawn)
    less = Change.between(shown, meet(shown, drawn, agency.rules.policy.patterns))
    waiting = _names(agency, id, _ids(change) | _ids(less))
    known = pending(agency, id)
    for what, ids in {
        What.NOT_RELEASED: _names(agency, id, {*change.gone_records, *change.gone_links}),
        What.SHOWS_MORE: _names(agency, id, _ids(less)),
        What.MISSING: frozenset() if known is None else waiting - known,
    }.items():
        if ids:
            yield id, what, ids


def account(agency: Agency) -> Account | None:
    """What is kept beside the holdings."""
    return Regional(agency.holdings, agency.releases, agency.keys, lambda _: None).account()


def pending(agency: Agency, id: AgreementId) -> frozenset[str] | None:
    """What is known to wait; None where nothing is kept."""
    kept = account(agency)
    return None if kept is None else frozenset(next(one.pending for one in kept.agreements if one.id == id))


def kept_findings(agency: Agency, kept: Account) -> set[tuple[What, frozenset[str]]]:
    """What differs of what is kept: each standing is looked up, and each entry by each of its terms and ends."""
    holdings, policy = agency.holdings, agency.rules.policy
    drawn, judged = agency.publisher.whole(agency.rules, replace(agency.now, day=kept.day))
    stand = dict(judged.standings())
    known = holdings.standings(stand)
    found: set[tuple[What, frozenset[str]]] = set()
    if otherwise := {id for id, standing in stand.items() if known.get(id) != standing}:
        found.add((What.STANDINGS, frozenset(otherwise)))
    pairs = {
        (term, entry.id)
        for entry in holdings.entries()
        for term in terms_of(entry, policy, kept.day) | end_terms(entry)
    }
    if missing := {id for term, id in pairs if id not in holdings.found([term]).get(term, ())}:
        found.add((What.TERMS, frozenset(missing)))
    if any(one.withheld != drawn.drafts[AgreementId(one.id)].withheld for one in kept.agreements):
        found.add((What.COUNTS, frozenset()))
    return found


def _ids(change: Change) -> set[OpaqueId]:
    return {element.id for element in (*change.records, *change.links)}


def _names(agency: Agency, agreement: AgreementId, ids: set[OpaqueId]) -> frozenset[str]:
    name = naming(agency.keys, agreement)
    known: dict[OpaqueId, str] = {name(entry.id): entry.id for entry in agency.holdings.entries()}
    return frozenset(known.get(id, id) for id in ids)
