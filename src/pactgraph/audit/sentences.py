"""What becomes of promises, where claims stand against each other and what is lacking, each in a sentence."""

from __future__ import annotations

from collections import Counter

from pactgraph.audit.coverage import Lack
from pactgraph.audit.promises import Outcome, Promise
from pactgraph.audit.verdicts import CountVerdict
from pactgraph.audit.wording import Words, read_words, say_days, say_span
from pactgraph.audit.world import World
from pactgraph.dates import say
from pactgraph.resolution import Voice
from pactgraph.resolution.conflict import Conflict
from pactgraph.store import Store


def read_sentences(store: Store, world: World) -> Sentences:
    """The sentences for a world that was read from a store."""
    return Sentences(world, read_words(store, world))


class Sentences:
    """The sentences for findings of a world."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words

    def count(self, verdict: CountVerdict) -> str:
        """The arithmetic of the verdict on a reported number."""
        return self._words.arithmetic(verdict)

    def promise(self, promise: Promise) -> str:
        """For when it was expected, and what came of it by when."""
        spoken = f"; said {say_span(promise.spoken)}" if promise.spoken else ""
        wanted = f"{promise.wanted} " if promise.wanted > 1 else ""
        until = f"for {say(promise.expected)}" if promise.expected.last else "with no day set"
        return f"{wanted}expected {until}{spoken}; {self._came(promise)}"

    def conflict(self, conflict: Conflict) -> str:
        """What each side says, in how many sources."""
        return " against ".join(self._side(side, conflict) for side in conflict.sides)

    def lack(self, lack: Lack) -> str:
        """What is thin or lacking."""
        if lack.fact is None:
            return f"{lack.gap.value}: {self._words.name(lack.about)}"
        claims = len(self._world.standings[lack.node].supporting)
        return f"1 origin, {claims} claim{'s' * (claims != 1)}: {self._words.sentence(lack.fact)}"

    def _came(self, promise: Promise) -> str:
        if promise.met_on is None:
            denied = len(promise.denials)
            off = f", denied by {denied} claim{'s' * (denied != 1)}" if denied else ""
            return f"{promise.outcome.value}{off}"
        came = f"came about {say_span(promise.met_on)}"
        if promise.outcome in (Outcome.LATE, Outcome.EARLY) and promise.off:
            return f"{came}, {say_days(promise.off)} days {promise.outcome.value}"
        took = f", after {say_days(promise.took)} days" if promise.took else ""
        return came + (took if promise.outcome is Outcome.CAME else "")

    def _side(self, side: tuple[Voice, ...], conflict: Conflict) -> str:
        said = Counter(self._what(voice, conflict) for voice in side)
        sources = len({voice.source for voice in side})
        return f"{'; '.join(said)} ({sources} source{'s' * (sources != 1)})"

    def _what(self, voice: Voice, conflict: Conflict) -> str:
        """The value, and before it what is not the conflict's own subject and property."""
        content = voice.content
        denied = "denied " if voice.denies else ""
        apart = [
            self._words.name(one)
            for one, other in (
                (content.subject, conflict.subject),
                (content.predicate, conflict.predicate),
            )
            if one != other
        ]
        limits = [self._words.term(value) for _, value in content.scope]
        return " ".join([*apart, f"{denied}{self._words.term(content.object)}", *map("({})".format, limits)])
