"""Which sources repeat one another, so that they are one witness: what their texts show, and what no origin says yet.

Sameness is a reviewed judgement. What is found here is proposed, and a reviewer says yes (`pact:origin`) or no
(`pact:independentOf`) in the data. A translation or a free retelling shares no words and is not found by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from pactgraph.audit.credits import Credit
from pactgraph.audit.kinship import Kinship, Overlap, credited, interviews, overlaps
from pactgraph.audit.library import Library, publisher_of
from pactgraph.audit.origins import Origin, origin_node
from pactgraph.claim import Proposition
from pactgraph.errors import UsageError
from pactgraph.project import Project
from pactgraph.resolution import Voice, questions, standings
from pactgraph.vocabulary import PACT, digest

_NAME_LENGTH = 8

Pair = tuple[NamedNode, NamedNode]


class Sign(StrEnum):
    """What speaks for sources being one witness."""

    COPY = "copy"
    """The same text, or most of it."""
    INTERVIEW = "interview"
    """Both tell of one interview."""
    CREDIT = "credit"
    """They say that they have it from one publisher."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of a proposition if sources are one witness: its witnesses, and whether it is a fact, before and after."""

    content: Proposition
    witnesses: tuple[int, int]
    holds: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Sources that may be one witness, why, what the data would say of it, and what that would change.

    `accepting` and `rejecting` are the triples by which a reviewer says yes or no, by the files in which they belong.
    """

    sign: Sign
    sources: tuple[NamedNode, ...]
    overlaps: tuple[Overlap, ...]
    credits: tuple[tuple[NamedNode, Credit], ...]
    origin: NamedNode
    accepting: Mapping[Path, tuple[Triple, ...]]
    rejecting: Mapping[Path, tuple[Triple, ...]]
    effects: tuple[Effect, ...]

    @property
    def name(self) -> str:
        """What a reviewer calls it by: the same as long as it is about the same sources."""
        credited = [c.publisher.value for _, c in self.credits if c.publisher]
        return digest([self.sign, *(s.value for s in self.sources), *sorted(set(credited))])[:_NAME_LENGTH]


@dataclass(frozen=True, slots=True)
class CopyAudit:
    """What the texts at hand say about origins.

    `found` waits for a reviewer. Of the rest, `beside` are texts that share sentences and are no copies, and `unborne`
    the origins that the data gives a source whose text does not tell of them.
    """

    library: Library
    found: tuple[Proposal, ...]
    beside: tuple[Overlap, ...]
    unborne: tuple[tuple[NamedNode, NamedNode], ...]

    @property
    def passes(self) -> bool:
        """Whether nothing waits for a reviewer."""
        return not self.found

    def named(self, name: str) -> Proposal:
        """What is found of a name, or of the beginning of one; raises UsageError for a name of none or of several."""
        fitting = [each for each in self.found if name and each.name.startswith(name)]
        if len(fitting) != 1:
            known = ", ".join(each.name for each in self.found) or "none"
            raise UsageError(f"{name!r} is not the name of a proposal; there are: {known}")
        return fitting[0]


def audit_copies(project: Project, texts: Path) -> CopyAudit:
    """Compares the texts in a folder with each other and with the origins that the data gives their sources.

    Raises UsageError where there is no such folder, and BadInput where a file of data or a text cannot be read.
    """
    library = Library(project, texts)
    alike = overlaps(library)
    found = [*_copied(library, alike), *_interviewed(library), *_credited(library)]
    beside = (each for each in alike if each.kinship is not Kinship.COPY)
    return CopyAudit(library, tuple(found), tuple(beside), tuple(_unborne(library, alike)))


def _copied(library: Library, alike: Sequence[Overlap]) -> Iterator[Proposal]:
    copies = {(each.one, each.other): each for each in alike if each.kinship is Kinship.COPY}
    for sources, pairs in _groups(library, copies):
        first = library.files[sources[0]]
        origin = Origin(PACT.PublishedArticle, publisher_of(first))
        yield _proposal(library, Sign.COPY, sources, origin, pairs, [copies[pair] for pair in pairs])


def _interviewed(library: Library) -> Iterator[Proposal]:
    for sources, pairs in _groups(library, interviews(library)):
        speakers = set.intersection(
            *(set(library.read[source].speakers) for pair in pairs for source in pair)
        )
        asked = [(s, c) for s in sources for c in library.read[s].credits if c.kind == PACT.GivenInterview]
        origin = Origin(PACT.GivenInterview, speaker=min(speakers, key=str, default=None))
        yield _proposal(library, Sign.INTERVIEW, sources, origin, pairs, credits=asked)


def _credited(library: Library) -> Iterator[Proposal]:
    """Sources that credit one publisher; one alone, too, so that the next to credit it shares its origin."""
    for publisher in sorted(
        {c.publisher for r in library.read.values() for c in r.credits if c.publisher}, key=str
    ):
        crediting = {s: [c for c in r.credits if c.publisher == publisher] for s, r in library.read.items()}
        pairs = {*credited(library, publisher)}
        alone = [s for s, found in crediting.items() if found and not any(s in pair for pair in pairs)]
        open_ = [
            s for s in alone if not _has_origin_of(library, s, publisher) and not library.judged(s, publisher)
        ]
        groups = [*_groups(library, pairs, publisher), *(((s,), ()) for s in open_)]
        for sources, linked in groups:
            credits = [(s, credit) for s in sources for credit in crediting.get(s, ())]
            kinds = {credit.kind for _, credit in credits}
            kind = PACT.WireReport if PACT.WireReport in kinds else min(kinds, key=str)
            yield _proposal(library, Sign.CREDIT, sources, Origin(kind, publisher), linked, credits=credits)


def _has_origin_of(library: Library, source: NamedNode, publisher: NamedNode) -> bool:
    return any(library.publisher_of_origin(origin) == publisher for origin in library.origins(source))


def _groups(
    library: Library, pairs: Iterable[Pair], publisher: NamedNode | None = None
) -> list[tuple[tuple[NamedNode, ...], tuple[Pair, ...]]]:
    """The sources that pairs connect, by day of publication, but for pairs that the data has judged already."""
    waiting = sorted((pair for pair in pairs if not _judged(library, pair, publisher)), key=str)
    groups: list[set[NamedNode]] = []
    for pair in waiting:
        met = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in met] + [set(pair).union(*met)]
    return [
        (tuple(sorted(group, key=library.age)), tuple(pair for pair in waiting if pair[0] in group))
        for group in groups
    ]


def _judged(library: Library, pair: Pair, publisher: NamedNode | None) -> bool:
    beside = (source for source in pair if publisher and library.judged(source, publisher))
    return library.one_witness(*pair) or library.judged(*pair) or any(beside)


# What is proposed


def _proposal(
    library: Library,
    sign: Sign,
    sources: tuple[NamedNode, ...],
    origin: Origin,
    pairs: Sequence[Pair],
    alike: Sequence[Overlap] = (),
    credits: Sequence[tuple[NamedNode, Credit]] = (),
) -> Proposal:
    node, described = origin_node(library, sources, origin)
    given = {
        library.files[s].path: (Triple(s, PACT.origin, node),)
        for s in sources
        if node not in library.origins(s)
    }
    authority = {library.project.data / "authority" / "origins.ttl": described} if described else {}
    return Proposal(
        sign,
        sources,
        tuple(alike),
        tuple(credits),
        node,
        authority | given,
        _rejecting(library, pairs, origin.publisher if sign is Sign.CREDIT else None, credits),
        tuple(_effects(library, sources, node)),
    )


def _rejecting(
    library: Library,
    pairs: Sequence[Pair],
    publisher: NamedNode | None,
    credits: Sequence[tuple[NamedNode, Credit]],
) -> Mapping[Path, tuple[Triple, ...]]:
    """A source is independent of each earlier one with which it was found, or of the publisher that it credits."""
    if publisher is not None:
        said = {(source, publisher) for source, _ in credits}
    else:
        said = {(max(pair, key=library.age), min(pair, key=library.age)) for pair in pairs}
    found: dict[Path, list[Triple]] = defaultdict(list)
    for source, other in sorted(said, key=str):
        found[library.files[source].path].append(Triple(source, PACT.independentOf, other))
    return {path: tuple(triples) for path, triples in found.items()}


# What would change


def _effects(library: Library, sources: Iterable[NamedNode], origin: NamedNode) -> Iterator[Effect]:
    """The propositions that would have fewer witnesses, or would become or cease to be facts."""
    shared = set(sources)
    asked = {q for voice in library.voices if voice.source in shared for q in questions(voice, library.rules)}
    heard = library.heard(asked)
    sharing = [_sharing(voice, origin) if voice.source in shared else voice for voice in heard]
    before, after = (standings(each, library.rules, asked) for each in (heard, sharing))
    for node in sorted(before, key=str):
        was, is_ = before[node], after[node]
        if (was.witnesses, was.holds) != (is_.witnesses, is_.holds):
            yield Effect(was.content, (was.witnesses, is_.witnesses), (was.holds, is_.holds))


def _sharing(voice: Voice, origin: NamedNode) -> Voice:
    return replace(voice, origins=tuple(sorted({*voice.origins, origin}, key=str)))


# What the data says and the texts do not


def _unborne(library: Library, alike: Iterable[Overlap]) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Origins of sources whose texts neither name whose they are, nor tell of an interview, nor copy another of it."""
    copies = {
        pair
        for each in alike
        if each.kinship is Kinship.COPY
        for pair in ((each.one, each.other), (each.other, each.one))
    }
    for source, read in library.read.items():
        partners = {other for one, other in copies if one == source}
        for origin in library.origins(source):
            copied = any(origin in library.origins(other) for other in partners)
            named = any(_tells(library, origin, credit) for credit in read.credits)
            own = library.publisher_of_origin(origin) == read.publisher
            if not (copied or named or own):
                yield source, origin


def _tells(library: Library, origin: NamedNode, credit: Credit) -> bool:
    if credit.publisher is not None and credit.publisher == library.publisher_of_origin(origin):
        return True
    return credit.kind == PACT.GivenInterview == library.kind_of(origin)
