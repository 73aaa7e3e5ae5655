"""The fast engine finds what pyshacl finds, on every construct, on random graphs and file by file."""

from __future__ import annotations

import json
import operator
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.errors import BadInput, SyntaxFault
from pactgraph.validation import Finding, Report, UnknownConstruct, Validator, bulk, locate, validate_files
from pactgraph.validation.literals import compare, quiet, well_formed
from pactgraph.validation.reference import ReferenceFailed, _to_rdflib, reference_report
from pactgraph.validation.shapes import ShapesGraph
from pactgraph.validation.subjects import by_subject, read

PREFIXES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EX = "https://example.org/"

NODES = """
:a a :A ; :p 1, 2, "x", "y"@en, "z"@en, "uk"@uk-UA ; :q 2, 3 ; :r :b , :c ; :d "2024-01-01"^^xsd:date ;
    :e "2024-02-01"^^xsd:date ; :t "long enough" ; :n [ a :B ; :p 7 ] .
:b a :B ; :p "01"^^xsd:integer , "1"^^xsd:integer, "one"^^xsd:integer ; :r :c ; :t "no" ; :d "2024-13-01"^^xsd:date .
:c a :C ; :p true , "1"^^xsd:boolean, "yes"^^xsd:boolean , 1.5 , 2.5e0 ; :r :a , :nowhere , "text" ;
    :d "2024-03-01"^^xsd:date , "2024-03-01T00:00:00Z"^^xsd:dateTime , "2024-03"^^xsd:gYearMonth ;
    :e "2024-02-01"^^xsd:date , "soon" ; :t "Upper", :a, "two\\nlines" .
:d a :A , :C ; :q "A"@EN , "a"@en-gb , 3 , 3.0 , -4 ; :n [] , [ :t "x" ] .
:e a :Sub ; :p 5 ; :r :e ; :s "same" , "other" ; :t "same", "different" .
:Sub rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :A . :B a rdfs:Class .
:f :p 1 ; :inv :a , :b . :h a :S ; :r :h , "text" .
:g a :A ; :p "2024-05"^^:edtf , "2024-05"^^:other , :a ; :t "" .
"""

