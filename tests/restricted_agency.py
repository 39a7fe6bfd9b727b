"""An agency that has published a few lines, of which something is to be withdrawn."""

from tests.building import Agency
from tests.plain_lines import Made, case, document, link, prop, subject

C1, C2 = case("C-1", "NY03-0001", synopsis="See NY03-0002."), case("C-2", "NY03-0002")
D1, D2 = document("D-1", "NY03-0001-001"), document("D-2", "NY03-0001-002")
S1 = subject("S-1", prop("name", "Ann"), prop("alias", "A", sources=["D-1", "D-2"]))
S2 = subject("S-2")
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2)]
OF_C1 = [link(f"L-S{n}", f"S-{n}", "SUBJECT_OF", "C-1") for n in (1, 2)]
KNOWS = link("L-K", "S-1", "KNOWS", "S-2", sources=["D-1", "D-2"], role="friend")
LINES = [C1, C2, D1, D2, S1, S2, *IN_C1, *OF_C1, KNOWS]
ALL = {line["id"] for line in LINES}


def agency() -> Agency:
    """An agency that has published the lines above to `ndex`."""
    made = Agency()
    made.load(*LINES)
    made.publish()
    assert made.seen() == ALL
    return made


def coded(line: Made, *codes: str) -> Made:
    return line | {"access_codes": list(codes)}
