"""Claims that no single frame opens: offices, occasions of speaking, declarations and what rests on them, votes, delegations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functools import lru_cache

from pactgraph.extraction.attribution import Cue, voice_of
from pactgraph.extraction.candidate import Candidate, Span, Voice
from pactgraph.extraction.grammar import Word, after, agents, following, themes
from pactgraph.extraction.modality import mood
from pactgraph.extraction.names import Entity
from pactgraph.extraction.reading import Page, declaration_at, measure_at
from pactgraph.extraction.timing import Expression, nearest, when_of
from pactgraph.extraction.zones import Zone

_NEAR = 90
"""How many letters may stand between a tie and the declaration that it ties to."""


def read_standing(page: Page) -> Iterator[Candidate]:
    """Declarations with their makers and dates, what rests on them, who joined; votes on measures; delegations."""
    yield from _declared(page)
    yield from _based(page)
    yield from _joined(page)
    yield from _votes(page)
    yield from _delegations(page)


def read_offices(page: Page) -> Iterator[Candidate]:
    """An office that stands beside its holder's name."""
    for mention in page.scene.mentions:
        office = mention.office
        if office is None or office.past:
            continue
        start, end = min(office.start, mention.start), max(office.end, mention.end)
        place = (office.start, office.end)
        yield Candidate("office", mention.entity, office.name, (start, end), place, place, "office", flags=_flags(page))


def _flags(page: Page) -> tuple[str, ...]:
    return ("teaser",) if page.scene.block.zone is Zone.TEASER else ("caption",) if page.scene.block.zone is Zone.CAPTION else ()


# Occasions of speaking


def read_sayings(page: Page) -> Iterator[Candidate]:
    """Who spoke where, through what or on which day: a reporting verb with one of these."""
    for cue in page.cues:
        if cue.speaker is None or cue.speaker.kind == "party" or not cue.rule.startswith("verb"):
            continue
        if cue.word.lemma not in page.scene.lexicon.group("saying", "channels_of"):
            continue
        yield from _saying(page, cue, cue.speaker)


def _saying(page: Page, cue: Cue, speaker: Entity) -> Iterator[Candidate]:
    scene = page.scene
    channel = _channel(page, cue.word)
    stops = [w for w in page.triggers if w.index != cue.word.index]
    said = [e for e in page.times if not e.vague]
    when = nearest(scene, cue.word, said, [*stops, *(c.word for c in page.cues)])
    if channel is None and when is None:
        return
    who = [w for w in agents(scene.sentence, cue.word)]
    ends = [(w.start, w.end) for w in (*who, cue.word)]
    ends += [(m.start, m.end) for w in who for m in scene.mentions_at(w)]
    name, span = channel or ("announcement", (cue.word.start, cue.word.end))
    if when is not None and abs(when.start - cue.word.start) < _NEAR:
        ends.append((when.start, when.end))
    ends.append(span)
    evidence = min(s for s, _ in ends), max(e for _, e in ends)
    date = when_of(when, page.written, ahead=False) if when is not None else None
    place = _place(page, cue.word)
    details = {"place": place} if place else {}
    yield Candidate(
        "statement", speaker, name, evidence, span, (cue.word.start, cue.word.end), "saying", 1, "fact", False, Voice(), date,
        details, _flags(page),
    )


_THROUGH = ("in", "at", "on", "during", "via", "through", "to", "following", "after", "by")


def _channel(page: Page, verb: Word) -> tuple[str, Span] | None:
    scene, sentence = page.scene, page.scene.sentence
    found = [w for w in after(sentence, verb, *_THROUGH)]
    found += [o for w in list(found) for o in after(sentence, w, *_THROUGH)]
    if (subject := sentence.child(verb, "nsubj")) is not None:
        found.append(subject)
    for noun in found:
        words = sorted(sentence.below(noun, lambda w: w.role in ("relcl", "acl", "prep", "conj", "appos")), key=lambda w: w.index)
        text = " ".join(w.text.lower() for w in words)
        name = next((n for words_, n in scene.lexicon.channels if re.search(rf"(?<!\w){re.escape(words_)}(?!\w)", text)), None)
        if name is None:
            continue
        tail = [w for p in sentence.children(noun, "prep") if p.text.lower() in ("with", "for", "to") for w in sentence.below(p)]
        end = max(w.end for w in (*words, *tail))
        return name, (words[0].start, end)
    return None


