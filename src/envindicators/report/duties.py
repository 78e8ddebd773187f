"""How strongly a duty binds and how its text names who must act, in words: one wording for every output."""

from __future__ import annotations

from envindicators.definitions.programme import Basis, Duty, Strength
from envindicators.words.message import Message, gettext

STRENGTHS: dict[Strength, Message] = {
    "must": Message("mandatory"),
    "periodic": Message("periodic"),
    "do": Message("to be done"),
    "encourage": Message("encouraged"),
    "enable": Message("to be facilitated"),
}
"""How strongly a duty binds."""

BASES: dict[Basis, Message] = {
    "stated": Message("stated in the text"),
    "carried_over": Message("carried over from the previous sentence"),
    "implied": Message("implied by the heading"),
    "not_stated": Message("not stated in the text"),
}
"""How the text names who must act."""


def actor_words(duty: Duty, lang: str) -> str:
    """Return who must act, and how the text says so."""
    if duty.actor is None:
        return BASES["not_stated"].in_(lang)
    return gettext("{actor} ({basis})", lang, actor=duty.actor, basis=BASES[duty.basis])
