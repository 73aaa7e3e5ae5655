"""Claims to RDF and back, Turtle in one form, minted names, labels, links and whole files."""

from __future__ import annotations

import difflib
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.claim import Claim, Proposition, Term
from pactgraph.errors import BadInput, EncodingFault, SyntaxFault
from pactgraph.graph import codec
from pactgraph.graph.codec import SCOPE, decode, encode
from pactgraph.graph.labels import Labels
from pactgraph.graph.links import read_links
from pactgraph.graph.minting import format_nodes, mint_iris, minted_names, value_iri
from pactgraph.graph.nodes import Nodes, group, one, read_triples, ungroup
from pactgraph.graph.sources import read_source
from pactgraph.graph.stream import Stream, derived_block, graph_block
from pactgraph.graph.turtle import source_base, write, write_nodes, write_trig
from pactgraph.vocabulary import (
    EDTF,
    ID,
    OA,
    ONTOLOGY,
    PACT,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    digest,
)

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "data" / "sources").glob("*.ttl"))
FILES = [*sorted((ROOT / "data").rglob("*.ttl")), ROOT / "ontology" / "pact.ttl"]
BASE = f"{ID}source/example"


def an(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def turtle(text: str) -> Nodes:
    header = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    return group(q.triple for q in parse(f"@base <{BASE}> .\n{header}{text}", format=RdfFormat.TURTLE))


def triples_of(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


# Terms of every kind

ODD = st.text(max_size=12) | st.text("\"\\\n\r\t\b\f\x00\x1f\x7f\x85\u2028\ufeff\ufffe😀é'@^.<> ", max_size=8)
LOCALS = st.text("abcXYZ019-_.:%/#?=,é😀~()", max_size=8).filter(
    lambda text: "%" not in text and "#" not in text
)
IRIS = st.one_of(
    st.sampled_from(sorted(PREFIXES.values())).flatmap(lambda base: LOCALS.map(lambda local: base + local)),
    LOCALS.map(lambda local: f"https://example.org/{local}"),
    LOCALS.map(lambda local: BASE + local),
    st.sampled_from(
        [BASE, f"{BASE}#", f"{BASE}#char=0,9", f"{BASE}#text=0,9", "urn:x:y", "a:", *PREFIXES.values()]
    ),
).filter(lambda iri: _is_iri(iri))
NODES = IRIS.map(NamedNode)
NUMBERS = st.one_of(
    st.integers().map(str),
    st.sampled_from(["-0", "007", "+1", "0.50", "1e3", "true", "false", "1", "TRUE", ""]),
)
LITERALS = st.one_of(
    ODD.map(lambda text: Literal(text)),
    st.tuples(ODD, st.sampled_from(["en", "uk", "zh-hans"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(NUMBERS, st.sampled_from([XSD.integer, XSD.boolean, XSD.decimal, EDTF, an("type")])).map(
        lambda pair: Literal(pair[0], datatype=pair[1])
    ),
)
TERMS = NODES | LITERALS
TRIPLES = st.lists(st.builds(Triple, NODES, NODES | st.just(RDF.type), TERMS), max_size=12)
NO_SHRINK = {"deadline": None, "max_examples": 100}


def _is_iri(iri: str) -> bool:
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


# The codec

MANY = st.lists(NODES, max_size=3).map(tuple)
SCOPES = st.lists(st.tuples(st.sampled_from(SCOPE), TERMS), max_size=4).map(tuple)
PROPOSITIONS = st.builds(Proposition, NODES, NODES, TERMS, SCOPES)
CLAIMS = st.builds(
    Claim,
    source=NODES,
    passage=NODES,
    proposition=PROPOSITIONS,
    speaker=NODES,
    modality=NODES,
    polarity=NODES,
    quotation=NODES,
    as_printed=st.none() | ODD,
    stated_on=st.none() | ODD,
    flags=MANY,
    also_at=MANY,
    resolved_from=MANY,
    recorded_by=st.none() | NODES,
    rule=st.none() | st.sampled_from(["sign 1", "ink 2"]),
    confidence=st.none() | st.sampled_from(["0.9", "1"]),
    revises=st.none() | NODES,
)


@settings(**NO_SHRINK)
@given(CLAIMS)
def test_a_claim_survives_its_triples(claim: Claim) -> None:
    nodes = group(encode(claim))
    assert list(nodes) == [claim.iri]
    assert list(decode(nodes)) == [claim]


@settings(deadline=None, max_examples=60)
@given(CLAIMS)
def test_a_claim_survives_its_turtle(claim: Claim) -> None:
    assert list(decode(group(triples_of(write(encode(claim)))))) == [claim]


def test_the_scope_is_what_the_ontology_says() -> None:
    ontology = group(read_triples(ROOT / "ontology" / "pact.ttl"))
    assert {node for node, p in ontology.items() if PACT.ScopeProperty in p[RDF.type]} == set(SCOPE)


def test_what_is_no_claim_is_not_decoded() -> None:
    assert not list(decode(turtle("<#x> a pact:Pact .")))


def test_a_claim_without_an_object_has_no_proposition() -> None:
    with pytest.raises(KeyError, match="object"):
        codec.decode_proposition({RDF.subject: [an("s")], RDF.predicate: [an("p")]})


# Reading


def test_blank_nodes_count_nothing_when_grouped() -> None:
    assert not group(q.triple for q in parse("[] <a:b> <c:d> . <a:b> <c:d> [] .", format=RdfFormat.TURTLE))


@settings(deadline=None, max_examples=50)
@given(TRIPLES)
def test_ungroup_undoes_group(triples: list[Triple]) -> None:
    assert set(ungroup(group(triples))) == set(triples)
    assert len(list(ungroup(group(triples)))) == len(set(triples))


@settings(deadline=None, max_examples=30)
@given(st.lists(TERMS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_one_of_several_values_is_always_the_same(values: list[Term], chance: random.Random) -> None:
    shuffled = chance.sample(values, len(values))
    assert one({RDF.value: values}, RDF.value) == one({RDF.value: shuffled}, RDF.value) in values
    assert one({}, RDF.value) is None


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"@prefix a: <b:c> .\n\na:x a:y .\n", 3, "this is not Turtle"),
        (b"<a:b> <a:c> <#d> .", 1, "scheme"),
        (b"<a:b> <a:c> nowhere:d .", 1, "nowhere"),
        (b'<a:b> <a:c> "\xff" .', 1, "UTF-8"),
        (b'\n<a:b> <a:c> "open .', 2, "this is not Turtle"),
    ],
)
def test_a_file_that_does_not_parse_says_where(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    file = tmp_path / "x.ttl"
    file.write_bytes(content)
    with pytest.raises(SyntaxFault, match=words) as fault:
        read_triples(file)
    assert (fault.value.where, fault.value.line) == (file, line)
    assert fault.value.exit_code == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<a:b> <a:c> [] .", "blank node .*<a:b> <a:c>"),
        (b"[] <a:c> <a:d> .", "blank node .*<a:c> <a:d>"),
        (b"<a:b> <a:c> <<( <a:d> <a:e> <a:f> )>> .", "triple term .*<a:b>"),
    ],
)
def test_data_has_neither_blank_nodes_nor_triple_terms(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_triples(tmp_path / "x.ttl", content)


# Turtle


@settings(**NO_SHRINK)
@given(TRIPLES, st.sampled_from([None, BASE]))
def test_turtle_is_read_back_as_it_was(triples: list[Triple], base: str | None) -> None:
    assert triples_of(write(triples, base=base)) == set(triples)


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@settings(deadline=None, max_examples=100)
@given(TRIPLES, st.sampled_from([None, BASE]))
def test_rdflib_reads_the_same_triples(triples: list[Triple], base: str | None) -> None:
    import rdflib

    graph = rdflib.Graph()
    rdflib.NORMALIZE_LITERALS, before = False, rdflib.NORMALIZE_LITERALS
    try:
        graph.parse(data=write(triples, base=base), format="turtle")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    assert {tuple(map(_told, triple)) for triple in graph} == {
        tuple(map(_told, (t.subject, t.predicate, t.object))) for t in triples
    }


def _told(term: object) -> tuple[str, ...]:
    """A term of either library in the same words."""
    language = getattr(term, "language", None)
    datatype = getattr(term, "datatype", None)
    if type(term).__name__ != "Literal":
        return (str(getattr(term, "value", term)) if isinstance(term, NamedNode) else str(term),)
    plain = datatype is None or language or str(getattr(datatype, "value", datatype)) == XSD.string.value
    text = term.value if isinstance(term, Literal) else str(term)
    return text, language or "", "" if plain else str(getattr(datatype, "value", datatype))


@settings(deadline=None, max_examples=80)
@given(TRIPLES, st.randoms(use_true_random=False), st.sampled_from([None, BASE]))
def test_the_order_of_triples_leaves_no_trace(
    triples: list[Triple], chance: random.Random, base: str | None
) -> None:
    assert write(triples, base=base) == write(chance.sample(triples, len(triples)), base=base)


@settings(deadline=None, max_examples=80)
@given(TRIPLES, st.sampled_from([None, BASE]))
def test_every_prefix_that_is_declared_is_used(triples: list[Triple], base: str | None) -> None:
    text = write(triples, base=base)
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    body = re.sub(r"^@.*$", "", text, flags=re.MULTILINE)
    assert declared == sorted(set(declared))
    assert all(re.search(rf"(?<![\w:]){prefix}:\w", body) for prefix in declared)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(NODES, TRIPLES.filter(bool), max_size=3), st.randoms(use_true_random=False))
def test_trig_is_read_back_and_in_one_form(
    graphs: dict[NamedNode, list[Triple]], chance: random.Random
) -> None:
    text = write_trig({name: group(triples) for name, triples in graphs.items()})
    quads = {(quad.graph_name, quad.triple) for quad in parse(text, format=RdfFormat.TRIG)}
    assert quads == {(name, triple) for name, triples in graphs.items() for triple in triples}
    names = chance.sample(list(graphs), len(graphs))
    assert text == write_trig({name: group(chance.sample(graphs[name], len(graphs[name]))) for name in names})


def test_nothing_is_written_as_nothing() -> None:
    assert write([]) == "" == write_trig({})


@pytest.mark.parametrize("base", sorted(PREFIXES.values()))
def test_an_iri_that_is_a_prefix_is_written_out(base: str) -> None:
    assert f"<{base}>" in write([Triple(NamedNode(base), RDFS.comment, Literal("x"))])


def test_a_source_is_written_on_its_base() -> None:
    source, passage = NamedNode(BASE), NamedNode(f"{BASE}#char=0,9")
    text = write([Triple(passage, OA.hasSource, source), Triple(source, RDF.type, SCHEMA.WebPage)], base=BASE)
    assert text == (
        f"@base <{BASE}> .\n@prefix oa: <http://www.w3.org/ns/oa#> .\n@prefix schema: <https://schema.org/> .\n\n"
        "<> a schema:WebPage .\n\n<#char=0,9> oa:hasSource <> .\n"
    )


def test_the_direction_of_a_text_is_kept() -> None:
    triple = Triple(an("s"), RDFS.label, Literal("x", language="ar", direction=BaseDirection.RTL))
    assert '"x"@ar--rtl' in write([triple])
    assert triples_of(write([triple])) == {triple}


def test_many_values_stand_on_lines_of_their_own() -> None:
    names = [Triple(an("s"), SKOS.altLabel, Literal("name " * 6 + letter)) for letter in "abcd"]
    lines = write(names).splitlines()
    assert [line for line in lines if "name" in line] == sorted(line for line in lines if "name" in line)
    assert max(map(len, lines)) < 118 and len(lines) == 7


def test_a_source_is_read_from_top_to_bottom() -> None:
    nodes = turtle(
        "<#char=9,12> a oa:SpecificResource . <#char=2,5> a oa:SpecificResource . <> a schema:WebPage .\n"
        "value:a a pact:Amount . claim:b pact:passage <#char=2,5> . claim:a pact:passage <#char=9,12> .\n"
        "claim:c pact:passage <#top> . <#position=2,5> a oa:TextPositionSelector ."
    )
    subjects = [
        line.split()[0]
        for line in write_nodes(nodes, base=BASE).splitlines()
        if " a " in line or "passage" in line
    ]
    assert subjects == [
        "<>", "<#char=2,5>", "<#position=2,5>", "claim:b", "<#char=9,12>", "claim:a", "claim:c", "value:a",
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_fixed_points_in_any_order_of_triples(path: Path) -> None:
    triples = read_triples(path)
    random.Random(1).shuffle(triples)
    assert format_nodes(group(triples)) == path.read_text(encoding="utf-8")


# Files as one stream of TriG


def in_graph(turtle: bytes) -> set[Triple]:
    """What a loader finds in the graph's block of a file."""
    said = [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
    quads = list(parse(graph_block(an("graph"), turtle, said), format=RdfFormat.TRIG))
    assert {quad.graph_name for quad in quads} <= {an("graph")}
    assert {quad.triple for quad in quads} == set(said)
    return set(said)


@pytest.mark.parametrize(
    "turtle",
    [
        b"@prefix a: <b:c> .\na:x a:y a:z .\n",
        b"@prefix a: <b:c> .\n# a note\na:x a:y a:z .\n",
        b"@prefix a: <b:c> . a:x a:y a:z .\n<a:b> <a:c> <a:d> .",
        b"@prefix a: <b:c>\n . a:x a:y a:z .",
        b"@prefix a: <b:c> .\n<b:x> <b:y> <b:z> .\n@prefix a: <d:e> .\na:x a:y a:z .",
        b"PREFIX a: <b:c>\na:x a:y a:z .",
        b"prefix\na: <b:c>\na:x a:y a:z .",
        b"PREFIX # a note\n: <b:c>\n:x :y :z .",
        b"BASE # a note\n<b:c>\n<b:x> <b:y> <#z> .",
        b"base<b:c> <b:x> <b:y> <#z> .",
        b'VERSION "1.2"\n<b:x> <b:y> <b:z> .',
        b"<b:x> <b:y> <b:z> . # the end",
        b'<b:x> <b:y> "on a base <of> prefix: words" .',
        b"",
    ],
)
def test_any_turtle_can_stand_in_a_graph(turtle: bytes) -> None:
    assert in_graph(turtle) or not turtle


@settings(deadline=None, max_examples=40)
@given(TRIPLES, st.sampled_from([None, BASE]))
def test_the_fixed_form_stands_in_a_graph_as_it_is(triples: list[Triple], base: str | None) -> None:
    assert in_graph(write(triples, base=base).encode()) == set(triples)


@settings(deadline=None, max_examples=40)
@given(TRIPLES)
def test_derived_triples_stand_in_a_graph(triples: list[Triple]) -> None:
    found = parse(derived_block(an("graph"), triples), format=RdfFormat.TRIG)
    assert {(quad.graph_name, quad.triple) for quad in found} == {(an("graph"), t) for t in triples}


@given(st.lists(st.binary(max_size=9), max_size=6), st.integers(1, 20))
def test_a_stream_is_its_pieces_one_after_another(pieces: list[bytes], size: int) -> None:
    stream = Stream(iter(pieces))
    read = iter(lambda: stream.read(size), b"")
    assert b"".join(read) == b"".join(pieces)


# Minting

PASSAGE = (
    "<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#s>, <#t> .\n"
    "<#s> a oa:TextPositionSelector ; oa:start 4 ; oa:end 9 .\n"
    '<#t> a oa:FragmentSelector ; rdf:value ":~:text=four" .\n'
)
CLAIM = (
    "{name} a pact:Claim ; rdf:subject pactid:x ; rdf:predicate pact:signedOn ; rdf:object {object} ;\n"
    "    pact:passage {passage} ; pact:speaker official:a ; pact:modality pact:Factual ;\n"
    "    pact:polarity pact:Affirmed ; pact:quotation pact:Direct .\n"
)
AMOUNT = '{name} a pact:Amount ; schema:value "38" ; schema:currency "EUR" .\n'


def claim(name: str = "<#c1>", value: str = '"2024"^^loc:edtf', passage: str = "<#p>") -> str:
    return CLAIM.format(name=name, object=value, passage=passage)


FORMATTED = format_nodes(turtle(f"<> a schema:WebPage .\n{PASSAGE}{claim()}"))


@pytest.mark.parametrize("name", ["<#c1>", "claim:todo", "claim:00000000000000000000", "<urn:new>"])
def test_any_placeholder_gives_the_same_file(name: str) -> None:
    again = f"<> a schema:WebPage .\n{PASSAGE}{claim(name)}"
    assert format_nodes(turtle(again)) == FORMATTED
    assert format_nodes(turtle(again.replace("<#p>", "<#old>").replace("<#s>", "<#char=1,2>"))) == FORMATTED


def test_formatting_twice_changes_nothing() -> None:
    assert format_nodes(group(triples_of(FORMATTED))) == FORMATTED


def test_passages_and_selectors_are_named_by_their_position() -> None:
    nodes = mint_iris(turtle(PASSAGE))
    assert set(nodes) == {NamedNode(f"{BASE}#{kind}=4,9") for kind in ("char", "position", "text")}
    assert nodes[NamedNode(f"{BASE}#char=4,9")][OA.hasSelector] == [
        NamedNode(f"{BASE}#position=4,9"), NamedNode(f"{BASE}#text=4,9")
    ]  # fmt: skip


def test_a_claim_is_completed() -> None:
    [(node, properties)] = [
        (n, p) for n, p in mint_iris(turtle(PASSAGE + claim())).items() if "/claim/" in n.value
    ]
    [said] = decode({node: properties})
    assert node == said.iri
    assert set(properties[RDF.type]) == {PACT.Claim, RDF.Statement}
    assert properties[PROV.wasDerivedFrom] == [NamedNode(BASE)]
    assert properties[PACT.passage] == [NamedNode(f"{BASE}#char=4,9")]
    assert properties[PACT.proposition] == [said.proposition.iri]


def test_minted_names_are_told_as_they_are_and_as_they_should_be() -> None:
    placeholders = turtle(PASSAGE + claim(value="<#v>") + AMOUNT.format(name="<#v>"))
    stale = {old.value.removeprefix(BASE) for old, new in minted_names(placeholders) if old != new}
    assert stale == {"#v", "#p", "#s", "#t"}
    [said] = decode(mint_iris(placeholders))
    told = list(minted_names(mint_iris(placeholders)))
    assert all(old == new for old, new in told)
    assert {old for old, _ in told} >= {said.iri, said.proposition.iri, said.passage, said.proposition.object}


def test_names_that_cannot_be_minted_are_not_told() -> None:
    assert not list(minted_names(turtle("<#c1> a pact:Claim . <#x> a pact:Pact .")))


def test_a_stale_proposition_is_made_anew_and_other_types_stay() -> None:
    text = PASSAGE + claim() + "<#c1> a pact:Noted ; pact:proposition prop:00000000000000000000 ."
    [properties] = [p for n, p in mint_iris(turtle(text)).items() if "/claim/" in n.value]
    assert properties[PACT.proposition] == [codec.decode_proposition(properties).iri]
    assert NamedNode(f"{ONTOLOGY}Noted") in properties[RDF.type]


def test_claims_with_the_same_content_merge() -> None:
    text = PASSAGE + claim("<#c1>") + claim("<#c2>") + '<#c2> pact:asPrinted "2024" .'
    assert format_nodes(turtle(text)) == format_nodes(
        turtle(PASSAGE + claim() + '<#c1> pact:asPrinted "2024" .')
    )


def test_values_are_named_by_their_parts_alone() -> None:
    one_way = PASSAGE + claim(value="<#v>") + AMOUNT.format(name="<#v>")
    other = AMOUNT.format(name="value:todo") + claim(value="value:todo") + PASSAGE
    assert format_nodes(turtle(one_way)) == format_nodes(turtle(other))
    parts = turtle(AMOUNT.format(name="<#v>"))[NamedNode(f"{BASE}#v")]
    backwards = dict(reversed(parts.items()))
    assert value_iri(parts) == value_iri(backwards)
    assert value_iri(parts) != value_iri(parts | {SCHEMA.value: [Literal("39")]})


def test_equal_values_merge_where_they_are_used() -> None:
    text = AMOUNT.format(name="<#v1>") + AMOUNT.format(name="<#v2>") + "<#x> rdf:value <#v1>, <#v2> ."
    formatted = format_nodes(turtle(text))
    assert format_nodes(group(triples_of(formatted))) == formatted
    assert formatted.count("value:") == 3, "the prefix, one value and one use of it"


def test_a_stale_name_that_belongs_to_another_value_is_given_to_it() -> None:
    mine = value_iri(turtle(AMOUNT.format(name="<#v>"))[NamedNode(f"{BASE}#v")])
    swapped = AMOUNT.format(name="<#new>") + f'<{mine.value}> a pact:Amount ; schema:value "7" .'
    nodes = mint_iris(turtle(swapped))
    assert nodes[mine][SCHEMA.value] == [Literal("38")] and len(nodes) == 2


PARTS = [line for line in re.split(r"[;.]\s", claim()) if line.strip() and "a pact:Claim" not in line]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.split()[0])
def test_a_claim_that_lacks_a_part_is_left_for_the_shapes(part: str) -> None:
    nodes = mint_iris(
        turtle(PASSAGE + claim().replace(f"{part};", "").replace(f";\n{part}", "").replace(part, ""))
    )
    assert NamedNode(f"{BASE}#c1") in nodes or "quotation" in part


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("oa:start 4", 'oa:start "four words"'),
        ("oa:start 4", "oa:start <#x>"),
        ("oa:hasSource <>", 'oa:hasSource "nowhere at all"'),
        ("oa:hasSelector <#s>, <#t>", "rdf:value 1"),
        ("oa:hasSelector <#s>, <#t>", 'oa:hasSelector "s"'),
        (
            "<#s> a",
            "<#q> a oa:TextPositionSelector ; oa:start 5 ; oa:end 9 . <#p> oa:hasSelector <#q> . <#s> a",
        ),
    ],
)
def test_a_passage_without_a_position_keeps_its_name(old: str, new: str) -> None:
    assert old in PASSAGE
    nodes = mint_iris(turtle(PASSAGE.replace(old, new)))
    assert NamedNode(f"{BASE}#p") in nodes


QUOTED = (
    "<#p> a oa:SpecificResource ; oa:hasSource <> ; oa:hasSelector <#q> .\n"
    '<#q> a oa:TextQuoteSelector ; oa:exact "signed  on\\n12 May" .\n'
)


def names(nodes: Nodes) -> list[str]:
    return [node.value.removeprefix(BASE) for node in nodes]


def test_a_passage_known_by_a_few_words_is_named_by_a_hash_of_them() -> None:
    known = digest(["signed on 12 May"])
    nodes = mint_iris(turtle(QUOTED + claim()))
    assert names(nodes)[:2] == [f"#words={known}", f"#quote={known}"]
    assert nodes[NamedNode(f"{BASE}#quote={known}")][OA.exact] == [Literal("signed on 12 May")]
    [said] = decode(nodes)
    assert said.passage == NamedNode(f"{BASE}#words={known}")
    again = mint_iris(turtle(QUOTED.replace("signed  on\\n12 May", "signed on 12 May") + claim()))
    assert format_nodes(again) == format_nodes(nodes)
    assert all(old == new for old, new in minted_names(nodes))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("oa:exact", "oa:prefix"),
        ('oa:exact "signed  on\\n12 May"', 'oa:exact " "'),
        ('oa:exact "signed  on\\n12 May"', 'oa:exact "signed", "sealed"'),
        ("oa:TextQuoteSelector", "oa:Selector"),
        ("oa:hasSource <> ;", ""),
    ],
)
def test_words_that_tell_no_passage_name_none(old: str, new: str) -> None:
    assert old in QUOTED
    assert names(mint_iris(turtle(QUOTED.replace(old, new)))) == ["#p", "#q"]