def _place(page: Page, verb: Word) -> str:
    for word in page.scene.sentence.below(verb, lambda w: w.role in ("ccomp", "parataxis", "advcl")):
        head = page.scene.sentence.head(word)
        if head is not None and head.role == "prep" and head.text.lower() in ("in", "at"):
            found = [m for m in page.scene.mentions_at(word) if m.entity.kind == "place" or m.how == "capital"]
            if found:
                return page.scene.text[found[0].start : found[0].end]
    return ""


# Declarations


def _declarations(page: Page) -> Iterator[tuple[Word, Entity]]:
    """Nouns that mean a declaration, each once."""
    seen: set[object] = set()
    for word in page.scene.sentence.words:
        if not word.is_noun:
            continue
        found = declaration_at(page, word)
        if found is not None and page.context.maker_of(found) is not None and (found.node, word.role == "") not in seen:
            head = page.scene.sentence.head(word)
            if head is not None and head.is_noun and word.role in ("compound", "amod", "nmod", "poss") and declaration_at(page, head) == found:
                continue
            seen.add((found.node, False))
            yield word, found


def _declared(page: Page) -> Iterator[Candidate]:
    """A declaration with the day or the doing of its making."""
    scene, sentence = page.scene, page.scene.sentence
    for noun, declaration in _declarations(page):
        maker = page.context.maker_of(declaration)
        assert maker is not None
        verb = next((g for g in sentence.governors(noun) if g.is_verb), None)
        doing = _making(page, noun, verb, maker)
        dates = [e for e in page.times if not e.vague and _dates(page, e, noun, doing)]
        if doing is None and not dates:
            continue
        when = when_of(dates[0], page.written, ahead=False) if dates else None
        span = _name_span(page, noun)
        ends = [span, (noun.start, noun.end), *((e.start, e.end) for e in dates[:1])]
        ends += [(m.start, m.end) for m in scene.mentions if m.entity.node == maker.node and abs(m.start - noun.start) < _NEAR]
        evidence = min(s for s, _ in ends), max(e for _, e in ends)
        yield Candidate(
            "declared", maker, declaration, evidence, span, (noun.start, noun.end), "declaration", 1, "fact", False,
            Voice(), when, {}, _flags(page),
        )


_MAKING = frozenset("adopt issue make agree sign publish announce endorse declare release approve present unveil proclaim launch promise pledge give put".split())


def _making(page: Page, noun: Word, verb: Word | None, maker: Entity) -> Word | None:
    """The verb by which its makers make it."""
    sentence = page.scene.sentence
    verbs = [v for v in (verb, *sentence.children(noun, "acl", "relcl")) if v is not None and v.lemma in _MAKING]
    for each in verbs:
        doers = page.scene.parties(agents(sentence, each))
        passive = sentence.child(each, "auxpass") is not None or (each.role == "acl" and each.tag == "VBN")
        if any(m.entity.node == maker.node for m in doers) or (passive and not doers):
            return each
    return None


def _dates(page: Page, expression: Expression, noun: Word, doing: Word | None) -> bool:
    """Whether a time is that of the making: it hangs on the noun, on the verb, or stands right after the noun."""
    sentence = page.scene.sentence
    for governor in (expression.word, *sentence.governors(expression.word)):
        if governor.index == noun.index or (doing is not None and governor.index == doing.index):
            return True
        if governor.is_verb:
            break
    between = page.scene.text[noun.end : expression.start]
    return 0 <= expression.start - noun.end < 60 and re.fullmatch(r"[^,;.]{0,50}", between) is not None and not re.search(r"\b(and|sign|join)", between)


def _name_span(page: Page, noun: Word) -> Span:
    named = [m for m in page.scene.mentions_at(noun) if m.entity.kind == "pact"]
    return (named[0].start, named[0].end) if named else (noun.start, noun.end)


