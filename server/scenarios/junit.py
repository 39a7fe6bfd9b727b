"""Checked scenarios as JUnit XML, which CI servers show: a suite a folder, a test case a scenario.

One that differs is a failure, with its text; one that cannot be read is an error.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Final
from xml.etree import ElementTree as ET

from server.scenarios.checked import Checked, lines_of

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML can have, escaped or not."""


def junit_xml(checked: Sequence[Checked]) -> bytes:
    """The report, in the order of the files' names."""
    suites = ET.Element("testsuites", _counts(checked), name="caselink check")
    ordered = sorted(checked, key=lambda one: (_folder(one), one.name))
    for folder, those in groupby(ordered, key=_folder):
        cases = list(those)
        suite = ET.SubElement(suites, "testsuite", _counts(cases), name=_text(folder))
        for one in cases:
            _case(suite, one)
    ET.indent(suites)
    report: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return report + b"\n"


def _case(suite: ET.Element, checked: Checked) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        name=_text(PurePath(checked.name).stem),
        classname=_text(_folder(checked).replace("/", ".")),
        file=_text(checked.name),
        time=f"{checked.seconds:.3f}",
    )
    if checked.holds:
        return
    kind = "error" if checked.scenario is None else "failure"
    told = f"{len(checked.mistakes)} mistakes" if kind == "error" else f"{len(checked.differing)} differences"
    ET.SubElement(case, kind, message=told).text = _text("\n".join(lines_of(checked)))


def _counts(checked: Sequence[Checked]) -> dict[str, str]:
    unread = sum(one.scenario is None for one in checked)
    return {
        "tests": str(len(checked)),
        "failures": str(sum(not one.holds for one in checked) - unread),
        "errors": str(unread),
        "time": f"{sum(one.seconds for one in checked):.3f}",
    }


def _folder(checked: Checked) -> str:
    return PurePath(checked.name).parent.as_posix()


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
