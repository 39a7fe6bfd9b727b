"""`caselink export`: a published release as a file, for the office."""

from pathlib import Path

import click
import orjson

from graph.errors import NotOnFile, StoreLocked
from graph.exporting import export_lines, known_names
from graph.keys import naming
from graph.many import many
from graph.model import AgreementId
from server.commands.session import JSON_OPTION, Session, onlooker, print_json
from server.whole_file import write_whole


@click.command()
@click.option("--agreement", required=True, metavar="ID", help="Whose release.")
@click.option("--format", "kind", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.argument("path", type=click.Path(path_type=Path))
@JSON_OPTION
@click.pass_obj
def export(session: Session, agreement: str, kind: str, path: Path, as_json: bool) -> None:
    """Write a release to PATH with the holdings' ids and the fields as the partner sees them. For the office only."""
    if path.is_dir():
        raise StoreLocked(f"{path}: is a folder; name a file in it")
    home = session.home()
    id = AgreementId(agreement)
    with onlooker(home) as publishing:
        release = publishing.releases.read(id)
        if release is None:
            raise NotOnFile(f"--agreement {agreement}: nothing is published for it; run: caselink publish")
        names = known_names(publishing.holdings.entries(), naming(publishing.keys, id))
    write_whole(
        path,
        b"".join(
            orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in export_lines(release, names)
        ),
    )
    told = {"path": str(path), "format": kind, "version": release.header.version}
    counts = {"records": len(release.content.records), "links": len(release.content.links)}
    if as_json:
        print_json(told | counts)
    else:
        click.echo(
            f"{path}: {many(counts['records'], 'record')} and {many(counts['links'], 'link')} of {agreement}."
        )