def _based(page: Page) -> Iterator[Candidate]:
    """What pacts rest on: words that tie, and the declaration after them."""
    scene, sentence = page.scene, page.scene.sentence
    ties = _ties(tuple(scene.lexicon.words["declarations"]["ties"]))
    for noun, declaration in _declarations(page):
        start = _phrase_start(page, noun)
        before = scene.text[max(sentence.start, start - 30) : noun.start]
        match = ties.search(before)
        speaks = any(scene.is_pact(w) for w in sentence.words if w.index < noun.index and declaration_at(page, w) is None) or page.context.mentioned.get("pact", 0) > 1
        signs = any(scene.is_pact(w) and declaration_at(page, w) is None for w in sentence.words) or any(w.lemma in ("sign", "conclude", "agreement", "deal") for w in sentence.words)
        if match is None or not speaks or not (signs or any(w.tag in ("PRP",) or w.text.lower() in ("these", "this") for w in sentence.words[:3])):
            continue
        about = next((w for w in sentence.words if w.index < noun.index and scene.is_pact(w) and declaration_at(page, w) is None), None)
        begin = about.start if about is not None else sentence.words[0].start
        span = (start, max(noun.end, _name_span(page, noun)[1]))
        subject = page.context.pacts()
        also = (page.context.pact_with(page.context.partner),) if page.context.partner else ()
        yield Candidate(
            "based_on", subject, declaration, (begin, span[1]), span, (noun.start, noun.end), "tie", 1, "fact", False, Voice(),
            None, {}, _flags(page), also_about=also,
        )


