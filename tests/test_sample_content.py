"""The demo holdings are believable, and have something for every rule to withhold."""

from collections import Counter, defaultdict
from datetime import date

from tests import worked_example
from tests.demo_holdings import NEVER_LOADED, NUMBER, RECORDS, Line, days, lines, links, of_kind, records


def texts(line: Line) -> str:
    """All text of a line that a partner may be shown."""
    told = [line.get(name, "") for name in ("title", "synopsis", "narrative", "role")]
    return "\n".join(told + [stated["value"] for stated in line.get("properties", [])])


def test_every_number_is_whole_and_given_once() -> None:
    numbers = [record["number"] for record in records().values() if record["kind"] != "subject"]
    assert [number for number in numbers if not NUMBER.fullmatch(number)] == []
    assert len(set(numbers)) == len(numbers)


def test_every_number_in_text_is_that_of_a_record_but_for_a_report_that_was_never_loaded() -> None:
    held = {record["number"] for record in records().values() if "number" in record}
    told = {number for line in lines() for number in NUMBER.findall(texts(line))}
    assert told - held == {NEVER_LOADED}


def test_every_day_is_real_and_none_is_after_the_last() -> None:
    stated = {date.fromisoformat(day) for line in lines() for day in days(line)}
    assert (min(stated), max(stated)) == (date(1996, 1, 3), date(2025, 6, 30))


def test_no_document_is_older_than_its_case_and_no_case_is_closed_before_its_last_document() -> None:
    cases = {case["number"]: case for case in of_kind("case")}
    wrong = []
    for document in of_kind("document"):
        case = cases[document["number"][:9]]
        if not case["opened"] <= document["prepared"] < case.get("closed", "9999"):
            wrong.append(document["id"])
    assert wrong == []


def test_no_report_cites_a_later_one() -> None:
    assert [
        link["id"]
        for link in links()
        if link["type"] in {"CITES", "SUPERSEDES"} and link["to"] in records()
        if records()[link["from"]]["prepared"] < days(records()[link["to"]])[0]
    ] == []


def test_every_word_is_one_that_the_policy_has() -> None:
    vocabulary = worked_example.policy()["vocabulary"]
    used = defaultdict(set)
    for record in records().values():
        for name in ("type", "status", "program"):
            used[f"{record['kind']}_{name}"].add(record.get(name))
        used["property"].update(stated["name"] for stated in record.get("properties", []))
    assert [name for name in vocabulary if not used[name] or used[name] - set(vocabulary[name])] == []


def test_every_code_of_the_book_and_every_mistake_occurs_on_cases_documents_and_subjects() -> None:
    used = defaultdict(set)
    for record in records().values():
        used[record["kind"]].update(record["access_codes"])
    book = set(worked_example.policy()["codes"])
    mistakes = {"T-3 ", "rel", "REL ", "G.J.", "6e"}
    assert used == dict.fromkeys(RECORDS, book | mistakes)


def test_no_category_has_more_than_a_few_per_cent_of_the_documents_of_its_own() -> None:
    documents = of_kind("document")
    coded = Counter(code for document in documents for code in document["access_codes"])
    assert {code: count for code, count in coded.items() if count > len(documents) * 0.03} == {"REL": 7221}


def test_some_records_are_kept_in_for_every_other_reason() -> None:
    reasons: Counter[str] = Counter()
    for record in records().values():
        approval = record["approval"]
        reasons["uncoded"] += record["access_codes"] == []
        reasons["restricted"] += record["source_system"] == "RESTRICTED-SYSTEM"
        reasons["draft"] += approval["state"] == "submitted"
        reasons["own approval"] += approval["agent"] == approval["supervisor"]
        reasons["old"] += days(record)[0] < "2000-01-01"
    assert reasons == {"uncoded": 178, "restricted": 145, "draft": 415, "own approval": 53, "old": 990}


def test_every_office_has_its_cases() -> None:
    cases = of_kind("case")
    assert Counter((case["office"], case["number"][:2]) for case in cases) == {
        ("SAC-NY", "NY"): 304,
        ("SAC-LA", "LA"): 260,
        ("SAC-MIA", "MI"): 242,
        ("SAC-CHI", "CH"): 210,
        ("SAC-HOU", "HO"): 169,
        ("SAC-SEA", "SE"): 142,
        ("SAC-ATL", "AT"): 139,
        ("SAC-DET", "DE"): 97,
        ("SAC-BOS", "BO"): 123,
        ("SAC-SND", "SD"): 90,
        ("SAC-DAL", "DA"): 128,
        ("SAC-PHX", "PH"): 96,
    }


def test_a_freight_forwarder_is_in_many_cases_and_several_reports_assert_its_name() -> None:
    [forwarder] = [
        subject
        for subject in of_kind("subject")
        if subject["properties"][0]["value"] == "Meridian Quay Forwarding"
    ]
    cases = {
        link["to"] for link in links() if link["from"] == forwarder["id"] and link["to"].startswith("C-")
    }
    assert (len(cases), len(forwarder["properties"][0]["sources"])) == (69, 8)


def test_some_ties_between_subjects_are_asserted_by_several_reports() -> None:
    asserted = Counter(len(link["sources"]) for link in links() if "sources" in link)
    assert asserted == {1: 1871, 2: 221, 3: 32}


def test_a_clearance_states_a_citation_as_it_is_and_a_category_that_the_cited_report_has() -> None:
    book = worked_example.policy()["codes"]
    recorded = {link["id"]: link for link in links()}
    clearances = of_kind("clearance")
    assert clearances != []
    for clearance in clearances:
        link = recorded[clearance["link"]]
        assert [clearance[name] for name in ("type", "from", "to")] == ["CITES", link["from"], link["to"]]
        assert {book[code] for code in records()[link["to"]]["access_codes"]} - {"release"} == {
            clearance["category"]
        }


def test_a_consent_is_for_a_record_under_the_third_agency_rule() -> None:
    consents = of_kind("consent")
    assert {(line["category"], records()[line["record"]]["access_codes"][-1]) for line in consents} == {
        ("third_agency", "TAR")
    }


def test_permits_are_asked_for_and_approved_by_two_persons_and_hold_until_2030() -> None:
    permits = of_kind("clearance", "consent")
    assert {line["requested_by"] == line["approved_by"] for line in permits} == {False}
    assert {line["expires"] for line in permits} == {"2030-01-01"}
    assert min(line["effective"] for line in permits) > "2009-05-08"
