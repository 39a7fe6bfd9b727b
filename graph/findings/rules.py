"""All findings: every rule over one record, in about the time of reading its texts."""

from collections.abc import Callable, Iterator
from typing import Final

from graph.findings.coding import more_open_than_cited, no_code, unknown_code, words_without_code
from graph.findings.examined import Examined
from graph.findings.filing import approved_by_the_same_person, no_approver, no_date, same_number
from graph.findings.finding import Finding, Rule
from graph.findings.linking import dangling_link, unknown_link_type
from graph.findings.naming import (
    withheld_name_in_text,
    withheld_number_in_synopsis,
    withheld_number_in_text,
)

Finder = Callable[[Examined], Iterator[Finding]]

RULES: Final[dict[Rule, Finder]] = {
    Rule.NO_CODE: no_code,
    Rule.UNKNOWN_CODE: unknown_code,
    Rule.MORE_OPEN: more_open_than_cited,
    Rule.WORDS_WITHOUT_CODE: words_without_code,
    Rule.WITHHELD_NUMBER: withheld_number_in_text,
    Rule.SYNOPSIS: withheld_number_in_synopsis,
    Rule.WITHHELD_NAME: withheld_name_in_text,
    Rule.SAME_NUMBER: same_number,
    Rule.NO_APPROVER: no_approver,
    Rule.SAME_PERSON: approved_by_the_same_person,
    Rule.NO_DATE: no_date,
    Rule.DANGLING_LINK: dangling_link,
    Rule.UNKNOWN_LINK_TYPE: unknown_link_type,
}


def findings_in(examined: Examined) -> list[Finding]:
    """The findings of a record that is not deleted, in the order of the rules."""
    return [finding for find in RULES.values() for finding in find(examined)]