@lru_cache
def _ties(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b(?:[^.;]{{0,30}})$", re.IGNORECASE)


def _phrase_start(page: Page, noun: Word) -> int:
    left = [w for w in page.scene.sentence.below(noun) if w.index <= noun.index]
    return min(w.start for w in left)


_JOINING = frozenset("join accede sign endorse support adhere back subscribe associate align".split())


def _joined(page: Page) -> Iterator[Candidate]:
    """Who joined a declaration or signed a pact of many, and how many did."""
    scene, sentence = page.scene, page.scene.sentence
    for word in sentence.words:
        if not (word.is_verb and word.lemma in _JOINING):
            continue
        reached = [*themes(sentence, word), *(w for p in ("to", "up/to", "with", "onto", "on/to", "up") for w in following(sentence, word, p))]
        about = next(((w, e) for w in reached if (e := _many(page, w)) is not None), None)
        if about is None:
            continue
        noun, pact = about
        how = mood(sentence, word, scene.lexicon, headline=page.is_headline)
        if how.denied:
            continue
        maker = page.context.maker_of(pact)
        who = [m for m in scene.parties(agents(sentence, word)) if maker is None or m.entity.node != maker.node]
        when = nearest(scene, word, [e for e in page.times if not e.vague], page.triggers)
        date = when_of(when, page.written, ahead=how.ahead) if when is not None else None
        for mention in who:
            if mention.entity.kind != "party":
                continue
            evidence = min(mention.start, word.start), max(noun.end, mention.end, _name_span(page, noun)[1])
            voice = voice_of(scene, word, evidence, page.cues, page.quoted, page.speakers, page.later)
            yield Candidate(
                "joined_declaration", mention.entity, pact, evidence, _name_span(page, noun), (word.start, word.end), "join", 1,
                how.modality, False, voice, date, {}, _flags(page),
            )
        yield from _how_many(page, word, noun, pact)


def _many(page: Page, word: Word) -> Entity | None:
    """The declaration or compact that a word means, which more than two can join."""
    found = declaration_at(page, word)
    if found is not None and page.context.is_of_many(found):
        return found
    return None


def _how_many(page: Page, verb: Word, noun: Word, pact: Entity) -> Iterator[Candidate]:
    for doer in agents(page.scene.sentence, verb):
        for number in page.scene.sentence.children(doer, "nummod"):
            if number.text.isdigit():
                span = (number.start, doer.end)
                evidence = min(number.start, verb.start), max(noun.end, doer.end)
                voice = voice_of(page.scene, verb, evidence, page.cues, page.quoted, page.speakers, page.later)
                yield Candidate("pact", pact, number.text, evidence, span, (verb.start, verb.end), "join", 1, "fact", False, voice, None, {}, _flags(page))


# Votes and delegations


_PASSING = frozenset("pass approve adopt support back vote endorse clear greenlight".split())


def _votes(page: Page) -> Iterator[Candidate]:
    """A vote on a measure: who passes it, and when."""
    scene, sentence = page.scene, page.scene.sentence
    for word in sentence.words:
        if word.lemma not in _PASSING or not word.is_verb:
            continue
        found = [t for path in ("object", "for", "of", "object/of", "subject") for w in following(sentence, word, path) for t in (w, *scene.closure(w))]
        noun = next((w for w in found if measure_at(page, w) is not None), None)
        measure = measure_at(page, noun) if noun is not None else None
        voters = [m for w in agents(sentence, word) for m in scene.mentions_at(w) if m.entity.kind in ("body", "party")]
        if noun is None or measure is None or not voters:
            continue
        how = mood(sentence, word, scene.lexicon, headline=page.is_headline)
        evidence = min(voters[0].start, word.start), max(noun.end, word.end)
        area = {w.index for w in sentence.below(word)}
        dates = [e for e in page.times if not e.vague and e.word.index in area]
        after_vote = any(w.lemma == "vote" and w.index in area for w in sentence.words)
        modality = "expected" if how.modality != "fact" or after_vote or _is_condition(page, word) else "fact"
        happened = next((w for w in sentence.words if w.lemma in ("happen", "occur") and w.index in area), None)
        modality = "fact" if happened is not None else modality
        when = when_of(dates[0], page.written, ahead=modality == "expected") if dates else None
        voice = voice_of(scene, word, evidence, page.cues, page.quoted, page.speakers, page.later)
        if happened is not None:
            voice = Voice()
        yield Candidate("aid_vote", voters[0].entity, measure, evidence, (noun.start, noun.end), (word.start, word.end), "vote", 1, modality, how.denied, voice, when, {}, _flags(page))


def _is_condition(page: Page, verb: Word) -> bool:
    marks = [c.text.lower() for c in page.scene.sentence.children(verb, "mark", "advmod")]
    return verb.role in ("advcl", "pcomp") and any(m in ("after", "if", "once", "when", "until") for m in marks) or verb.role == "pcomp"


def _delegations(page: Page) -> Iterator[Candidate]:
    """Who leads a delegation, and who approves one."""
    scene, sentence = page.scene, page.scene.sentence
    for word in sentence.words:
        if word.lemma in ("lead", "head", "chair") and word.is_verb:
            teams = [w for w in themes(sentence, word) if w.lemma in ("delegation", "team", "side", "group", "negotiator")]
            heads = [m for w in agents(sentence, word) for each in (w, *sentence.children(w, "appos")) for m in scene.mentions_at(each) if m.entity.kind == "person"]
            if teams and heads:
                yield _leading(page, word, teams[0], heads[0].entity, heads[0].start, heads[0].end)
        if word.lemma in ("approve", "appoint", "form", "determine") and word.is_verb:
            yield from _approving(page, word)


def _leading(page: Page, verb: Word, team: Word, head: Entity, start: int, end: int) -> Candidate:
    sentence = page.scene.sentence
    owners = [m.entity for c in sentence.children(team, "amod", "poss", "compound", "nmod") for m in page.scene.mentions_at(c) if m.entity.kind == "party"]
    owner = owners[0] if owners else page.context.hub
    code = owner.code.upper() if owner is not None else ""
    evidence = min(start, verb.start, _phrase_start(page, team)), max(end, verb.end, team.end)
    voice = voice_of(page.scene, verb, evidence, page.cues, page.quoted, page.speakers, page.later)
    modality = mood(sentence, verb, page.scene.lexicon).modality
    return Candidate("leads_delegation", head, f"{code} delegation", evidence, (team.start, team.end), (verb.start, verb.end), "lead", 1, modality, False, voice, None, {}, _flags(page))


def _approving(page: Page, verb: Word) -> Iterator[Candidate]:
    scene, sentence = page.scene, page.scene.sentence
    objects = [t for w in themes(sentence, verb) for t in (w, *after(sentence, w, "of"))]
    team = next((w for w in objects if w.lemma == "delegation"), None)
    who = [m for w in agents(sentence, verb) for m in scene.mentions_at(w) if m.entity.kind == "person"]
    if team is None or not who:
        return
    first = themes(sentence, verb)[0]
    when = nearest(scene, verb, [e for e in page.times if not e.vague], [])
    date = when_of(when, page.written, ahead=False) if when is not None else None
    evidence = who[0].start, team.end
    yield Candidate("delegation_approved", who[0].entity, "delegation", evidence, (first.start, team.end), (verb.start, verb.end), "approve", 1, "fact", False, Voice(), date, {}, _flags(page))
