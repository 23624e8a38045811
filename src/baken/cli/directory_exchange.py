"""`baken directory export`, `import`, `token` and `verify`: the map in and out of other forms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from baken.cli.organisation import start
from baken.cli.output import console, fail, print_json

if TYPE_CHECKING:
    from baken.directory.exchange.applying import Applied
    from baken.directory.exchange.differences import Difference
    from baken.directory.exchange.reconciling import Reconciled

NAMED = 20
"""So many of the services that are only here are named; all of them are in the JSON."""


def export(
    file: Annotated[Path, typer.Argument(help="Where to write; a file that is there is replaced.")],
    form: Annotated[
        Literal["hsds", "tabular", "csv", "geojson", "signed", "pdf"],
        typer.Option("--form", help="HSDS JSON, tabular data package, one table, GeoJSON, signed file or paper."),
    ] = "hsds",
    audience: Annotated[
        Literal["public", "professionals", "editors"],
        typer.Option(help="Who may see what is in it. GeoJSON, signed and PDF are always for everybody."),
    ] = "public",
    municipality: Annotated[str | None, typer.Option(help="For a PDF: name, code or postcode.")] = None,
    language: Annotated[str, typer.Option(help="For a PDF: language of the words around the services.")] = "nl",
) -> None:
    """Write the social map to a file. The same map gives the same file on the same day."""
    start()
    from django.utils import timezone

    from baken.audit.heads import HeadError
    from baken.directory.exchange.giving import FORMS

    now = timezone.now()
    try:
        made = _paper(municipality, language, now) if form == "pdf" else FORMS[form][1](audience, now)
        file.write_bytes(made)
    except HeadError as error:
        fail(str(error), code=1)
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}.", code=1)
    typer.echo(f"{file}: {len(made)} bytes")


def _paper(typed: str | None, language: str, now: dt.datetime) -> bytes:
    from django.conf import settings

    from baken.cli.given import given_municipality, given_pack
    from baken.directory.exchange.paper import municipality_pdf
    from baken.routes.pdf import PdfUnavailableError

    place = given_municipality(given_pack(settings.BAKEN_COUNTRY, None), typed)
    if place is None:
        fail("municipality: name one with --municipality, for example --municipality Oostzaan")
    try:
        return municipality_pdf(place, language=language, now=now)
    except PdfUnavailableError:
        fail("A PDF cannot be made on this machine: Pango is not installed. See: baken doctor", code=1)


def take_in(
    file: Annotated[Path, typer.Argument(help="HSDS JSON, tabular data package (zip) or CSV, in UTF-8.")],
    source: Annotated[str | None, typer.Option(help="Where it comes from; the file name when left out.")] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Take over what differs. Nothing is taken away, and nothing is deleted.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="With --apply: only this service, by id; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show what a file says beside the map, service by service and field by field. Without --apply nothing is written.

    Changes of telephone, visibility and status wait for a second person.
    """
    start()
    from django.utils import timezone

    from baken.directory.exchange.applying import apply as take_over
    from baken.directory.exchange.applying import everything
    from baken.directory.exchange.given import UnreadableError
    from baken.directory.exchange.reading import Origin
    from baken.directory.exchange.reconciling import reconcile
    from baken.directory.exchange.taking import read_file

    now = timezone.now()
    try:
        content = file.read_bytes()
        found = reconcile(read_file(content, Origin(name=source or file.name[:200], on=timezone.localdate(now))))
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    except UnreadableError as error:
        fail(f"{file}: {error}")
    wanted = [item for item in found.differences if not only or str(item.record.id) in only]
    done = take_over(by=None, chosen=everything(wanted), now=now) if apply else []
    if as_json:
        print_json(_data(found, done))
    else:
        _show(found, done, applied=apply)
    if any(item.refused for item in done):
        raise typer.Exit(1)


