"""Made-up services for tests and measurements of the social map: as many as one asks, the same for the same seed.

Mind that nothing here exists: names, places and hours are drawn by chance.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator

from baken.directory.codes import Access, Age, Form, Gender, Kind, Need, Status, Visibility
from baken.directory.finding.documents import Audience, Document, Point, Query, Text, Weight
from baken.directory.finding.opening import FULL, RING, WEEK
from bench.directory_texts import CITIES, EXTRAS, FIRST, LAST, SYLLABLES, TOPICS

SPOKEN = ("nl", "en", "hu", "bg", "mk", "pl", "ro", "ar", "tr", "fr", "es", "uk")


def documents(count: int, *, seed: int = 1, extras: int = 2) -> Iterator[Document]:
    """So many documents; each has texts in one of the five languages, in turn. ``extras`` are sentences besides its own."""
    chance = random.Random(seed)
    languages = tuple(TOPICS)
    for number in range(count):
        yield _document(chance, languages[number % len(languages)], extras)


def queries(count: int, *, seed: int = 2) -> Iterator[Query]:
    """Queries with all there is: text, three facets, language, open at a moment, and within 30 km of a place."""
    chance = random.Random(seed)
    for _number in range(count):
        language = chance.choice(tuple(TOPICS))
        words = chance.choice(TOPICS[language]).replace("|", " ").split()
        _city, x, y = chance.choice(CITIES)
        yield Query(
            audience=Audience.PUBLIC,
            text=" ".join(
                chance.sample([word.strip(",") for word in words if len(word) > 3], chance.choice((1, 1, 2)))
            ),
            text_language=language,
            facets=frozenset(
                {
                    f"n:{chance.choice(tuple(Need))}",
                    f"g:{chance.choice(tuple(Gender))}",
                    f"s:{chance.choice(tuple(Status))}",
                }
            ),
            language=chance.choice(SPOKEN[:6]),
            open_at=chance.randrange(2) * WEEK + chance.randrange(5) * 48 + chance.randrange(18, 34),
            near=Point(x + chance.randrange(-5_000, 5_000), y + chance.randrange(-5_000, 5_000)),
            within_km=30,
        )


def _document(chance: random.Random, language: str, extras: int) -> Document:
    name, keywords, description = chance.choice(TOPICS[language]).split("|")
    city, x, y = chance.choice(CITIES)
    sentences = [description, *chance.sample(EXTRAS[language], extras)]
    called = f"{chance.choice(FIRST)}{chance.choice(LAST)}"
    if chance.random() < 0.2:
        called += " " + "".join(chance.choice(SYLLABLES) for _syllable in range(4)).title()
    texts = (
        Text(language, Weight.NAME, f"{name} {called}"),
        Text(language, Weight.KEYWORDS, keywords),
        Text(language, Weight.DESCRIPTION, f"{'. '.join(sentences)}. {city}"),
    )
    return Document(
        key=uuid.UUID(int=chance.getrandbits(128)),
        texts=texts,
        visibility=Visibility.PROFESSIONALS if chance.random() < 0.1 else Visibility.PUBLIC,
        facets=frozenset(_facets(chance)),
        point=None if chance.random() < 0.03 else Point(round(chance.gauss(x, 8_000)), round(chance.gauss(y, 8_000))),
        opening=_opening(chance),
    )


def _facets(chance: random.Random) -> set[str]:
    found = {f"n:{need}" for need in chance.sample(tuple(Need), chance.choice((1, 2, 3, 4)))}
    found |= {f"f:{form}" for form in chance.sample(tuple(Form), chance.choice((0, 0, 1, 2)))}
    found |= {f"l:{spoken}" for spoken in chance.sample(SPOKEN[1:], chance.choice((1, 2, 3)))} | {"l:nl"}
    found |= {f"x:{access}" for access in chance.sample(tuple(Access), chance.choice((1, 2)))}
    found |= {f"k:{chance.choice(tuple(Kind))}", f"m:gm{chance.randrange(342):04d}"}
    if chance.random() < 0.3:
        found.add(f"g:{chance.choice(tuple(Gender))}")
    if chance.random() < 0.3:
        found.add(f"a:{chance.choice(tuple(Age))}")
    if chance.random() < 0.4:
        found |= {f"s:{status}" for status in chance.sample(tuple(Status), chance.choice((1, 2, 3)))}
    if chance.random() < 0.3:
        found.add("i:yes")
    return found


def _opening(chance: random.Random) -> int | None:
    """Office hours as most have, some always, some nobody knows, and some with a holiday in one of the two weeks."""
    kind = chance.random()
    if kind < 0.1:
        return FULL
    if kind < 0.2:
        return None
    mask = 0
    opens, closes = chance.choice((16, 17, 18, 20)), chance.choice((33, 34, 35, 42))
    for day in range(chance.choice((5, 5, 5, 6, 7))):
        if chance.random() < 0.9:
            mask |= ((1 << (closes - opens)) - 1) << (day * 48 + opens)
    mask |= mask << WEEK
    if kind > 0.9:
        mask &= ~(((1 << 48) - 1) << chance.randrange(14) * 48)
    return mask & ((1 << RING) - 1)
