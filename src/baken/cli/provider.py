"""`baken organisation oidc`: let members of an organisation sign in at its own OpenID provider."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from baken.cli.organisation import HERE, start
from baken.cli.output import console, fail

if TYPE_CHECKING:
    from baken.people.models import Organisation

Texts = list[str] | None


def oidc(
    organisation: Annotated[str, typer.Option(help="Name of the organisation, as it stands here.")],
    issuer: Annotated[str, typer.Option(help="Address of its provider (issuer), beginning with https://.")] = "",
    client_id: Annotated[str, typer.Option(help="How the provider calls this installation.")] = "",
    client_secret_file: Annotated[
        Path | None, typer.Option(help="File that holds the secret which the provider gave.")
    ] = None,
    acr: Annotated[Texts, typer.Option(help="Value of acr that means a second factor there; may be repeated.")] = None,
    verified_domain: Annotated[
        Texts, typer.Option(help="Domain whose addresses the provider itself hands out; may be repeated.")
    ] = None,
    forget: Annotated[str, typer.Option(help="E-mail address of a member whose account there was made anew.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Stop it, and end the sessions that it opened.")] = False,
    site: Annotated[str, typer.Option(help="Address of this installation, for the address to register.")] = HERE,
) -> None:
    """Let members of an organisation sign in at its own OpenID provider, or stop that."""
    start()
    from baken.people.models import Organisation

    found = Organisation.objects.filter(name__iexact=organisation).first()
    if found is None:
        fail(f"organisation: there is none with the name '{organisation}'")
    if remove or forget:
        _undo(found, forget)
        return
    if not (issuer and client_id and client_secret_file):
        fail("--issuer, --client-id and --client-secret-file are needed")
    _configure(found, issuer, client_id, _secret(client_secret_file), acr or [], verified_domain or [], site)


def _secret(path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        fail(f"client-secret-file: cannot be read ({error.strerror})")
    if not secret:
        fail("client-secret-file: is empty")
    return secret


def _configure(
    organisation: Organisation, issuer: str, client: str, secret: str, acr: list[str], domains: list[str], site: str
) -> None:
    from django.utils import timezone

    from baken.people.openid import actions, exchange

    settings = actions.ProviderSettings(issuer, client, secret, acr, domains)
    try:
        provider = actions.configure(by=None, organisation=organisation, settings=settings, now=timezone.now())
    except ValueError:
        fail("issuer: must begin with https://")
    screen = console()
    screen.print(
        f"Members of {organisation.name} can sign in there. Register this address at the provider:", markup=False
    )
    typer.echo(site.rstrip("/") + exchange.callback_path(provider.slug))
    try:
        exchange.reachable(provider)
    except exchange.ExchangeError:
        fail(
            "The provider does not answer yet, or says another issuer. The settings are kept; look at them again.",
            code=1,
        )


def _undo(organisation: Organisation, forget: str) -> None:
    from django.utils import timezone

    from baken.people.models import Member, OrganisationProvider
    from baken.people.openid import actions

    provider = OrganisationProvider.objects.filter(organisation=organisation).first()
    if provider is None:
        fail("organisation: has no provider of its own here")
    if not forget:
        actions.remove(by=None, provider=provider, now=timezone.now())
        console().print("Removed. Members sign in with a password, or choose one by 'Forgot your password?'.")
        return
    member = Member.objects.filter(email=forget.strip().lower()).first()
    if member is None:
        fail("forget: no member has this address")
    actions.forget(by=None, provider=provider, member=member, now=timezone.now())
    console().print("Forgotten. The next sign-in there counts as the first.")