def test_where_there_are_offsets_words_name_nothing() -> None:
    both = PASSAGE + '<#p> oa:hasSelector <#q> . <#q> a oa:TextQuoteSelector ; oa:exact "four" .'
    assert set(names(mint_iris(turtle(both)))) == {"#char=4,9", "#position=4,9", "#text=4,9", "#q"}


def test_known_words_follow_known_places_each_with_its_claims() -> None:
    def quoted(name: str, words: str) -> str:
        return (
            QUOTED.replace("<#p>", f"<#{name}>")
            .replace("<#q>", f"<#{name}-q>")
            .replace("signed  on\\n12 May", words)
        )

    text = "<> a schema:WebPage .\n" + AMOUNT.format(name="<#v>")
    for name, words in (("z", "Zenda"), ("a", "agreed"), ("e", "état")):
        text += quoted(name, words) + claim(f"<#of-{name}>", passage=f"<#{name}>")
    nodes = mint_iris(turtle(text + PASSAGE + claim("<#placed>")))
    order = names(group(read_back(format_nodes(nodes))))
    kinds = [name.split("/")[-2] if "/" in name else name.partition("=")[0] for name in order]
    assert kinds[0] == "" and kinds[-1] == "value"
    assert kinds[1:-1] == ["#char", "#position", "#text", "claim", *(["#words", "#quote", "claim"] * 3)]
    written = format_nodes(nodes)
    assert written.index('"Zenda"') < written.index('"agreed"') < written.index('"état"'), "by code points"