def _data(found: Reconciled, done: list[Applied]) -> dict[str, object]:
    return {
        "differences": [
            {
                "sort": str(item.sort),
                "where": item.where,
                "id": str(item.record.id),
                "name": item.record.name,
                "why": item.why,
                "fields": [
                    {"field": one.field, "turn": str(one.turn), "before": one.before, "after": one.after}
                    for one in item.fields
                ],
                "not_taken_over": list(item.left),
            }
            for item in found.differences
        ],
        "only_here": list(found.only_here),
        "applied": [
            {
                "id": str(item.choice.difference.record.id),
                "refused": item.refused,
                "changed": list(item.put.changed) if item.put else [],
                "waiting": list(item.put.waiting) if item.put else [],
            }
            for item in done
        ],
    }


def _show(found: Reconciled, done: list[Applied], *, applied: bool) -> None:
    from baken.directory.exchange.differences import Sort

    for item in found.differences:
        if item.sort is not Sort.SAME or item.left:
            _show_one(item)
    same = len(found.of(Sort.SAME))
    screen = console()
    screen.print(f"{len(found.differences)} services in the file, {same} of them the same here.", markup=False)
    if found.only_here:
        names = ", ".join(found.only_here[:NAMED])
        more = f" and {len(found.only_here) - NAMED} more" if len(found.only_here) > NAMED else ""
        screen.print(f"Only here, and they stay: {names}{more}", markup=False)
    for one in done:
        name = one.choice.difference.record.name
        if one.put and one.put.waiting:
            screen.print(f"{name}: {', '.join(one.put.waiting)} waits for a second person", markup=False)
        if one.refused:
            screen.print(f"{name}: not taken over. {one.refused}", markup=False)
    if applied:
        screen.print(f"Taken over: {sum(1 for one in done if one.put)} services.", markup=False)
    else:
        screen.print("Nothing was written. Take over what differs with --apply.", markup=False)


def _show_one(item: Difference) -> None:
    screen = console()
    screen.print(f"{item.sort}: {item.record.name} ({item.record.id}), {item.where}", style="bold", markup=False)
    if item.why:
        screen.print(f"  {item.why}", markup=False)
    for one in item.fields:
        screen.print(f"  {one.field}, {one.turn}: '{one.before}' -> '{one.after}'", markup=False)
    for path in item.left:
        screen.print(f"  not taken over: {path}", markup=False)


def token(
    organisation: Annotated[str, typer.Argument(help="Name of the organisation.")],
    revoke: Annotated[bool, typer.Option("--revoke", help="Take back every token of the organisation.")] = False,
) -> None:
    """Make a token with which another system of an organisation reads what is for professionals. Shown this once."""
    start()
    from django.utils import timezone

    from baken.directory.actions.tokens import make_token, revoke_tokens
    from baken.people.models import Organisation

    found = Organisation.objects.filter(name__iexact=organisation.strip()).first()
    if found is None:
        fail(f"organisation: there is no organisation '{organisation[:60]}'")
    if revoke:
        typer.echo(f"{revoke_tokens(by=None, organisation=found, now=timezone.now())} taken back")
        return
    typer.echo(make_token(by=None, organisation=found, now=timezone.now()))


def verify(
    file: Annotated[Path, typer.Argument(help="A signed map.")],
    key: Annotated[
        str | None,
        typer.Option(help="Public key that you trust, hexadecimal. That of this installation when left out."),
    ] = None,
) -> None:
    """Say whether a signed map is whole, signed with the right key, and still valid. Exits with 1 when it is not."""
    start()
    from django.utils import timezone

    from baken.audit.heads import HeadError, public_key
    from baken.directory.exchange.given import UnreadableError
    from baken.directory.exchange.signed import verified

    try:
        found = verified(file.read_bytes())
        trusted = key.strip().lower() if key else public_key()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    except (UnreadableError, HeadError) as error:
        fail(f"{file}: {error}", code=1)
    if found.key != trusted:
        fail(f"{file}: signed with another key, {found.key}. Use a map of somebody that you know.", code=1)
    if found.valid_until < timezone.localdate():
        fail(f"{file}: it was valid until {found.valid_until}. Get a new one before you rely on it.", code=1)
    typer.echo(f"{len(found.services)} services, whole, valid until {found.valid_until}.")