CONSTRAINTS = {
    "minCount": ":S sh:property [ sh:path :p ; sh:minCount 3 ; sh:message 'three at least' ] .",
    "minCount zero": ":S sh:property [ sh:path :zz ; sh:minCount 0 ] .",
    "maxCount": ":S sh:property [ sh:path :p ; sh:maxCount 2 ; sh:message 'two at most'@en, 'not so many' ] .",
    "maxCount zero": ":S sh:property [ sh:path :r ; sh:maxCount 0 ; sh:severity sh:Warning ] .",
    "datatype integer": ":S sh:property [ sh:path :p ; sh:datatype xsd:integer ; sh:severity sh:Info ] .",
    "datatype string": ":S sh:property [ sh:path :p ; sh:datatype xsd:string ] .",
    "datatype langString": ":S sh:property [ sh:path :p ; sh:datatype rdf:langString ] .",
    "datatype boolean": ":S sh:property [ sh:path :p ; sh:datatype xsd:boolean ] .",
    "datatype decimal": ":S sh:property [ sh:path :p ; sh:datatype xsd:decimal ] .",
    "datatype double": ":S sh:property [ sh:path :p ; sh:datatype xsd:double ] .",
    "datatype date": ":S sh:property [ sh:path :d ; sh:datatype xsd:date ] .",
    "datatype dateTime": ":S sh:property [ sh:path :d ; sh:datatype xsd:dateTime ] .",
    "datatype gYearMonth": ":S sh:property [ sh:path :d ; sh:datatype xsd:gYearMonth ] .",
    "datatype of ours": ":S sh:property [ sh:path :p ; sh:datatype :edtf ] .",
    "datatype any": ":S sh:property [ sh:path :p ; sh:datatype rdfs:Literal ] .",
    "datatype typed": ":S sh:property [ sh:path :p ; sh:datatype rdfs:Datatype ] .",
    "datatype at focus": ":S sh:datatype xsd:string .",
    "class": ":S sh:property [ sh:path :r ; sh:class :B ; sh:message 'a B' ] .",
    "class by subclass": ":S sh:property [ sh:path [ sh:inversePath :inv ] ; sh:class :A ] .",
    "class twice": ":S sh:property [ sh:path :r ; sh:class :A , :C ] .",
    "class at focus": ":S sh:class :A .",
    "in": ":S sh:property [ sh:path :p ; sh:in ( 1 2 'x' :a 'y'@en ) ] .",
    "in at focus": ":S sh:in ( :a :c ) .",
    "in nothing": ":S sh:property [ sh:path :r ; sh:in () ] .",
    "hasValue": ":S sh:property [ sh:path :p ; sh:hasValue 1 ] .",
    "hasValue twice": ":S sh:property [ sh:path :r ; sh:hasValue :c , :b ] .",
    "hasValue at focus": ":S sh:hasValue :a .",
    "pattern": ":S sh:property [ sh:path :t ; sh:pattern '^[a-z ]+$' ] .",
    "pattern flags": ":S sh:property [ sh:path :t ; sh:pattern '^[A-Z ]+$' ; sh:flags 'i' ] .",
    "pattern lines": ":S sh:property [ sh:path :t ; sh:pattern '^lines$' ; sh:flags 'mi' ] .",
    "pattern twice": ":S sh:property [ sh:path :t ; sh:pattern 'o' , '^.{3,}$' ] .",
    "pattern at focus": ":S sh:pattern 'org/[ab]$' .",
    "pattern of numbers": ":S sh:property [ sh:path :p ; sh:pattern '^0' ] .",
    "minLength": ":S sh:property [ sh:path :t ; sh:minLength 3 ] .",
    "minLength of blanks": ":S sh:property [ sh:path :n ; sh:minLength 0 ], [ sh:path :n ; sh:minLength 1 ] .",
    "maxLength": ":S sh:property [ sh:path :t ; sh:maxLength 4 ] .",
    "maxLength of blanks": ":S sh:property [ sh:path :n ; sh:maxLength 400 ] .",
    "minInclusive": ":S sh:property [ sh:path :p ; sh:minInclusive 2 ] .",
    "maxInclusive": ":S sh:property [ sh:path :p ; sh:maxInclusive 2 ] .",
    "minExclusive": ":S sh:property [ sh:path :p ; sh:minExclusive 1.5 ] .",
    "maxExclusive": ":S sh:property [ sh:path :q ; sh:maxExclusive 3 ] .",
    "range of dates": ":S sh:property [ sh:path :d ; sh:minInclusive '2024-02-01'^^xsd:date ] .",
    "range of moments": ":S sh:property [ sh:path :d ; sh:maxInclusive '2024-02-01T00:00:00Z'^^xsd:dateTime ] .",
    "range of naive moments": ":S sh:property [ sh:path :d ; sh:maxInclusive '2024-02-01T00:00:00'^^xsd:dateTime ] .",
    "range of texts": ":S sh:property [ sh:path :t ; sh:minExclusive 'm' ] .",
    "range of doubles": ":S sh:property [ sh:path :p ; sh:minInclusive 2.0e0 ] .",
    "range of two": ":S sh:property [ sh:path :p ; sh:minInclusive 1 , 2 ] .",
    "languageIn": ":S sh:property [ sh:path :p ; sh:languageIn ( 'en' 'uk' ) ] .",
    "languageIn region": ":S sh:property [ sh:path :q ; sh:languageIn ( 'en-GB' ) ] .",
    "languageIn any": ":S sh:property [ sh:path :p ; sh:languageIn ( '*' ) ] .",
    "uniqueLang": ":S sh:property [ sh:path :p ; sh:uniqueLang true ] , [ sh:path :q ; sh:uniqueLang false ] .",
    "equals": ":S sh:property [ sh:path :s ; sh:equals :t ] .",
    "equals at focus": ":S sh:equals :r .",
    "disjoint": ":S sh:property [ sh:path :s ; sh:disjoint :t ] .",
    "disjoint at focus": ":S sh:disjoint :r .",
    "lessThan": ":S sh:property [ sh:path :p ; sh:lessThan :q ] .",
    "lessThan dates": ":S sh:property [ sh:path :d ; sh:lessThan :e ] .",
    "lessThan texts": ":S sh:property [ sh:path :t ; sh:lessThan :s ] .",
    "lessThan nodes": ":S sh:property [ sh:path :r ; sh:lessThan :r ] .",
    "lessThanOrEquals": ":S sh:property [ sh:path :p ; sh:lessThanOrEquals :q ] .",
    "lessThanOrEquals dates": ":S sh:property [ sh:path :e ; sh:lessThanOrEquals :d ] .",
    "not": ":S sh:property [ sh:path :p ; sh:not [ sh:datatype xsd:integer ] ] .",
    "not at focus": ":S sh:not [ sh:property [ sh:path :p ; sh:minCount 4 ] ] .",
    "and": ":S sh:property [ sh:path :p ; sh:and ( [ sh:nodeKind sh:Literal ] [ sh:minInclusive 2 ] ) ] .",
    "or": ":S sh:property [ sh:path :p ; sh:or ( [ sh:datatype xsd:string ] [ sh:datatype xsd:integer ] ) ] .",
    "or twice": ":S sh:or ( [ sh:class :A ] [ sh:class :B ] ) , ( [ sh:class :C ] [ sh:class :B ] ) .",
    "or of properties": ":S sh:or ( [ sh:path :t ; sh:minCount 1 ] [ sh:path :s ; sh:minCount 1 ] ) .",
    "xone": ":S sh:xone ( [ sh:class :A ] [ sh:class :C ] [ sh:property [ sh:path :q ; sh:minCount 1 ] ] ) .",
    "node": ":S sh:property [ sh:path :r ; sh:node :Inner ] . :Inner sh:property [ sh:path :p ; sh:maxCount 3 ] .",
    "node at focus": ":S sh:node :Inner , :Other . :Inner sh:nodeKind sh:IRI . :Other sh:class :A .",
    "property in property": ":S sh:property [ sh:path :r ; sh:property [ sh:path :p ; sh:minCount 3 ] ] .",
    "qualified": """:S sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ;
        sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ; sh:message 'exactly one number' ] .""",
    "qualified disjoint": """:S sh:property
        [ sh:path :p ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMinCount 3 ;
          sh:qualifiedValueShapesDisjoint true ] ,
        [ sh:path :p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMaxCount 0 ;
          sh:qualifiedValueShapesDisjoint true ] .""",
    "closed": ":S sh:closed true ; sh:ignoredProperties ( rdf:type :q ) ; sh:property [ sh:path :p ] , [ sh:path :r ] .",
    "closed bare": ":S sh:closed true ; sh:message 'nothing else' .",
    "closed not": ":S sh:closed false ; sh:property [ sh:path :p ] .",
    "closed values": ":S sh:property [ sh:path :r ; sh:closed true ; sh:ignoredProperties ( :p rdf:type ) ] .",
    "deactivated": ":S sh:deactivated true ; sh:class :Z .",
    "deactivated part": ":S sh:property [ sh:path :p ; sh:deactivated true ; sh:maxCount 0 ] , :Off . "
    ":Off sh:path :p ; sh:deactivated true ; sh:maxCount 0 .",
    "deactivated in or": ":S sh:or ( [ sh:class :Z ; sh:deactivated true ] [ sh:class :Y ] ) .",
    "severity": ":S sh:severity :Grave ; sh:class :Z ; sh:property [ sh:path :p ; sh:maxCount 0 ] .",
    "sequence": ":S sh:property [ sh:path ( :r :p ) ; sh:maxCount 3 ; sh:datatype xsd:integer ] .",
    "sequence of three": ":S sh:property [ sh:path ( :r :r [ sh:inversePath :r ] ) ; sh:class :A ] .",
    "alternative": ":S sh:property [ sh:path [ sh:alternativePath ( :q :t ) ] ; sh:nodeKind sh:IRI ] .",
    "inverse": ":S sh:property [ sh:path [ sh:inversePath :r ] ; sh:maxCount 1 ] .",
    "zeroOrMore": ":S sh:property [ sh:path [ sh:zeroOrMorePath :r ] ; sh:class :C ] .",
    "oneOrMore": ":S sh:property [ sh:path [ sh:oneOrMorePath :r ] ; sh:class :C ] .",
    "zeroOrOne": ":S sh:property [ sh:path [ sh:zeroOrOnePath :r ] ; sh:class :C ] .",
    "mixed path": ":S sh:property [ sh:path ( [ sh:zeroOrMorePath [ sh:alternativePath ( :r :n ) ] ] :p ) ; sh:maxCount 1 ] .",
    "several at once": """:S sh:property [ sh:path :p ; sh:minCount 1 ; sh:datatype xsd:integer ; sh:maxCount 1 ; sh:in ( 1 5 ) ] ;
        sh:nodeKind sh:IRI ; sh:property :Shared . :Shared sh:path :t ; sh:minLength 3 ; sh:minCount 1 .""",
    **{
        f"nodeKind {kind}": f":S sh:property [ sh:path [ sh:alternativePath ( :p :r :n ) ] ; sh:nodeKind sh:{kind} ] ."
        for kind in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
    },
}
TARGETS = {
    "class": ":S sh:targetClass :A .",
    "classes": ":S sh:targetClass :A , :B , :C .",
    "node": ":S sh:targetNode :a , :nowhere , 'text' .",
    "subjects": ":S sh:targetSubjectsOf :r .",
    "objects": ":S sh:targetObjectsOf :r .",
    "objects and class": ":S sh:targetObjectsOf :n ; sh:targetClass :Mid .",
    "implicit": ":S a owl:Class .",
}


