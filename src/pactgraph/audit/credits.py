"""What a text prints of where it has its words from: credits to other publishers, and interviews.

The cues stand in the ontology (`pact:cue`), the names in the authority data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from pactgraph.graph.labels import Labels
from pactgraph.graph.nodes import Nodes
from pactgraph.passage import Span, find_bounded
from pactgraph.vocabulary import PACT, RDF

_BETWEEN: Final = r"(?:[ \t]+[\w’'-]+){0,3}[ \t]+[\"“«]?"
"""Up to three words may stand between a cue and the name: `according to the news agency …`."""
_LOCATOR: Final = 4
_CALLED: Final = re.compile(
    r"[ \t]+((?:[\w’'-]+[ \t]+){0,5}?[\w’'-]+)(?=[.,;:!?)”\"\n]|[ \t]+(?:on|in|at|that)\b|\Z)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words before and after the name of whoever a text credits, and what kind of origin they tell of."""

    kind: NamedNode
    before: str
    after: str

    def closes(self, text: str, name: Span) -> Span | None:
        """The whole credit where the name of a publisher stands; None where this cue is not around it."""
        head = (
            re.compile(self._head + r"\Z", re.IGNORECASE).search(text, 0, name.start) if self.before else None
        )
        tail = re.compile(self._tail, re.IGNORECASE).match(text, name.end) if self.after else None
        if (self.before and not head) or (self.after and not tail):
            return None
        return Span(head.start() if head else name.start, tail.end() if tail else name.end)

    @property
    def _head(self) -> str:
        words = re.escape(self.before)
        return rf"(?<!\w){words}{_BETWEEN}" if self.before[-1].isalnum() or self.before[-1] == ":" else words

    @property
    def _tail(self) -> str:
        words = re.escape(self.after)
        return rf"[\"”»]?[ \t]+{words}(?!\w)" if self.after[0].isalnum() else words


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where a text says where it has its words from: a publisher's name, or who asked in an interview."""

    kind: NamedNode
    span: Span
    ending: str
    """At most four words of it as they are printed, the name among them."""
    publisher: NamedNode | None = None
    called: frozenset[str] = frozenset()
    """Where no publisher is named, the words for who asked that begin with a capital."""


def read_cues(nodes: Nodes) -> list[Cue]:
    """The cues of an ontology, the longest first."""
    found = (
        Cue(kind, before.strip(), after.strip())
        for kind, properties in nodes.items()
        if PACT.OriginKind in properties.get(RDF.type, ())
        for cue in properties.get(PACT.cue, ())
        for before, _, after in [cue.value.partition("…")]
    )
    return sorted(found, key=lambda cue: (-len(cue.before + cue.after), cue.before, cue.after))


def read_publishers(nodes: Nodes, labels: Labels) -> Mapping[NamedNode, tuple[str, ...]]:
    """The names of each publisher."""
    publishers = [node for node, p in nodes.items() if PACT.Publisher in p.get(RDF.type, ())]
    return {node: labels.names(node) for node in publishers}


def find_credits(
    text: str,
    own: NamedNode | None,
    cues: Iterable[Cue],
    publishers: Mapping[NamedNode, tuple[str, ...]],
) -> list[Credit]:
    """The credits that a text prints, in order; its `own` publisher is none."""
    cues = list(cues)
    named = [c for node, names in publishers.items() if node != own for c in _named(text, node, names, cues)]
    asked = [credit for credit in _interviews(text, cues) if not any(_meet(credit, other) for other in named)]
    return sorted({*named, *asked}, key=lambda credit: (credit.span, str(credit.publisher)))


def _named(text: str, node: NamedNode, names: Iterable[str], cues: Iterable[Cue]) -> Iterator[Credit]:
    for place in (place for name in names if name in text for place in find_bounded(text, name)):
        if found := next(((cue, span) for cue in cues if (span := cue.closes(text, place))), None):
            yield Credit(found[0].kind, found[1], _ending(text, found[1]), node)


def _interviews(text: str, cues: Iterable[Cue]) -> Iterator[Credit]:
    """Interviews of which the text tells who asked; the name need not be a publisher's."""
    for cue in (cue for cue in cues if cue.kind == PACT.GivenInterview and not cue.after):
        for head in re.finditer(rf"(?<!\w){re.escape(cue.before)}(?!\w)", text, re.IGNORECASE):
            called = _CALLED.match(text, head.end())
            end = called.end(1) if called else head.end()
            words = called[1].split() if called else []
            span, capitals = Span(head.start(), end), frozenset(w for w in words if w[0].isupper())
            yield Credit(cue.kind, span, _ending(text, span), None, capitals)


def _ending(text: str, span: Span) -> str:
    return " ".join(span.of(text).split()[-_LOCATOR:])


def _meet(one: Credit, other: Credit) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end
