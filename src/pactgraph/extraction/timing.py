"""When: dates in words, read from the day of publication, forward or back by how the claim is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pactgraph.dates import parse, readings
from pactgraph.extraction.candidate import When
from pactgraph.extraction.grammar import Sentence, Word
from pactgraph.extraction.scene import Scene

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_DAYS = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:,?\s+\d{4}|\s+(?:of\s+)?last\s+year)?"
_PRINTED = re.compile(
    rf"""
    \b\d{{4}}-\d{{2}}-\d{{2}}\b
    | \b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?{_YEAR}\b
    | \b\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+(?:of\s+)?{_MONTH}{_YEAR}\b
    | \b(?:(?i:last|this|next)\s+)?{_MONTH}(?:\s*(?:[-–]|and|or|to)\s*{_MONTH})?(?:,?\s+(?:of\s+)?\d{{4}}|\s+(?:of\s+)?last\s+year)?\b
    | \b(?i:last|this|next|the\s+coming|previous)\s+(?:week|month|year|spring|summer|autumn|fall|winter)\b
    | \b(?i:last|this|next)?\s*{_DAYS}\b
    | \b(?i:yesterday|today|tonight|tomorrow)\b | \b(?i:(?:on|later|earlier)\s+)*(?i:the|that)\s+same\s+day\b
    | (?<=\bin\s)(?:the\s+)?(?:early\s+|late\s+)?(?:spring|summer|autumn|winter)\b(?!\s+(?:of\s+)?\d)
    | \b(?:the\s+)?end\s+of\s+(?:the|this)\s+(?:month|year)\b
    | \b(?i:the\s+(?:next|following)\s+day|a\s+day\s+later)\b
    | \b(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?\d{{4}}\b
    | (?<=in\s)\d{{4}}\b | (?<=of\s)\d{{4}}\b | (?<=since\s)\d{{4}}\b | (?<=by\s)\d{{4}}\b
    | (?<=early\s)\d{{4}}\b | (?<=late\s)\d{{4}}\b
    """,
    re.VERBOSE,
)


_LIMIT = re.compile(r"\b(?:by|before|until)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE)
_LIMIT_LENGTH = 30
_NEXT_DAY = re.compile(r"the\s+(?:next|following)\s+day|a\s+day\s+later")
_TWO_DAYS = re.compile(rf"\b(?P<day>\d{{1,2}}) and \d{{1,2}} (?P<month>{_MONTH}(?:,? \d{{4}})?)")
_DATELINE = re.compile(
    rf"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}[,.] (?:[A-Z][\w.'’ -]{{2,20}}, )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})"
    r"(?:,? \d{4})?[.,]? ?(?:\([^()]{1,40}\)|/[^/]{1,40}/|[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})? ?[–—-]+\s"
)
"""The town and the day before the first words of a report."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that give a time, and the word of the sentence that they hang on."""

    start: int
    end: int
    words: str
    word: Word
    vague: str = ""
    is_limit: bool = False
    """Whether it only says until when: `by Friday`, `before the end of May`."""


def expressions(scene: Scene) -> list[Expression]:
    """All words of a sentence that give a time, in order."""
    sentence = scene.sentence
    found = [(m.start(), m.end(), "") for m in _PRINTED.finditer(scene.text, sentence.start, sentence.end)]
    first = _after_dateline(scene)
    found = [each for each in found if each[0] >= first and not _is_as_of(scene, each[0])]
    found = [(s + len(scene.text[s:e]) - len(scene.text[s:e].lstrip()), e, v) for s, e, v in found]
    taken = list(found)
    for kind in ("future", "past"):
        for match in _vague(scene, kind).finditer(scene.text, sentence.start, sentence.end):
            if not any(s < match.end() and match.start() < e for s, e, _ in taken):
                found.append((match.start(), match.end(), kind))
                taken.append((match.start(), match.end(), kind))
    return sorted((*_expressions(scene, found), *_first_of_two(scene)), key=lambda e: e.start)


def _first_of_two(scene: Scene) -> Iterator[Expression]:
    """The first day of `16 and 17 February`, which leaves out its month."""
    for match in _TWO_DAYS.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        start, end = match.span("day")
        word = next((w for w in scene.sentence.words if w.start <= start < w.end), None)
        if word is not None:
            yield Expression(start, end, f"{match['day']} {match['month']}", word)


def _after_dateline(scene: Scene) -> int:
    """Where a paragraph begins after its dateline, whose day is that of the report."""
    match = _DATELINE.match(scene.text, scene.block.start, scene.block.end)
    return match.end() if match else scene.block.start


def _is_as_of(scene: Scene, start: int) -> bool:
    """Whether a day is that of a count, and of no event: `as of July 19`."""
    return re.search(r"\b[Aa]s of (?:the end of )?$", scene.text[max(0, start - 20) : start]) is not None


def _expressions(scene: Scene, found: Iterable[tuple[int, int, str]]) -> Iterator[Expression]:
    for start, end, vague in found:
        words = [w for w in scene.sentence.words if w.start < end and start < w.end]
        if not words or (words[0].text == "may" or words[0].text == "march"):
            continue
        inside = {w.index for w in words}
        top = next((w for w in words if w.head not in inside or w.head == w.index), words[0])
        is_limit = _LIMIT.search(scene.text[max(0, start - _LIMIT_LENGTH) : start]) is not None
        yield Expression(start, end, scene.text[start:end], top, vague, is_limit)


def _vague(scene: Scene, kind: str) -> re.Pattern[str]:
    return _alternatives(tuple(sorted(scene.lexicon.group("time", kind), key=len, reverse=True)))


@lru_cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def resolve(words: str, written: date, *, ahead: bool) -> str:
    """The one date that the words mean: forward from the day of writing if what they date lies ahead, else back."""
    found = sorted(readings(words, written), key=lambda text: (-_precision(text), text))
    if not found:
        return ""
    finest = [text for text in found if _precision(text) == _precision(found[0])]
    ranges = [text for text in finest if "/" in text]
    finest = ranges or finest
    nearest = min(finest, key=lambda text: _distance(text, written, ahead))
    return nearest if ahead or re.search(r"\d{4}", words) else _not_ahead(nearest, written)


_DAY = re.compile(r"(?P<year>\d{4})(?P<rest>-\d\d-\d\d)")


def _not_ahead(edtf: str, written: date) -> str:
    """A day without a year that would lie ahead, of last year."""
    match = _DAY.fullmatch(edtf)
    if match is None or edtf <= written.isoformat() or match["rest"] == "-02-29":
        return edtf
    return f"{int(match['year']) - 1}{match['rest']}"


def _precision(text: str) -> int:
    return len(text.partition("/")[0])


def _distance(text: str, written: date, ahead: bool) -> tuple[bool, int]:
    when = parse(text)
    first, last = when.first or date.min, when.last or date.max
    wrong = last < written if ahead else first > written
    near = 0 if first <= written <= last else min(abs((first - written).days), abs((last - written).days))
    return wrong, near


def when_of(expression: Expression, written: date | None, *, ahead: bool, same: str = "") -> When | None:
    """The date of an expression as EDTF; an open interval for words that say only that it lies ahead or behind."""
    span = (expression.start, expression.end)
    if expression.words.lower().endswith("same day"):
        return When(same, span, same, expression.words) if same else None
    if _NEXT_DAY.fullmatch(expression.words.lower()):
        return When(_day_after(same), span, same, expression.words) if same else None
    if expression.vague:
        day = written.isoformat() if written else ""
        edtf = f"{day}/.." if expression.vague == "future" else f"../{day}"
        return When(edtf, span, day, expression.words, expression.vague)
    if written is None and not re.search(r"\d{4}", expression.words):
        return None
    words = re.sub(r"(?:the\s+)?end\s+of\s+(?:the|this)\s+", "this ", expression.words)
    if written is not None and re.search(_MONTH, words):
        words = re.sub(r"(?:of\s+)?last\s+year", str(written.year - 1), words)
    edtf = resolve(words, written or date(2000, 1, 1), ahead=ahead)
    if edtf and ahead and expression.is_limit:
        edtf = f"../{edtf.rpartition('/')[2]}"
    return When(edtf, span, written.isoformat() if written else "", expression.words) if edtf else None


def _day_after(edtf: str) -> str:
    return (date.fromisoformat(edtf) + timedelta(days=1)).isoformat()


def nearest(
    scene: Scene, trigger: Word, found: list[Expression], others: Iterable[Word]
) -> Expression | None:
    """The expression that dates a word: it hangs on the word, or on what belongs to it, and on no other verb."""
    own = {w.index for w in _own_verbs(scene, trigger)}
    blocked = {w.index for w in others if w.index not in own}
    reach = [e for e in found if _hangs(scene, trigger, e, blocked, own)]
    exact = [e for e in reach if not e.vague] or reach
    return min(exact, key=lambda e: abs(e.word.index - trigger.index), default=None)


def _own_verbs(scene: Scene, trigger: Word) -> Iterator[Word]:
    """A word and the verbs of which it is the infinitive or gerund: what dates them dates it."""
    yield trigger
    if trigger.lemma in ("be", "become"):
        told = scene.sentence.children(trigger, "attr")
        yield from (v for noun in told for v in scene.sentence.children(noun, "acl", "relcl"))
    noun = scene.sentence.head(trigger)
    if trigger.role in ("acl", "relcl") and noun is not None and noun.role == "attr":
        yield from filter(None, [scene.sentence.head(noun)])
    below = trigger
    for word in scene.sentence.governors(trigger):
        is_told = below is trigger and below.is_noun and below.role in ("nsubj", "nsubjpass")
        if not is_told and below.role not in ("xcomp", "pcomp", "prep", "acomp"):
            return
        yield word
        below = word


def _hangs(scene: Scene, trigger: Word, expression: Expression, blocked: set[int], own: set[int]) -> bool:
    sentence = scene.sentence
    up = [expression.word, *sentence.governors(expression.word)]
    for word in up:
        if word.index in own:
            return True
        if _is_put_in_before(scene, word, expression):
            continue
        if word.index in blocked:
            return False
        if word.is_verb:
            return _same_clause(scene, word, trigger, blocked)
    return False


def _is_put_in_before(scene: Scene, verb: Word, expression: Expression) -> bool:
    """Whether a verb only says, before a comma, who reported: `as the agency reported, on July 12 …`."""
    marks = {c.text.lower() for c in scene.sentence.children(verb, "mark", "advmod", "prep")}
    return verb.is_verb and "as" in marks and "," in scene.text[verb.end : expression.start]


def _stands_apart(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause tells of something else than the one above it: `…, while talks with another continue`."""
    contrasts = verb.role == "advcl" and any(
        c.text.lower() == "while" for c in sentence.children(verb, "mark")
    )
    return contrasts or verb.role in ("ccomp", "parataxis")


def _same_clause(scene: Scene, verb: Word, trigger: Word, blocked: set[int]) -> bool:
    """Whether a verb belongs with the trigger: it governs it as its own infinitive or object, or is joined to it."""
    sentence = scene.sentence
    chain = [trigger]
    for word in sentence.governors(trigger):
        if word.index in blocked:
            return False
        chain.append(word)
        if word.index == verb.index:
            apart = any(_stands_apart(sentence, w) for w in chain[:-1]) or chain[-2].role == "relcl"
            return not apart or not verb.is_verb
        if word.is_verb and word.role in ("ROOT", "ccomp", "relcl"):
            return False
    return False
