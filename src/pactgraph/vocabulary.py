"""The namespaces of the graph, closed to misspelling, and the minting of its IRIs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

ONTOLOGY: Final = "https://w3id.org/pactgraph/ontology#"
ID: Final = "https://w3id.org/pactgraph/id/"


class Namespace:
    """A namespace and the terms of it that the code may name; any other name raises AttributeError."""

    def __init__(self, base: str, terms: str) -> None:
        self.base = base
        self.__dict__ |= {term: NamedNode(base + term) for term in terms.split()}

    def __getattr__(self, term: str) -> NamedNode:
        """Only asked for what is not there."""
        raise AttributeError(f"{term} is not a term of {self.base}")


PACT: Final = Namespace(
    ONTOLOGY,
    "About Affirmed AgainstOwnList Agreement AheadOfData Amount AtLeast AtMost AuditRun Body CalledOff "
    "CameAbout ChangeDifference Claim ClaimProperty Coarser Compact Conflict ConflictType Contested "
    "Count CountFinding CoverageFinding Declaration DenialConflict Denied Deprecated Direct Early Event "
    "ExactCount Factual Field Finding Finest Flag GivenInterview Indirect Inferred Late ListConflict Met "
    "Missed Mixed NoDate NoPlace NoSignatory NoTerm NoText Normal OffOrDenied Office OfficeConflict Official "
    "OneOrigin OneWayProperty Origin OriginKind OtherScope OtherWindow Outweighed Outweighing OwnVoice "
    "Pact PactGroup Party PartyGroup Place PlaceConflict PlanConflict Pledged PrecisionDifference "
    "Preferred PromiseFinding Proposition PublishedArticle Publisher Refuted ScaleConflict "
    "ScopeDifference ScopeProperty Side Stage StageConflict StaleCount State StillOpen SuspectOffice "
    "SuspectScale Unchecked UnclearWhen Undated Unexplained UnitDifference Unrivalled Untold "
    "ValueConflict WireReport Worth acceptedFrom acceptedUntil actsFor adoptedAt adoptedIn adoptedOn "
    "alsoAt among amount asOf asPrinted bound by cameAboutOn capture code comesOnce concludedBy "
    "condition confidence conflictType counts countsBy countsOnly countsStage countsTogether cue "
    "dateBasis declaredBy demonym dissentedBy domain earliest evaluatedFor excludes expectedSigning "
    "field flag follows headlineBasis heldIn heldOn holder holdsOffice howMany hub impliesStage inGroup "
    "independentOf joined judges kind knownFrom lacksStage latest limits mayInclude member memberOf membersJoined "
    "metonym missing modality neverFalls occasion office on order origin originKind page party passage "
    "per period polarity property proposition quotation rank reachedStage reason recipient recordedOn "
    "reportedCount resolvedFrom rule side signedAt signedBy signedIn signedOn speaker statedOn "
    "supportedBy supportsFacts term text through unit validDuring validUntil verdict witnesses",
)
RDF: Final = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "Statement langString object predicate reifies subject type value",
)
RDFS: Final = Namespace(
    "http://www.w3.org/2000/01/rdf-schema#",
    "comment domain label range subClassOf subPropertyOf",
)
OWL: Final = Namespace(
    "http://www.w3.org/2002/07/owl#",
    "FunctionalProperty",
)
SKOS: Final = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "altLabel broader closeMatch definition exactMatch hiddenLabel inScheme prefLabel",
)
PROV: Final = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity Agent SoftwareAgent hadMember wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy wasRevisionOf",
)
OA: Final = Namespace(
    "http://www.w3.org/ns/oa#",
    "FragmentSelector SpecificResource TextPositionSelector TextQuoteSelector end exact hasSelector hasSource "
    "start",
)
DCTERMS: Final = Namespace(
    "http://purl.org/dc/terms/",
    "conformsTo created creator date description license",
)
NP: Final = Namespace(
    "http://www.nanopub.org/nschema#",
    "Nanopublication hasAssertion hasProvenance hasPublicationInfo",
)
NPX: Final = Namespace(
    "http://purl.org/nanopub/x/",
    "hasAlgorithm hasPublicKey hasSignature hasSignatureTarget introduces",
)
SCHEMA: Final = Namespace(
    "https://schema.org/",
    "NewsArticle Person WebPage abstract birthDate containedInPlace currency datePublished endDate "
    "headline inLanguage maxValue minValue position publisher sha256 softwareVersion startDate url "
    "value",
)
XSD: Final = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "boolean date dateTime decimal integer nonNegativeInteger string",
)
EDTF: Final = NamedNode("http://id.loc.gov/datatypes/edtf")
"""The datatype of Extended Date/Time Format literals, https://www.loc.gov/standards/datetime/."""

PREFIXES: Final[dict[str, str]] = {
    **{
        kind: f"{ID}{kind}/"
        for kind in (
            "body claim conflict event finding group measure office official origin party person place publisher run side source tenure unit"
            " value"
        ).split()
    },
    "pactid": f"{ID}pact/",
    "prop": f"{ID}proposition/",
    "pact": ONTOLOGY,
    "dcterms": "http://purl.org/dc/terms/",
    "loc": "http://id.loc.gov/datatypes/",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of everything that is written; a file declares those it uses."""

DIGEST_LENGTH: Final = 20
"""Hexadecimal digits of a minted IRI: 80 bits, so a clash among a million claims has odds of about 1 in 10^12."""


def digest(parts: Iterable[str]) -> str:
    """The hexadecimal digest that names a node by its parts; each part stands on a line of its own."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:DIGEST_LENGTH]


def mint(kind: str, parts: Iterable[str]) -> NamedNode:
    """The IRI of a claim, proposition or value node: a hash of what it says and of nothing else."""
    return NamedNode(f"{ID}{kind}/{digest(parts)}")


def graph_iri(path: str) -> NamedNode:
    """The named graph of one file of data, or of one layer that the build derives (`facts`)."""
    return NamedNode(f"{ID}graph/{path}")


AUDITS: Final = graph_iri("audits")
FACTS: Final = graph_iri("facts")
INDEX: Final = graph_iri("index")
PROPOSITIONS: Final = graph_iri("propositions")
LINKS: Final = graph_iri("links")
ONTOLOGY_GRAPH: Final = graph_iri("ontology")


def shorten(iri: str) -> str:
    """The prefixed name of an IRI for people, or the IRI itself where no prefix fits."""
    fitting = [(base, prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    base, prefix = max(fitting, key=lambda item: len(item[0]))
    return f"{prefix}:{iri[len(base) :]}"


def expand(name: str) -> str | None:
    """The IRI behind a prefixed name (`pactid:x`), or None where the prefix is not ours."""
    prefix, separator, local = name.partition(":")
    return PREFIXES[prefix] + local if separator and prefix in PREFIXES else None