def read_back(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]


def test_a_source_file_tells_what_is_known_of_a_passage(tmp_path: Path) -> None:
    path = tmp_path / "example.ttl"
    path.write_text(
        format_nodes(turtle(f"<> a schema:WebPage .\n{QUOTED}{PASSAGE.replace('<#p>', '<#o>')}")),
        encoding="utf-8",
    )
    source = read_source(path)
    known = digest(["signed on 12 May"])
    assert source.locator(NamedNode(f"{BASE}#words={known}")) == "signed on 12 May"
    assert source.passage(NamedNode(f"{BASE}#words={known}")) is None
    assert source.locator(NamedNode(f"{BASE}#char=4,9")) is None
    assert source.locator(NamedNode(f"{BASE}#nowhere")) is None


@pytest.mark.parametrize("passage", ['"p"', "<urn:somewhere>"])
def test_a_claim_at_no_passage_gets_no_source(passage: str) -> None:
    nodes = mint_iris(turtle(claim(passage=passage)))
    assert PROV.wasDerivedFrom not in nodes[NamedNode(f"{BASE}#c1")]


@settings(deadline=None, max_examples=40)
@given(st.permutations([*PARTS, "pact:modality pact:Hoped", "rdf:object 7", "pact:passage <#char=4,9>"]))
def test_a_muddled_claim_formats_to_a_fixed_point(parts: list[str]) -> None:
    text = PASSAGE + "<#c1> a pact:Claim ;\n" + ";\n".join(parts) + " ."
    formatted = format_nodes(turtle(text))
    assert format_nodes(group(triples_of(formatted))) == formatted


