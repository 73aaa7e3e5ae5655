"""URL text fragments: a link that opens a page at a passage, `#:~:text=[prefix-,]start[,end][,-suffix]`.

Follows the WICG draft, https://wicg.github.io/scroll-to-text-fragment/. This module is the syntax;
`rendering` finds what a fragment means in a text, `locator` makes one for a passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from pactgraph.errors import SyntaxFault, UsageError

_DELIMITER = ":~:"
_TEXT = "text="
_EXPLICIT = "!$'()*+./:;=?@_~"


@dataclass(frozen=True, slots=True)
class TextFragment:
    """The four terms of a text directive, as words, not percent-encoded.

    https://wicg.github.io/scroll-to-text-fragment/#text-directives

    Raises UsageError for an empty term: a term that is not wanted is None.
    """

    start: str
    end: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    def __post_init__(self) -> None:
        if "" in (self.start, self.end, self.prefix, self.suffix):
            raise UsageError("a text fragment has no empty terms; leave out the term")

    def __str__(self) -> str:
        return write(self)


def write(fragment: TextFragment) -> str:
    """The directive `text=…`; `parse` undoes it.

    Everything but the draft's TextDirectiveExplicitChar is percent-encoded as UTF-8, so `-`, `,` and `&` too:
    https://wicg.github.io/scroll-to-text-fragment/#fragment-directive-grammar
    """
    terms = (
        f"{_encode(fragment.prefix)}-" if fragment.prefix else None,
        _encode(fragment.start),
        _encode(fragment.end) if fragment.end else None,
        f"-{_encode(fragment.suffix)}" if fragment.suffix else None,
    )
    return _TEXT + ",".join(term for term in terms if term is not None)


def parse(directive: str) -> TextFragment:
    """The fragment of a directive `text=…`; raises SyntaxFault where the draft's parser returns null.

    https://wicg.github.io/scroll-to-text-fragment/#parse-a-text-directive
    """
    if not directive.startswith(_TEXT) or "&" in directive:
        raise _malformed(directive, "it is not one text= directive")
    terms = directive.removeprefix(_TEXT).split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else None
    suffix = terms.pop()[1:] if terms and terms[-1].startswith("-") else None
    if not 1 <= len(terms) <= 2:
        raise _malformed(directive, "it needs a start, at most one end, and one context at each side")
    start, end = terms[0], terms[1] if len(terms) == 2 else None
    if any(term == "" or "-" in (term or "") for term in (prefix, start, end, suffix)):
        raise _malformed(directive, "a term is empty or has a bare hyphen (write %2D)")
    return TextFragment(unquote(start), _decode(end), _decode(prefix), _decode(suffix))


def link(url: str, fragment: TextFragment) -> str:
    """The address that opens `url` at the fragment. An `#id` stays; a directive already there is replaced."""
    page, _, name = url.partition("#")
    return f"{page}#{name.partition(_DELIMITER)[0]}{_DELIMITER}{write(fragment)}"


def from_link(url: str) -> list[TextFragment]:
    """The text fragments of an address, in order; other and malformed directives are passed over, as the
    draft does.

    https://wicg.github.io/scroll-to-text-fragment/#parse-the-fragment-directive
    """
    fragments = []
    for directive in url.partition("#")[2].partition(_DELIMITER)[2].split("&"):
        try:
            fragments.append(parse(directive))
        except SyntaxFault:
            continue
    return fragments


def _encode(term: str) -> str:
    return quote(term, safe=_EXPLICIT).replace("-", "%2D")


def _decode(term: str | None) -> str | None:
    return None if term is None else unquote(term)


def _malformed(directive: str, reason: str) -> SyntaxFault:
    return SyntaxFault(
        f"“{directive}” is no text fragment: {reason}", hint="Write text=[prefix-,]start[,end][,-suffix]."
    )
