"""Words that say nothing about a service, in five languages. Pure."""

from __future__ import annotations

from baken.directory.finding.folding import latin_forms

_WORDS = {
    "nl": (
        "aan al als bij dat de deze die dit door een en er ga gaan heb hebben heeft het hier hij hoe iemand ik in is je kan kun "
        "kunnen maar me met mij mijn moet naar niet nog nu of om onder ons onze ook op over te tot u uit uw van voor waar wanneer "
        "wat we wie wij wil willen worden wordt ze zich zij zijn zoek zoeken zonder"
    ),
    "en": (
        "a about am an and any are at be but by can do for from has have he her how i if in into is it its me my no not of on "
        "or our she so someone that the their them there they this to up us was we what when where who will with you your"
    ),
    "hu": (
        "a az aki ahol amely csak de egy el es ez hogy hol igen is itt ki kell kerek keresek lehet ma majd meg mert mi mikor "
        "mint nem ott s se szamara szeretnek van vagy vagyok valaki"
    ),
    "bg": (
        "а аз ако без в във да до е за и из или има как като кога кой която които който къде ли ме ми може на над не ни но "
        "о от по под при с са се си след със съм те това тук търся ще я"
    ),
    "mk": (
        "а ако без барам бев би во да до дали е за и има или јас како кај каде кога кој која кои ли ме ми може на над не но "
        "о од по под при с се си со сум тоа тука ќе го ги"
    ),
}
STOP_WORDS = {
    language: frozenset(form for word in text.split() for form in latin_forms(word))
    for language, text in _WORDS.items()
}
ALL = frozenset().union(*STOP_WORDS.values())
