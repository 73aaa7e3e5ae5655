"""The fast engine finds what pyshacl finds, on every construct, on random graphs and file by file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.errors import BadInput, SyntaxFault
from pactgraph.validation import Finding, Report, UnknownConstruct, Validator, bulk, locate, validate_files
from pactgraph.validation.literals import quiet, well_formed
from pactgraph.validation.reference import ReferenceFailed, reference_report
from pactgraph.validation.shapes import ShapesGraph
from pactgraph.validation.subjects import read

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
:e a :Sub ; :p 5 ; :s "same" , "other" ; :t "same", "different" .
:Sub rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :A . :B a rdfs:Class .
:f :p 1 ; :inv :a , :b .
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
    "lessThan nodes": ":S sh:property [ sh:path :inv ; sh:lessThan :inv ] .",
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
    **{f"nodeKind {kind}": f":S sh:property [ sh:path [ sh:alternativePath ( :p :r :n ) ] ; sh:nodeKind sh:{kind} ] ."
       for kind in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")},
}
TARGETS = {
    "class": ":S sh:targetClass :A .",
    "classes": ":S sh:targetClass :A , :B , :C .",
    "node": ":S sh:targetNode :a , :nowhere , 'text' .",
    "subjects": ":S sh:targetSubjectsOf :r .",
    "objects": ":S sh:targetObjectsOf :r .",
    "objects and class": ":S sh:targetObjectsOf :n ; sh:targetClass :Mid .",
    "implicit": ":S a rdfs:Class . :A rdfs:subClassOf :S .",
}

def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE, rename_blank_nodes=True)]

def shapes_file(folder: Path, turtle: str, name: str = "shapes.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path

def both(shapes: Path, data: list[Triple], background: list[Triple] | None = None) -> tuple[Report, Report]:
    fast = Validator([shapes], background or [], engine="compiled").validate(data)
    slow = Validator([shapes], background or [], engine="reference").validate(data)
    return fast, slow

def core(report: Report) -> set[tuple[object, ...]]:
    return {
        (f.focus, f.path, f.component, f.value, f.message, f.severity, f.shape)
        for f in report.findings
    }

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
