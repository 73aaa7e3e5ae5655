"""SPARQL text as tokens, so that a query can be judged and bound without reading inside its strings.

The terminals are those of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, their character classes
copied exactly: a token that is longer here than in the engine could hide a keyword from the gate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pactgraph.errors import SyntaxFault

_LETTERS = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_MARKS = r"\u00B7\u0300-\u036F\u203F-\u2040"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPED = r"\\[tbnrf\\\"']|" + _UCHAR
_CODEPOINT = re.compile(_UCHAR)


def _terminals(letters: str, marks: str) -> dict[str, str]:
    start, chars = f"A-Za-z{letters}_", rf"A-Za-z{letters}_0-9{marks}\-"
    escape = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
    prefix = rf"[A-Za-z{letters}](?:[{chars}.]*[{chars}])?"
    local = rf"(?:[{start}:0-9]|{escape})(?:(?:[{chars}.:]|{escape})*(?:[{chars}:]|{escape}))?"
    return {
        "space": r"[ \t\r\n]+|\#[^\r\n]*",
        "iri": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*>",
        "string": (
            rf"'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPED}))*'''"
            rf'|"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPED}))*"""'
            rf"|'(?:[^'\\\n\r]|{_ESCAPED})*'"
            rf'|"(?:[^"\\\n\r]|{_ESCAPED})*"'
        ),
        "variable": rf"[?$][{start}0-9][{start}0-9{marks}]*",
        "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
        "blank": rf"_:[{start}0-9](?:[{chars}.]*[{chars}])?",
        "name": rf"(?:{prefix})?:(?:{local})?",
        "number": r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
        "word": r"[A-Za-z_][A-Za-z0-9_]*",
        "open": r"<<\(|<<|[({\[]",
        "close": r"\)>>|>>|[)}\]]",
        "operator": r"\^\^|&&|\|\||!=|<=|>=|[-+*/|^!=<>?]",
        "mark": r"[.,;~]|\{\||\|\}",
    }


@cache
def _lexer(ascii_only: bool) -> re.Pattern[str]:
    """The terminals as one pattern; without the letters of the world it compiles five times faster."""
    terminals = _terminals("", "") if ascii_only else _terminals(_LETTERS, _MARKS)
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in terminals.items()))


@dataclass(frozen=True, slots=True)
class Token:
    """A terminal, its text, and where it begins in the text that was lexed (code points from 0)."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query without white space and comments; raises `SyntaxFault` where none fits."""
    pattern, position = _lexer(text.isascii()), 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            raise fault("this is not SPARQL", text, position)
        if match.lastgroup != "space":
            yield Token(str(match.lastgroup), match.group(), position)
        position = match.end()


def place(text: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of a code point offset."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def fault(message: str, text: str, position: int, hint: str | None = None) -> SyntaxFault:
    line, column = place(text, position)
    return SyntaxFault(
        message, where="query", line=line, column=column, hint=hint or pointer(text, line, column)
    )


def pointer(text: str, line: int, column: int) -> str:
    """The line of the fault with a caret under its place, cut to a window that fits a terminal."""
    source = [*text.split("\n"), ""][line - 1].replace("\t", " ").rstrip()
    begin = max(0, column - 40)
    return f"{source[begin : begin + 70]}\n  {' ' * (column - 1 - begin)}^"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A query whose code point escapes have been read, with the way back to where each was written."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """The offset in the query as written of an offset in the decoded text."""
        nearest = bisect_right(self.starts, position) - 1
        return self.origins[nearest] + position - self.starts[nearest]


def decode(text: str) -> Decoded:
    """Reads `\\uXXXX` everywhere, before the grammar applies.

    https://www.w3.org/TR/sparql11-query/#codepointEscape; engines differ: some decode only in strings and IRIs.
    """
    pieces: list[str] = []
    starts, origins, length, last = [0], [0], 0, 0
    for match in _CODEPOINT.finditer(text):
        pieces += [text[last : match.start()], _character(match, text)]
        length += match.start() - last + 1
        last = match.end()
        starts.append(length)
        origins.append(last)
    return Decoded("".join([*pieces, text[last:]]), tuple(starts), tuple(origins))


def _character(match: re.Match[str], text: str) -> str:
    code = int(match.group().lstrip("\\uU"), 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise fault("this escape names no character", text, match.start())
    return chr(code)
