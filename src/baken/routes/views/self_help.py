"""Do you need help yourself? A calm page in six languages: safe doors first, then what happens when you call."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from baken.audience import public
from baken.recognise.current import current_pack
from baken.routes.cards import fact_card
from baken.routes.plain_doors import plain_door_cards


@public
@require_safe
def self_help(request: HttpRequest) -> HttpResponse:
    """The page; the reader tells nothing and nothing is asked."""
    pack = current_pack()
    if pack.pages_file is None:
        raise Http404("this country has no help page yet")
    words = pack.pages_file.help
    context = {
        "heading": words.title,
        "lead": words.intro,
        "words": words,
        # What a door does for you, in the words of this page: those of the door itself speak to professionals.
        "doors": [
            {**card, "why": words.doors[card["id"]]}
            for card in plain_door_cards(pack=pack, doors=words.doors, now=timezone.now())
        ],
        "fact": fact_card(words, timezone.localdate()),
    }
    return render(request, "routes/help.html", context)