def triples(turtle: str) -> list[Triple]:
    return [
        quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    ]


def shapes_file(folder: Path, turtle: str, name: str = "shapes.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def both(shapes: Path, data: list[Triple], background: list[Triple] | None = None) -> tuple[Report, Report]:
    fast = Validator([shapes], background or [], engine="compiled").validate(data)
    slow = Validator([shapes], background or [], engine="reference").validate(data)
    return fast, slow


def core(report: Report) -> set[tuple[object, ...]]:
    return {(f.focus, f.path, f.component, f.value, f.message, f.severity, f.shape) for f in report.findings}


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_finds_what_pyshacl_finds(constraint: str, tmp_path: Path) -> None:
    data = triples(NODES)
    for target in ("classes", "node", "objects"):
        shapes = shapes_file(tmp_path, f":S a sh:NodeShape . {TARGETS[target]} {CONSTRAINTS[constraint]}")
        fast, slow = both(shapes, data)
        assert fast == slow, target


def test_the_cases_above_plant_violations(tmp_path: Path) -> None:
    data, silent = triples(NODES), []
    for name, constraint in CONSTRAINTS.items():
        shapes = shapes_file(tmp_path, f":S a sh:NodeShape . {TARGETS['classes']} {constraint}")
        if Validator([shapes], engine="compiled").validate(data).conforms:
            silent.append(name)
    assert silent == ["minCount zero", "closed not", "deactivated", "deactivated part", "deactivated in or"]


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_finds_the_same_focus_nodes(target: str, tmp_path: Path) -> None:
    shapes = shapes_file(
        tmp_path, f":S a sh:NodeShape ; sh:class :Z ; sh:nodeKind sh:BlankNode . {TARGETS[target]}"
    )
    fast, slow = both(shapes, triples(NODES))
    assert fast == slow
    assert not fast.conforms


def test_a_message_is_the_shape_s_own_and_all_of_it(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {CONSTRAINTS['maxCount']}")
    fast, slow = both(shapes, triples(NODES))
    assert {finding.message for finding in fast.findings} == {"not so many\ntwo at most"}
    assert fast == slow


def test_a_blank_shape_is_named_by_the_shape_that_holds_it(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {CONSTRAINTS['minCount']}")
    assert {f.shape for f in both(shapes, triples(NODES))[0].findings} == {NamedNode(EX + "S")}


def test_stock_pyshacl_over_a_parsed_file_says_the_same(tmp_path: Path) -> None:
    import pyshacl
    import rdflib

    shapes = shapes_file(tmp_path, f"{TARGETS['classes']} {CONSTRAINTS['several at once']}")
    turtle = PREFIXES + ':x a :A ; :p 1 , 3 ; :t "no" . :y a :B ; :p "x" , :z . [] a :C .'
    fast = Validator([shapes], engine="compiled").validate(parse(turtle, format=RdfFormat.TURTLE))
    with quiet():
        _, graph, _ = pyshacl.validate(rdflib.Graph().parse(data=turtle), shacl_graph=str(shapes))
    sh = rdflib.SH
    theirs = sorted(
        (
            str(graph.value(r, sh.resultPath)),
            str(graph.value(r, sh.sourceConstraintComponent)),
            str(graph.value(r, sh.value) if not isinstance(graph.value(r, sh.value), rdflib.BNode) else ""),
        )
        for r in graph.objects(None, sh.result)
    )
    ours = sorted(
        (
            str(f.path),
            f.component.value,
            "" if isinstance(f.value, BlankNode) else getattr(f.value, "value", "None"),
        )
        for f in fast.findings
    )
    assert ours == theirs


UNKNOWN = {
    "sparql": ":S sh:sparql [ sh:message 'told by SPARQL' ; sh:select 'SELECT $this WHERE { $this <https://example.org/q> 2 }' ] .",
    "two datatypes beside": ":S sh:property [ sh:path :p ; sh:maxCount 1 ] ; sh:rule [ a sh:TripleRule ] .",
    "inverse of a sequence": ":S sh:property [ sh:path [ sh:inversePath [ sh:alternativePath ( :r :q ) ] ] ; sh:maxCount 0 ] .",
    "recursion": ":S sh:property [ sh:path :r ; sh:node :T ] . :T sh:property [ sh:path :zz ; sh:node :S ] ; sh:class :A .",
    "a target of another kind": ":S sh:class :Z ; sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?this WHERE {}' ] .",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_compiled_is_left_to_the_reference(name: str, tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {UNKNOWN[name]}")
    with pytest.raises(UnknownConstruct):
        Validator([shapes], engine="compiled")
    found = Validator([shapes], engine="auto").validate(triples(NODES))
    assert found == Validator([shapes], engine="reference").validate(triples(NODES))
    assert not found.conforms
    if name == "sparql":
        assert {finding.message for finding in found.findings} == {"told by SPARQL"}


BROKEN = {
    "two datatypes": ":S sh:property [ sh:path :p ; sh:datatype xsd:integer , xsd:string ] .",
    "a count that is no number": ":S sh:property [ sh:path :p ; sh:minCount 'one' ] .",
    "a count on a node shape": ":S sh:minCount 1 .",
    "a shape that is nowhere a property shape": ":S sh:property :T . :T sh:class :A .",
    "no regular expression": ":S sh:property [ sh:path :p ; sh:pattern '(' ] .",
    "a node shape with a path": ":S a sh:NodeShape ; sh:path :p ; sh:class :A .",
    "a list of no shapes": ":S sh:or () .",
    "an unknown node kind of shape": ":S sh:property [ a sh:PropertyShape ; sh:class :A ] .",
    "ignored but not closed": ":S sh:ignoredProperties ( :p ) .",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_shapes_are_an_error_and_never_silence(name: str, tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {BROKEN[name]}")
    with pytest.raises(ReferenceFailed, match="shapes"):
        Validator([shapes]).validate(triples(NODES))


def test_where_pyshacl_stumbles_the_fast_engine_answers(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} :S sh:property [ sh:path :p ; sh:lessThan :q ] .")
    data = triples(":x a :A ; :p [] ; :q 2 .")
    with pytest.raises(ReferenceFailed):
        Validator([shapes], engine="reference").validate(data)
    assert len(Validator([shapes], engine="auto").validate(data).findings) == 1


def test_only_the_focus_nodes_asked_for(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {CONSTRAINTS['minCount']}")
    found = Validator([shapes]).validate(triples(NODES), focus=[NamedNode(EX + "d")])
    assert [finding.focus.value for finding in found.findings] == [EX + "d"]


# --- literals ---------------------------------------------------------------------------------------------

XSD = "http://www.w3.org/2001/XMLSchema#"
LEXICAL = st.one_of(
    st.sampled_from(
        [
            "1",
            "+1",
            "-0",
            "007",
            "1.0",
            ".5",
            "5.",
            "1e3",
            "INF",
            "NaN",
            "true",
            "TRUE",
            "0",
            "yes",
            "2024-02-29",
            "2023-02-29",
            "2024-1-1",
            "0000-01-01",
            "2024-02-01Z",
            "-2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01T24:00:00",
            "2024-01-01T10:00:00Z",
            "2024-01-01T10:00:00.5+02:00",
            "2024-01-01T10:00:60",
            "10:00:00",
            "2024",
            "2024-05",
            "P1D",
            "abcd",
            "ab",
        ]
    ),
    st.text(alphabet="0123456789-+.:TZe", max_size=12),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
)
DATATYPES = [
    "integer",
    "decimal",
    "double",
    "float",
    "boolean",
    "date",
    "dateTime",
    "time",
    "gYear",
    "gYearMonth",
    "nonNegativeInteger",
    "positiveInteger",
    "int",
    "byte",
    "string",
    "anyURI",
    "duration",
]


@settings(deadline=None, max_examples=300)
@given(LEXICAL, st.sampled_from(DATATYPES))
def test_a_literal_is_well_formed_when_pyshacl_takes_it(lexical: str, name: str) -> None:
    import rdflib
    from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent as Component

    with quiet():
        theirs = rdflib.Literal(lexical, datatype=rdflib.URIRef(XSD + name), normalize=False)
    taken = theirs.ill_typed is not True and Component._assert_actual_datatype(None, theirs, theirs.datatype)
    assert well_formed(lexical, XSD + name) == taken


LITERALS = st.one_of(
    st.tuples(LEXICAL, st.sampled_from(DATATYPES)).map(
        lambda pair: Literal(pair[0], datatype=NamedNode(XSD + pair[1]))
    ),
    st.tuples(LEXICAL, st.sampled_from(["en", "uk"])).map(lambda pair: Literal(pair[0], language=pair[1])),
    LEXICAL.map(lambda text: Literal(text, datatype=NamedNode(EX + "edtf"))),
)


@settings(deadline=None, max_examples=300)
@given(LITERALS, LITERALS)
def test_literals_are_in_the_order_that_pyshacl_has_them(one: Literal, other: Literal) -> None:
    from pyshacl.rdfutil.compare import compare_literal

    with quiet():
        theirs, bound = _to_rdflib(one), _to_rdflib(other)
        try:
            order = compare_literal(theirs, bound)
        except (TypeError, NotImplementedError, ArithmeticError):
            order = None
        if isinstance(theirs.value, str) != isinstance(bound.value, str):
            order = None
    for holds in (operator.lt, operator.le, operator.gt, operator.ge):
        assert compare(one, other, holds) == (order is not None and holds(order, 0))


# --- random graphs ----------------------------------------------------------------------------------------

NAMES = [NamedNode(EX + name) for name in ("a", "b", "c", "A", "B", "x")]
PREDICATES = [NamedNode(EX + name) for name in ("p", "q", "r", "t")]
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
VALUES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from([BlankNode("b1"), BlankNode("b2")]),
    st.sampled_from(["", "x", "long text", "1"]).map(Literal),
    st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(["en", "en-gb", "uk"])).map(
        lambda pair: Literal(pair[0], language=pair[1])
    ),
    st.tuples(LEXICAL, st.sampled_from(DATATYPES)).map(
        lambda pair: Literal(pair[0], datatype=NamedNode(XSD + pair[1]))
    ),
)
TRIPLES = st.one_of(
    st.builds(Triple, st.sampled_from([*NAMES, BlankNode("b1")]), st.sampled_from(PREDICATES), VALUES),
    st.builds(Triple, st.sampled_from(NAMES[:4]), st.just(RDF_TYPE), st.sampled_from(NAMES[3:])),
    st.builds(Triple, st.sampled_from(NAMES[3:]), st.just(SUBCLASS), st.sampled_from(NAMES[3:])),
)


@settings(deadline=None, max_examples=120)
@given(
    st.lists(TRIPLES, max_size=25, unique=True),
    st.lists(st.sampled_from(list(CONSTRAINTS)), min_size=1, max_size=3, unique=True),
    st.sampled_from(list(TARGETS)),
)
def test_random_graphs(
    tmp_path_factory: pytest.TempPathFactory, data: list[Triple], chosen: list[str], target: str
) -> None:
    folder = tmp_path_factory.mktemp("shapes")
    files = [
        shapes_file(folder, f"{CONSTRAINTS[name]} {TARGETS[target]}".replace(":S ", f":S{i} "), f"{i}.ttl")
        for i, name in enumerate(chosen)
    ]
    fast = Validator(files, engine="compiled").validate(data)
    try:
        slow = Validator(files, engine="reference").validate(data)
    except ReferenceFailed:
        assume(False)
    assert fast == slow


# --- file by file -----------------------------------------------------------------------------------------

DOMAIN = """
:Item a sh:NodeShape ; sh:targetClass :A ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path :p ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:message "one number" ] ,
        [ sh:path :r ; sh:minCount 1 ; sh:class :Party ; sh:node :Named ] ,
        [ sh:path ( :r :label ) ; sh:uniqueLang true ] , [ sh:path :t ; sh:lessThan :u ; sh:severity sh:Warning ] .
:Named a sh:NodeShape ; sh:targetClass :Party ; sh:property [ sh:path :label ; sh:minCount 1 ] .
:Reached a sh:NodeShape ; sh:targetObjectsOf :r ; sh:nodeKind sh:IRI ; sh:class :Party .
:Special a sh:NodeShape ; sh:targetNode :item0 , :item1 , :never , :p1 ; sh:property [ sh:path :p ; sh:minInclusive 2 ; sh:minCount 1 ] .
:Pointing a sh:NodeShape ; sh:targetSubjectsOf :t ; sh:property [ sh:path :t ; sh:maxLength 3 ] .
"""
BACKGROUND = """
:State rdfs:subClassOf :Party . :p0 a :State ; :label "nought"@en . :p1 a :Party ; :label "one"@en , "uno"@en .
:p2 a :Party . :thing :label "no party" .
"""
LINES = st.lists(
    st.sampled_from(
        [
            "a :A",
            ":p 1",
            ":p 2",
            ":p '1'",
            ":p 3.5",
            ":r :p0",
            ":r :p1",
            ":r :p2",
            ":r :thing",
            ":r :gone",
            ":r 'text'",
            ":t 'a'",
            ":t 'zebra'",
            ":u 'b'",
            ":x :p0",
        ]
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(LINES, max_size=3), min_size=1, max_size=3),
    st.sampled_from(["compiled", "reference", "auto"]),
)
def test_files_one_by_one_find_what_one_graph_does(
    tmp_path_factory: pytest.TempPathFactory, contents: list[list[list[str]]], engine: str
) -> None:
    folder = tmp_path_factory.mktemp("files")
    shapes, behind = shapes_file(folder, DOMAIN), shapes_file(folder, BACKGROUND, "background.ttl")
    files, number = [], 0
    for place, content in enumerate(contents):
        blocks = []
        for lines in content:
            blocks.append(f":item{number} :in :file ; {' ; '.join(lines)} ." if lines else "")
            number += 1
        files.append(shapes_file(folder, "\n".join(blocks), f"{place}.ttl"))
    found = validate_files(files, [shapes], [behind], engine=engine)  # type: ignore[arg-type]
    whole = [triple for file in (*files, behind) for triple in read(file)]
    assert core(found) == core(reference_report(whole, ShapesGraph(read(shapes))))
    assert all(finding.file in (*files, behind, None) for finding in found.findings)


BACKWARDS = {
    "each that points to it": ":S sh:targetNode :p1 , :gone ; sh:property [ sh:path [ sh:inversePath :r ] ; sh:class :Z ;"
    " sh:property [ sh:path ( :r :label ) ; sh:maxCount 1 ] ] .",
    "from a class": ":S sh:targetClass :Party ; sh:property [ sh:path ( [ sh:inversePath :r ] :p ) ; sh:maxInclusive 1 ] .",
    "how many point to it": ":S sh:targetClass :Party ; sh:property [ sh:path [ sh:inversePath :r ] ; sh:minCount 1 ; sh:maxCount 2 ] .",
    "nobody may point to it": ":S sh:targetClass :Party ; sh:not [ sh:property [ sh:path [ sh:inversePath :r ] ; sh:minCount 1 ] ] .",
    "there and back": ":S sh:targetClass :A ; sh:property [ sh:path ( :r [ sh:inversePath :r ] ) ; sh:maxCount 1 ] .",
    "back in a value": ":S sh:targetClass :A ; sh:property [ sh:path :r ; sh:node [ sh:property"
    " [ sh:path [ sh:inversePath :r ] ; sh:nodeKind sh:BlankNode ] ] ] .",
    "back again and again": ":S sh:targetClass :A ; sh:property [ sh:path [ sh:zeroOrMorePath [ sh:alternativePath"
    " ( :r [ sh:inversePath :r ] ) ] ] ; sh:maxCount 3 ] .",
    "within the file": ":S sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :own ] ; sh:maxCount 0 ] .",
}


@pytest.mark.parametrize("name", BACKWARDS)
def test_shapes_that_look_back_find_what_they_find_in_one_graph(name: str, tmp_path: Path) -> None:
    shapes, behind = (
        shapes_file(tmp_path, BACKWARDS[name]),
        shapes_file(tmp_path, BACKGROUND, "background.ttl"),
    )
    files = [
        shapes_file(
            tmp_path, f":item{i} a :A ; :p {i} ; :r :p0 , :p{i % 3} ; :own :item{i} , :more{i} .", f"{i}.ttl"
        )
        for i in range(4)
    ]
    whole = [triple for file in (*files, behind) for triple in read(file)]
    found = validate_files(files, [shapes], [behind], engine="compiled")
    assert core(found) == core(reference_report(whole, ShapesGraph(read(shapes))))
    assert not found.conforms


def test_only_shapes_that_count_what_points_out_of_a_file_bind_files_together(tmp_path: Path) -> None:
    def local(name: str, turtle: str) -> bool:
        program = Validator([shapes_file(tmp_path, BACKWARDS[name])], engine="compiled").program
        return program is not None and program.is_local(by_subject(triples(turtle)))

    assert local("each that points to it", ":x :r :p1 .")
    assert not local("how many point to it", ":x :r :p1 .")
    assert local("how many point to it", ":x :q :p1 .")
    assert local("within the file", ":x :own :x .")


def corpus(folder: Path, files: int = 8) -> list[Path]:
    folder.mkdir(exist_ok=True)
    return [
        shapes_file(
            folder,
            f":item{i} a :A ; :p {i} ; :r :p0 .\n:more{i} a :A ;\n    :p 'x' ; :r :p{i % 4} .",
            f"{i}.ttl",
        )
        for i in range(files)
    ]


def test_two_workers_find_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_WORTH_WORKERS", 0)
    monkeypatch.setattr(bulk, "_CHUNK", 400)
    shapes, behind = shapes_file(tmp_path, DOMAIN), shapes_file(tmp_path, BACKGROUND, "background.ttl")
    files = corpus(tmp_path / "sources")
    seen: list[tuple[int, int]] = []
    one = validate_files(files, [shapes], [behind], engine="compiled", jobs=1)
    two = validate_files(
        files, [shapes], [behind], engine="compiled", jobs=2, progress=lambda *done: seen.append(done)
    )
    assert one.findings == two.findings
    assert [(f.file, f.line) for f in one.findings] == [(f.file, f.line) for f in two.findings]
    assert seen[-1] == (8, 8)


def test_what_a_killed_worker_leaves_is_judged_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_WORTH_WORKERS", 0)
    monkeypatch.setattr(bulk, "_CHUNK", 1)
    judge, parent, files = bulk._Job.judge, os.getpid(), corpus(tmp_path / "sources")

    def killed(job: bulk._Job, chunk: Sequence[Path]) -> bulk.Outcome:
        if os.getpid() != parent and files[3] in chunk:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(job, chunk)

    whole = validate_files(files, [shapes_file(tmp_path, DOMAIN)], engine="compiled", jobs=1)
    monkeypatch.setattr(bulk._Job, "judge", killed)
    found = validate_files(files, [shapes_file(tmp_path, DOMAIN)], engine="compiled", jobs=2)
    assert whole.findings and found.findings == whole.findings


def test_each_finding_names_its_file_and_line(tmp_path: Path) -> None:
    shapes, behind = shapes_file(tmp_path, DOMAIN), shapes_file(tmp_path, BACKGROUND, "background.ttl")
    files = corpus(tmp_path / "sources", 1)
    for engine in ("compiled", "reference"):
        found = validate_files(files, [shapes], [behind], engine=engine)
        places = {
            (f.focus.value, f.file, f.line)
            for f in found.findings
            if not isinstance(f.focus, Literal | Triple)
        }
        assert (EX + "more0", files[0], 9) in places
        assert (EX + "p2", behind, 10) in places
        assert (EX + "never", None, None) in places


def test_the_background_can_be_left_unjudged(tmp_path: Path) -> None:
    shapes, behind = shapes_file(tmp_path, DOMAIN), shapes_file(tmp_path, BACKGROUND, "background.ttl")
    files = corpus(tmp_path / "sources", 2)
    for engine in ("compiled", "reference"):
        found = validate_files(files, [shapes], [behind], engine=engine, judge_background=False)
        assert {finding.file for finding in found.findings} == set(files)


def test_a_validator_leaves_the_background_s_findings_out(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, DOMAIN)
    for engine in ("compiled", "reference"):
        validator = Validator([shapes], triples(BACKGROUND), engine=engine)
        found = validator.validate(triples(":it a :A ; :p 1 ; :r :p0 , :p2 ."))
        assert {(f.focus.value, f.path) for f in found.findings} == {(EX + "it", EX + "r")}
        assert EX + "p2" in {finding.focus.value for finding in validator.background_report.findings}


@pytest.mark.parametrize(
    "turtle",
    [
        ":nameless a :New . :New rdfs:subClassOf :Party .",
        ":State rdfs:subClassOf :A .",
        ":p0 a :A ; :p 1 ; :label 'more'@en .",
    ],
)
def test_a_file_may_add_classes_and_say_more_of_background_nodes(turtle: str, tmp_path: Path) -> None:
    shapes, behind, data = shapes_file(tmp_path, DOMAIN), triples(BACKGROUND), triples(turtle)
    fast, slow = both(shapes, data, behind)
    assert core(fast) == core(slow)
    assert not fast.conforms


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_is_no_turtle(tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_WORTH_WORKERS", 0)
    monkeypatch.setattr(bulk, "_CHUNK", 1)
    files = corpus(tmp_path / "sources", 4)
    files[2].write_text(PREFIXES + ":a :b oops .")
    with pytest.raises(SyntaxFault) as caught:
        validate_files(files, [shapes_file(tmp_path, DOMAIN)], engine="compiled", jobs=jobs)
    assert (caught.value.where, caught.value.line, caught.value.column) == (files[2], 8, 7)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="gone.ttl"):
        validate_files([tmp_path / "gone.ttl"], [shapes_file(tmp_path, DOMAIN)])


def test_shapes_that_are_not_compiled_are_judged_over_all_files(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {UNKNOWN['sparql']}")
    files = [shapes_file(tmp_path, f":x{i} a :A ; :q {i} .", f"{i}.ttl") for i in range(4)]
    found = validate_files(files, [shapes])
    assert [(f.focus.value, f.file) for f in found.findings] == [(EX + "x2", files[2])]


# --- places and reports -----------------------------------------------------------------------------------

TEXT = """@base <https://example.org/doc> .
@prefix : <https://example.org/> .
PREFIX more: <https://example.org/more/>

<#char=0,5> :of <> ; :names :a-b , more:x .
:a :p :b .
:a-b :p :a .
<https://example.org/full> :p more:x .
more:x :p "see :b2" .
"""


@pytest.mark.parametrize(
    ("iri", "line"),
    [
        ("doc#char=0,5", 5),
        ("a", 6),
        ("b", 6),
        ("a-b", 7),
        ("full", 8),
        ("more/x", 9),
        ("doc", 5),
        ("nowhere", None),
    ],
)
def test_a_node_is_located_where_it_is_written(iri: str, line: int | None, tmp_path: Path) -> None:
    file = tmp_path / "file.ttl"
    file.write_text(TEXT)
    assert locate(file, NamedNode(EX + iri)) == line


def test_what_cannot_be_located(tmp_path: Path) -> None:
    assert locate(tmp_path / "gone.ttl", NamedNode(EX + "a")) is None
    file = tmp_path / "file.ttl"
    file.write_text(TEXT)
    assert locate(file, Literal("see :b2")) is None


def test_a_report_is_the_same_bytes_every_time_and_without_blank_nodes(tmp_path: Path) -> None:
    shapes = shapes_file(
        tmp_path, f"{TARGETS['class']} {CONSTRAINTS['sequence']} {CONSTRAINTS['node at focus']}"
    )
    data = [triple for triple in triples(NODES) if not isinstance(triple.subject, BlankNode)]
    first, second = (Validator([shapes], engine="compiled").validate(part) for part in (data, data[::-1]))
    assert first.to_turtle() == second.to_turtle()
    assert first.to_json() == second.to_json()
    read_back = list(parse(first.to_turtle(), format=RdfFormat.TURTLE))
    assert not any(isinstance(term, BlankNode) for quad in read_back for term in (quad.subject, quad.object))
    results = [quad for quad in read_back if quad.predicate.value.endswith("#result")]
    assert len(results) == len(first.findings) > 0


def test_a_report_for_programs(tmp_path: Path) -> None:
    shapes = shapes_file(tmp_path, f"{TARGETS['class']} {CONSTRAINTS['maxCount zero']}")
    file = shapes_file(tmp_path, ":x a :A ; :r :y .", "x.ttl")
    content = json.loads(validate_files([file], [shapes]).to_json())
    assert content["conforms"] is False
    assert content["findings"] == [
        {
            "file": file.as_posix(),
            "line": 8,
            "focus": EX + "x",
            "passage": None,
            "path": EX + "r",
            "value": None,
            "message": "more values than 0",
            "severity": "Warning",
            "component": "MaxCountConstraintComponent",
            "shape": EX + "S",
        }
    ]


def test_a_report_of_nothing_conforms(tmp_path: Path) -> None:
    empty = Validator([shapes_file(tmp_path, DOMAIN.replace(":never , ", ""))], triples(BACKGROUND)).validate(
        []
    )
    assert empty == Report() and empty.conforms
    assert json.loads(empty.to_json()) == {"conforms": True, "findings": []}
    assert "ValidationReport" in empty.to_turtle()


def test_findings_are_equal_wherever_they_stand() -> None:
    node = NamedNode(EX + "x")
    one = Finding(node, None, node, None, "", node, node, Path("a.ttl"), 1)
    assert one == Finding(node, None, node, None, "", node, node)


def test_the_fast_engine_imports_neither_rdflib_nor_pyshacl(tmp_path: Path) -> None:
    shapes, file = (
        shapes_file(tmp_path, DOMAIN),
        shapes_file(tmp_path, ":x a :A ; :p 1 ; :t 'a' ; :u 'b' .", "x.ttl"),
    )
    code = (
        "import sys; from pathlib import Path; from pactgraph.validation import validate_files\n"
        f"validate_files([Path({str(file)!r})], [Path({str(shapes)!r})], engine='compiled')\n"
        "print(sorted({'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
