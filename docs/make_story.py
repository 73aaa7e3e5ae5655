"""Writes the story of the data, data.md, and the pictures, timeline.svg, graph.svg and counts.svg, from the files in data/."""

from __future__ import annotations

from pathlib import Path

from story import tell

__all__ = ["main", "tell"]

HERE = Path(__file__).parent


def main() -> None:
    """Writes the page and its pictures."""
    for name, content in tell(HERE.parent).items():
        (HERE / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
