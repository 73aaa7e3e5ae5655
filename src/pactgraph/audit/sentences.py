"""What becomes of promises, where claims stand against each other and what is lacking, each in a sentence."""

from __future__ import annotations

from collections import Counter

from pactgraph.audit.coverage import Lack
from pactgraph.audit.promises import Promise
from pactgraph.audit.rows import how
from pactgraph.audit.verdicts import CountVerdict
from pactgraph.audit.wording import Words, read_words, say_span
from pactgraph.audit.world import World
from pactgraph.dates import say
from pactgraph.resolution import Voice
from pactgraph.resolution.conflict import Conflict
from pactgraph.store import Store


def read_sentences(store: Store, world: World) -> Sentences:
    """The sentences for a world that was read from a store; who is counted is told by number."""
    return Sentences(world, read_words(store, world, brief=True))


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
        until = f"for {say(promise.expected)}" if promise.expected.last else "with no day set"
        wanted = f"{promise.wanted} " if promise.wanted > 1 else ""
        said = f"said {say_span(promise.spoken)}" if promise.spoken else ""
        came = f"came about {say_span(promise.met_on)}" if promise.met_on else promise.outcome.value
        place = f"expected in {self._words.listed(promise.elsewhere)}" if promise.elsewhere else ""
        denied = f"denied by {len(promise.denials)}" if promise.denials else ""
        parts = (f"{wanted}expected {until}", said, came, how(promise), place, denied)
        return "; ".join(filter(None, parts))

    def conflict(self, conflict: Conflict) -> str:
        """What each side says, in how many sources."""
        return " against ".join(self._side(side, conflict) for side in conflict.sides)

    def lack(self, lack: Lack) -> str:
        """What is thin or lacking."""
        if lack.fact is None:
            return f"{lack.gap.value}: {self._words.name(lack.about)}"
        claims = len(self._world.standings[lack.node].supporting)
        return f"1 origin, {claims} claim{'s' * (claims != 1)}: {self._words.sentence(lack.fact)}"

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