EDITS = {
    "modality": lambda nodes, node: nodes[node].update({PACT.modality: [NamedNode(f"{ONTOLOGY}Certain")]}),
    "printed": lambda nodes, node: nodes[node].update({PACT.asPrinted: [Literal("other words")]}),
    "object": lambda nodes, node: nodes[node].update({RDF.object: [Literal("2031", datatype=EDTF)]}),
    "speaker": lambda nodes, node: nodes[node].update({PACT.speaker: [NamedNode(f"{ID}official/another")]}),
}


@pytest.mark.parametrize("part", EDITS)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_editing_one_claim_changes_at_most_twenty_lines(path: Path, part: str) -> None:
    before = path.read_text(encoding="utf-8").splitlines()
    triples = read_triples(path)
    for node in _claims_of(group(triples)):
        nodes = group(triples)
        EDITS[part](nodes, node)
        after = format_nodes(nodes).splitlines()
        assert 0 < _changed_lines(before, after) <= 20, node.value


def _changed_lines(before: list[str], after: list[str]) -> int:
    """Lines gone and lines new; no line is junk because it is frequent."""
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum((i2 - i1) + (j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal")


def _claims_of(nodes: Nodes) -> list[NamedNode]:
    return [node for node, properties in nodes.items() if PACT.Claim in properties[RDF.type]]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_file_whose_every_name_is_lost_is_made_again(path: Path) -> None:
    """Claims and passages by placeholders, in another order: the very same file."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"claim:([0-9a-f]{20})", r"<#claim-\1>", text)
    text = re.sub(r"value:([0-9a-f]{20})", r"<#value-\1>", text)
    text = re.sub(r"<#(char|position|text)=(\d+),(\d+)>", r"<#\1-of-\2-\3>", text)
    text = re.sub(r"<#(words|quote)=([0-9a-f]{20})>", r"<#\1-of-\2>", text)
    text = re.sub(r"prop:[0-9a-f]{20}", "prop:todo", text)
    triples = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
    random.Random(2).shuffle(triples)
    assert format_nodes(group(triples)) == path.read_text(encoding="utf-8")


def test_only_a_file_of_one_source_has_a_base() -> None:
    assert source_base(turtle("<> a schema:WebPage . <#x> a oa:SpecificResource .")) == BASE
    assert source_base(turtle("party:a a pact:State .")) is None
    assert source_base(turtle("<> a schema:WebPage . source:other a schema:WebPage .")) is None


# Labels

WORLD = (
    'party:hub a pact:State ; skos:prefLabel "Hubland"@en ; pact:demonym "Hubbish"@en .\n'
    'party:far a pact:State ; skos:prefLabel "Anderswo"@de, "Farland"@en ; skos:altLabel "Far"@en, "Farland"@en ;\n'
    '    pact:demonym "Farrish"@en ; pact:metonym "Fartown"@en ; skos:hiddenLabel "Farlnd"@en .\n'
    "group:g a pact:PactGroup ; pact:hub party:hub ; pact:party party:hub .\n"
    'pactid:p a pact:Agreement ; rdfs:label "the pact"@en ; pact:inGroup group:g ; pact:party party:hub, party:far .\n'
    "pactid:q a pact:Agreement ; pact:party party:hub .\n"
    "pact:Agreement rdfs:subClassOf pact:Pact . pact:Pact rdfs:subClassOf pact:Undertaking, pact:Agreement .\n"
)


@pytest.fixture
def labels() -> Labels:
    return Labels(turtle(WORLD))


def node(kind: str, name: str) -> NamedNode:
    return NamedNode(f"{ID}{kind}/{name}")


def test_a_label_is_english_where_there_is_one(labels: Labels) -> None:
    assert labels.label(node("party", "far")) == "Farland"
    assert labels.label(node("pact", "p")) == "the pact"
    assert labels.label(node("pact", "q")) == "pactid:q"
    assert labels.label(Literal("2024")) == "2024"


def test_names_are_all_names_once_the_preferred_first(labels: Labels) -> None:
    assert labels.names(node("party", "far")) == (
        "Farland",
        "Anderswo",
        "Far",
        "Farlnd",
        "Farrish",
        "Fartown",
    )
    assert labels.names(node("party", "none")) == ()


def test_a_pact_is_named_by_its_parties_but_not_by_the_hub_of_its_group(labels: Labels) -> None:
    naming = labels.naming(node("pact", "p"))
    assert naming == ("the pact", "Farland", "Anderswo", "Far", "Farlnd", "Farrish", "Fartown")


def test_a_pact_outside_a_group_is_named_by_any_party(labels: Labels) -> None:
    assert labels.naming(node("pact", "q")) == ("Hubland", "Hubbish")


def test_what_is_no_pact_is_named_by_its_own_names(labels: Labels) -> None:
    assert labels.naming(node("party", "hub")) == ("Hubland", "Hubbish")
    assert labels.naming(node("group", "g")) == ()


# Links

HEADER = "#curie_map:\n#  party: https://example.org/party/\n#  skos: http://www.w3.org/2004/02/skos/core#\n"
COLUMNS = "subject_id\tpredicate_modifier\tpredicate_id\tobject_id\n"


def links(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "links.sssom.tsv"
    file.write_bytes(text.encode())
    return file


def test_matches_are_triples_and_refusals_are_not(tmp_path: Path) -> None:
    rows = "party:a\t\tskos:exactMatch\tparty:b\n\nparty:a\tNot\tskos:exactMatch\tparty:c\n"
    expected = [Triple(an("party/a"), SKOS.exactMatch, an("party/b"))]
    assert read_links(links(tmp_path, HEADER + COLUMNS + rows)) == expected
    assert read_links(links(tmp_path, (HEADER + COLUMNS + rows).replace("\n", "\r\n"))) == expected


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "subject_id is missing"),
        (HEADER, 4, "subject_id is missing"),
        (HEADER + "subject_id\tpredicate_id\n", 4, "object_id is missing"),
        (HEADER + COLUMNS + "wd:a\t\tskos:exactMatch\tparty:b\n", 5, "'wd:a' has a prefix"),
        (HEADER + COLUMNS + "\n\nparty:a\t\tskos:exactMatch\twd:b\n", 7, "'wd:b' has a prefix"),
        (HEADER + COLUMNS + "party:a\t\tskos:exactMatch\n", 5, "no prefixed name"),
        (HEADER + COLUMNS + "party:a\t\tskos:exactMatch\tparty\n", 5, "no prefixed name"),
        (HEADER + COLUMNS + "party:a b\t\tskos:exactMatch\tparty:b\n", 5, "gives no IRI"),
        (
            HEADER + COLUMNS + "party:a\t\tskos:exactMatch\tparty:c\nparty:b\t\tskos:exactMatch\tparty:c\n",
            6,
            "party/c is the skos:exactMatch of .*party/a already, and cannot be that of .*party/b",
        ),
    ],
)
def test_links_that_cannot_be_read_name_the_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(BadInput, match=words) as fault:
        read_links(links(tmp_path, text))
    assert fault.value.line == line


def test_links_in_another_encoding_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "links.sssom.tsv"
    file.write_bytes(HEADER.encode() + b"\xff")
    with pytest.raises(EncodingFault):
        read_links(file)


# Whole files

WHOLE = (
    '<> a schema:NewsArticle ; pact:capture "a.txt" ; schema:sha256 "00" ; schema:datePublished "2024-05"^^loc:edtf .\n'
    '<#p> schema:sha256 "11" .\n'
)


def source_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "source.ttl"
    file.write_text(write_nodes(turtle(text)), encoding="utf-8")
    return file


def test_a_source_is_read_with_its_passages_and_claims(tmp_path: Path) -> None:
    source = read_source(
        source_file(tmp_path, WHOLE + PASSAGE + claim() + f"<#c1> prov:wasDerivedFrom <{BASE}> .")
    )
    assert (source.source, source.capture, source.text_sha256) == (NamedNode(BASE), "a.txt", "00")
    assert str(source.published) == "2024-05"
    assert [said.speaker for said in source.claims.values()] == [node("official", "a")]
    passage = source.passage(NamedNode(f"{BASE}#p"))
    assert passage is not None and (passage.span.start, passage.span.end, passage.sha256) == (4, 9, "11")
    assert passage.fragment is not None
    assert source.passage(NamedNode(f"{BASE}#elsewhere")) is None


def test_what_a_source_does_not_say_is_none(tmp_path: Path) -> None:
    source = read_source(source_file(tmp_path, "<> a schema:WebPage ; schema:datePublished 2024 ."))
    assert (source.capture, source.text_sha256, source.published) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("party:a a pact:State .", "0 sources"),
        ("<> a schema:WebPage . source:b a schema:WebPage .", "2 sources"),
        ("<> a schema:WebPage . <#c> a pact:Claim .", "has no .*wasDerivedFrom"),
    ],
)
def test_a_file_that_is_no_source_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_source(source_file(tmp_path, text))


def test_an_offset_that_is_no_number_is_refused(tmp_path: Path) -> None:
    text = WHOLE + PASSAGE.replace("oa:start 4", 'oa:start "four"')
    with pytest.raises(BadInput, match="'four' is no offset"):
        read_source(source_file(tmp_path, text)).passage(NamedNode(f"{BASE}#p"))
