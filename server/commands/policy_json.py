"""A policy as JSON for programs: what it says, key by key."""

from datetime import date

from graph.model import RECORD_KINDS
from graph.policy import RELEASE, Category, LinkType, Policy
from server.commands.policy_text import carries, codes_of, kinds


def policy_json(policy: Policy) -> dict[str, object]:
    """All that the policy says."""
    return {
        "id": policy.id,
        "title": policy.title,
        "fingerprint": policy.fingerprint,
        "categories": [_category(policy, category) for category in policy.categories.values()],
        "codes": {code: next(iter(policy.names_of(bits)), RELEASE) for code, bits in policy.codes.items()},
        "shared_systems": sorted(policy.shared_systems),
        "excluded_systems": sorted(policy.excluded_systems),
        "dates": {
            "floor": date.fromordinal(policy.floor).isoformat(),
            **{kind.value: policy.date_fields[kind] for kind in RECORD_KINDS},
        },
        "needs_support": {kind.value: policy.needs_support[kind] for kind in RECORD_KINDS},
        "links": [_link(policy, link_type) for link_type in policy.links.values()],
        "implied_citation": None if policy.implied is None else policy.implied.name,
        "review": {
            "days": policy.review.days,
            "old_after": policy.review.old_after,
            "old_days": policy.review.old_days,
            "categories": policy.review.categories,
        },
        "offices": {office: {"contact": contact} for office, contact in policy.contacts.items()},
        "identifier_patterns": [pattern.pattern for pattern in policy.patterns.patterns],
        "vocabulary": {
            name: None if words is None else sorted(words) for name, words in policy.words.items()
        },
    }


def _category(policy: Policy, category: Category) -> dict[str, object]:
    return {
        "name": category.name,
        "label": category.label,
        "authority": category.authority,
        "waivable": category.waivable,
        "words": list(category.words),
        "readers": None if category.readers is None else sorted(category.readers),
        "codes": codes_of(policy, category),
    }


def _link(policy: Policy, link_type: LinkType) -> dict[str, object]:
    way, bits = carries(link_type)
    return {
        "type": link_type.name,
        "from": kinds(link_type.head),
        "to": kinds(link_type.tail),
        "carries": way.value,
        "categories": policy.names_of(bits),
        "supports": link_type.supports.value,
        "needs_source": link_type.needs_source,
        "category": next(iter(policy.names_of(link_type.own)), None),
        "marks": link_type.marks,
    }
