"""The question that a record's page asks: all that is told of a record, its values, its links, with every verdict."""

from typing import Final

_VERDICTS: Final = """verdicts { agreement released text causes { rule reason text length whoMayChange
    category { id } base { id label } chain { link type from to codedBy approvedBy } } }"""

PAGE: Final = f"""query ($id: ID!) {{ record(id: $id) {{
    id kind version label number office sourceSystem accessCodes date deleted
    approval {{ state agent supervisor date }} fields {{ name value }} categories {{ id }} {_VERDICTS}
    history {{ what by at reason }} opaqueId(agreement: "ndex")
    properties {{ name value accessCodes sources {{ id label }} {_VERDICTS} }}
    findings {{ id rule blocking text acceptedBy }} review {{ due overdue risk assignee lastBy }}
    linkCounts {{ type direction kind count }}
    links(first: 20) {{ totalCount pageInfo {{ hasNextPage endCursor }}
        nodes {{ id type role direction fields {{ name value }} other {{ id label }}
            clearances {{ what by at }} {_VERDICTS} }} }}
}} }}"""

OVERVIEW: Final = """{ agreements { id version publishedAt held released kinds { kind held released }
        withheld { reason kind count } }
    publications { agreement version at added updated withdrawn } policy { text }
    findings(first: 50) { totalCount nodes { id rule text blocking record { id } } }
    queue(first: 50) { totalCount nodes { due risk overdue record { id } } } timeliness { office due inTime }
    requests(first: 50) { totalCount } audit { totalCount }
    hidden: search(text: "hidden") { totalCount } number: search(text: "NY09") { totalCount }
    all: search(text: "SAC", first: 50) { totalCount nodes { id label linkCounts { type count } } } }"""
"""All that is told of everything at once: counts above all."""
