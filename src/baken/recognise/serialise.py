"""Instruments and what they make of ticked signs as plain data, the same for the command line and the API. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baken.packs.pack import Pack
from baken.packs.schema.signs import Instrument
from baken.recognise.assessment import Assessment, WatchFor


def instruments_data(*, pack: Pack, instruments: Iterable[Instrument] | None = None) -> dict[str, Any]:
    """Every instrument with its signs: code, phase, dimension and weight."""
    chosen = pack.instruments.values() if instruments is None else instruments
    return {"instruments": [instrument_data(pack=pack, instrument=item) for item in chosen]}


def instrument_data(*, pack: Pack, instrument: Instrument) -> dict[str, Any]:
    """One instrument with its signs in the order of the list."""
    return {
        "id": instrument.id,
        "signs": [
            {
                "code": item.sign,
                "phase": pack.signs[item.sign].phase,
                "dimension": item.dimension,
                "weight": item.weight,
            }
            for item in instrument.signs
        ],
    }


def assessment_data(*, pack: Pack, assessment: Assessment) -> dict[str, Any]:
    """What one instrument makes of the ticked signs. Signs are codes; ``watch_for`` also carries their text."""
    return {
        "instrument": assessment.instrument,
        "dimensions": [
            {"id": item.id, "positive": item.positive, "rule": item.rule, "signs": list(item.signs)}
            for item in assessment.dimensions
        ],
        "outcome": assessment.outcome,
        "text": assessment.text,
        "action": assessment.action,
        "watch_for": [_watch_for(pack, item) for item in assessment.watch_for],
        "limits": list(assessment.limits),
    }


def _watch_for(pack: Pack, item: WatchFor) -> dict[str, Any]:
    return {
        "code": item.sign,
        "text": pack.signs[item.sign].text,
        "dimension": item.dimension,
        "outcome": item.outcome,
        "action": item.action,
    }
