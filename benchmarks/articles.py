"""Generated articles of the length of a short news story, each another one, the same on every machine."""

from __future__ import annotations

from pathlib import Path
from random import Random

STATES = "Albania Belgium Bulgaria Canada Croatia Denmark Estonia Finland France Germany Greece Iceland Ireland".split()
PLACES = "Kyiv Paris Berlin Brussels Lisbon Madrid Prague".split()
MONTHS = "January February March April May June July August September October November December".split()
SENTENCES = (
    "Ukraine signed a bilateral security agreement with {a} in {place} on {day} {month} 2024.",
    "President of Ukraine Volodymyr Zelensky said that similar agreements with {b} and {c} could be signed in {month}.",
    "The agreement covers military aid, energy and reconstruction.",
    "Under the agreement, {a} will provide at least {n} million euros in {year}.",
    "Ukraine has already signed {n} security agreements, including with {a}, {b} and {c}.",
    "{b} joined the G7 Joint Declaration, adopted in Vilnius on July 12, 2023.",
    "Negotiations with {c} began in {month}, the Office of the President announced on Monday.",
    "The weather in {place} was fine, and the delegations had lunch at the town hall afterwards.",
    "“We are moving towards a good text,” the head of the delegation told reporters in {place}.",
    "It was raining when the motorcade left, and few people stood along the road to see it pass.",
    "The teams of Ukraine and {b} held the {nth} round of talks on {day} {month}.",
    "Nobody could say on Tuesday whether the parliament of {c} would vote on the text before the summer.",
)


def write_articles(folder: Path, number: int) -> list[Path]:
    """Writes so many articles of about 2,500 characters."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder / f"article-{nth:05}.txt", Random(nth)) for nth in range(number)]


def _written(path: Path, chance: Random) -> Path:
    day, month = chance.randint(1, 28), chance.choice(MONTHS)
    lines = [
        f"Ukraine and {chance.choice(STATES)} speak of security",
        f"By A. Writer, {day} {month} 2024",
        "",
    ]
    for _ in range(9):
        lines += [" ".join(_sentence(chance) for _ in range(3)), ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _sentence(chance: Random) -> str:
    a, b, c = chance.sample(STATES, 3)
    return chance.choice(SENTENCES).format(
        a=a,
        b=b,
        c=c,
        place=chance.choice(PLACES),
        month=chance.choice(MONTHS),
        day=chance.randint(1, 28),
        n=chance.randint(2, 30),
        nth=chance.choice(("first", "second", "third")),
        year=chance.choice((2024, 2025)),
    )
