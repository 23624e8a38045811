"""The rules in a browser: ``engine.js`` with the bundles of some worlds, ready to be asked."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, Route

from baken.packs.loader import ROOT
from baken.routes.bundle import bundle, places_bundle
from tests.helpers.parity_cases import World

STATIC = ROOT.parent / "ui" / "static" / "baken"

START = """
({ cases, full }) => {
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { engine, placesModule, worlds, places } = window.baken;
  const answered = async ({ world, situation, signs, place, now }) => {
    const bundle = worlds[world];
    const found = place === null ? null : placesModule.findPlaces(places, place)[0];
    const { municipality, doors, steps } = engine.route(bundle, situation, found, new Date(now));
    const bare = steps.map(({ when, ...step }) => step);
    const check = engine.runCheck(bundle, signs, situation);
    // Hundreds of short objects per case take most of the time when each is written in full.
    const short = (watch) => Object.values(watch).join(" ");
    for (const item of check.assessments) item.watch_for = item.watch_for.map(short);
    const text = JSON.stringify({ check, municipality, doors, steps: bare });
    return full ? text : hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  };
  window.baken.answers = new Promise((done) => setTimeout(() => done(Promise.all(cases.map(answered))), 0));
}
"""
"""Starts the work and returns at once, so that Python works out its answers meanwhile."""

PREPARE = """
async ({ worlds, places }) => {
  const engine = await import("/engine.js");
  const placesModule = await import("/places.js");
  window.baken = { engine, placesModule, worlds, places };
}
"""


def serve_static(route: Route) -> None:
    """Answer from the static files, without a server."""
    name = Path(route.request.url).name
    if name.endswith(".js"):
        route.fulfill(path=STATIC / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Baken</title>", content_type="text/html")


def prepare(page: Page, worlds: list[World]) -> None:
    made = [json.loads(json.dumps(bundle(world.pack, today=world.today))) for world in worlds]
    page.evaluate(PREPARE, {"worlds": made, "places": places_bundle(worlds[0].pack)})
