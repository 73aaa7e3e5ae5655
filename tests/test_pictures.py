"""Pictures: marks where their days lie, words that do not touch, nothing that harms, nothing half written."""

from __future__ import annotations

import html.parser
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Triple

import pactgraph
from pactgraph.building import build
from pactgraph.cli import main
from pactgraph.dates import parse
from pactgraph.errors import BAD_INPUT, FINE, USAGE, UsageError
from pactgraph.pages import Clock
from pactgraph.pictures import Picture, draw_graph, draw_timeline, form_of, graph, timeline
from pactgraph.pictures.axis import Axis, spanning
from pactgraph.pictures.drawing import ROWS
from pactgraph.pictures.lettering import SIZE, clean, cut, width, wrapped
from pactgraph.project import Project
from pactgraph.store import Store, open_store
from pactgraph.vocabulary import PACT
from small_project import built
from small_world import SmallWorld, day, pact

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
MAY = date(2024, 5, 1)
DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))
HOSTILE = '</text><script>alert(1)</script> & "quoted" \x01 \u202edesrever'
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def whole(built_repository: Project) -> Store:
    """The repository's own data."""
    return open_store(built_repository.store)


@cache
def lives_of_the_whole() -> Picture:
    store = open_store(":memory:")
    build(Project(ROOT), store, validated=False)
    return draw_timeline(store)


def svg(picture: Picture) -> ET.Element:
    (page,) = picture.pages
    return ET.fromstring(page)


def row(picture: Picture, label: str) -> ET.Element:
    """The row of a pact in a timeline."""
    rows = [
        group
        for group in svg(picture).iter(f"{SVG}g")
        if (group.get("aria-label") or "").startswith(f"{label}:")
    ]
    assert len(rows) == 1, [group.get("aria-label") for group in svg(picture).iter(f"{SVG}g")]
    return rows[0]


def marks(root: ET.Element) -> dict[str, ET.Element]:
    """What stands for something, by what it says."""
    found = (group for group in root.iter(f"{SVG}g") if "graphics-symbol" in (group.get("role") or ""))
    return {group.get("aria-label") or "": group for group in found}


def middle(mark: ET.Element) -> float:
    """Where the last shape of a mark stands."""
    return float((list(mark.iter(f"{SVG}path"))[-1].get("d") or "").split()[1])


# Days and places


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_days_lie_in_their_order_and_at_even_distances(days: list[date]) -> None:
    axis = spanning(days, 100, 900)
    places = [axis.at(each) for each in sorted(days)]
    assert places == sorted(places)
    assert all(100 <= place <= 900 for place in places)
    for each in days:
        passed = (each - axis.first) / (axis.last - axis.first)
        assert axis.at(each) == pytest.approx(100 + 800 * passed)


@given(DAYS, st.integers(0, 60_000), st.floats(50, 900))
def test_names_of_months_have_room_and_are_there(first: date, length: int, room: float) -> None:
    last = min(first + timedelta(days=length), date(2300, 1, 1))
    axis = spanning([first, last], 0, room)
    places = [axis.at(tick) for tick in axis.ticks()]
    assert all(after - before >= 52 for before, after in pairwise(places))
    assert all(tick.day == 1 and axis.first <= tick <= axis.last for tick in axis.ticks())


def test_a_day_beyond_the_axis_stands_at_its_end() -> None:
    axis = Axis(date(2024, 1, 1), date(2024, 12, 31), 0, 100)
    assert (axis.at(date(1999, 1, 1)), axis.at(date(2099, 1, 1))) == (0, 100)


def test_the_last_day_of_the_calendar_can_be_drawn() -> None:
    assert spanning([date.max], 0, 100).last == date.max


def test_every_signing_with_a_day_stands_at_its_day() -> None:
    picture = lives_of_the_whole()
    years = {
        t.text: float(t.get("x") or "") for t in svg(picture).iter(f"{SVG}text") if t.text in ("2024", "2025")
    }
    signed = 0
    for label, row_ in ((r.get("aria-label") or "", r) for r in svg(picture).iter(f"{SVG}g")):
        for told, mark in marks(row_).items() if "graphics-object" in (row_.get("role") or "") else ():
            if found := re.match(r"signed: (\d+) (\w+) (\d{4}) ·", told):
                when = date.fromisoformat(f"{found[3]}-{MONTHS[found[2]]:02}-{int(found[1]):02}")
                passed = (when - date(2024, 1, 1)).days / 366
                assert middle(mark) == pytest.approx(
                    years["2024"] + passed * (years["2025"] - years["2024"]), abs=0.3
                ), label
                signed += 1
    assert signed >= 29


MONTHS = {name: nth for nth, name in enumerate(
    "January February March April May June July August September October November December".split(), 1)}  # fmt: skip


def test_rows_are_in_the_order_of_signing() -> None:
    rows = [
        g.get("aria-label") or ""
        for g in svg(lives_of_the_whole()).iter(f"{SVG}g")
        if g.get("role") == "graphics-object group"
    ]
    days = [found.groups() for label in rows if (found := re.search(r": (\d+) (\w+) (\d{4})$", label))]
    ordered = [(int(year), MONTHS[month], int(number)) for number, month, year in days]
    assert len(rows) == 37 and ordered[:28] == sorted(ordered[:28])


# Words


def boxes(root: ET.Element) -> Iterator[tuple[float, float, float, str]]:
    """Left, right, line and words of each text."""
    for text in root.iter(f"{SVG}text"):
        x, y, words = float(text.get("x", "")), float(text.get("y", "")), text.text or ""
        style = (text.get("class") or "").split()
        room = width(words, bold=bool({"strong", "head"} & {*style}), size=19 if "head" in style else SIZE)
        left = x - room if "end" in style else x - room / 2 if "middle" in style else x
        yield left, left + room, y, words


def assert_words_stand_apart(root: ET.Element) -> None:
    known = list(boxes(root))
    clashes = [
        (one, other)
        for nth, one in enumerate(known)
        for other in known[nth + 1 :]
        if one[0] < other[1] - 1 and other[0] < one[1] - 1 and abs(one[2] - other[2]) < 12
    ]
    assert not clashes
    assert not [box for box in known if box[0] < 0 or box[1] > 1000]
    assert not [box for box in known if not 0 < box[2] < float(root.get("height") or 0)]


def test_words_of_the_timeline_stand_apart() -> None:
    assert_words_stand_apart(svg(lives_of_the_whole()))


@pytest.mark.parametrize(
    "name",
    [
        "ukraine-united-states",
        "g7-joint-declaration",
        "ukraine-compact",
        "ukraine-slovakia",
        "ukraine-albania",
    ],
)
def test_words_of_a_graph_stand_apart(whole: Store, name: str) -> None:
    assert_words_stand_apart(svg(draw_graph(whole, name)))


@given(st.text(max_size=80), st.floats(20, 400))
def test_words_are_cut_and_wrapped_to_their_room(words: str, room: float) -> None:
    words = clean(words)
    assert width(cut(words, room)) <= max(room, width("…"))
    assert all(width(line) <= max(room, width("…")) for line in wrapped(words, room))


@given(st.text(max_size=60))
def test_any_words_are_well_formed(words: str) -> None:
    element = ET.Element("text")
    element.text = clean(words)
    assert ET.fromstring(ET.tostring(element)).text == (clean(words) or None)


def test_letters_on_a_printed_page_are_no_smaller_than_nine_pixels() -> None:
    assert SIZE * (190 / 25.4 * 96) / 1000 >= 9


# What is drawn


def hostile_world() -> SmallWorld:
    world = SmallWorld()
    node = world.pact("estmark", "2020-02-03")
    world.claim(node, PACT.signedOn, day("2020-03-04"), source="other", published="2020-03-05")
    world.triples = [
        Triple(t.subject, t.predicate, Literal(HOSTILE, language="en"))
        if isinstance(t.object, Literal) and t.object.value in ("Estmark", "Hub–Estmark pact")
        else t
        for t in world.triples
    ]
    return world


def test_a_hostile_name_stays_words(tmp_path: Path) -> None:
    store = built(hostile_world(), tmp_path)
    for picture in (draw_timeline(store), draw_graph(store, "pactid:estmark")):
        root = svg(picture)
        assert not list(root.iter(f"{SVG}script"))
        assert_words_stand_apart(root)
        page = picture.write("html")[0].decode()
        assert "<script" not in page and "\u202e" not in page and "\x01" not in page


def test_only_addresses_of_the_web_become_links(tmp_path: Path) -> None:
    store = built(hostile_world(), tmp_path)
    claim = next(iter(timeline(store).lives[0].marks)).claims[0]
    assert claim.link is None
    from pactgraph.pictures.canvas import picture, symbol

    root = picture(10, "title", "told")
    symbol(root, "told", "javascript:alert(1)")
    symbol(root, "told", "https://example.org/#:~:text=a")
    assert [a.get("href") for a in root.iter("a")] == ["https://example.org/#:~:text=a"]


def test_a_disputed_day_is_told_with_those_who_say_so(tmp_path: Path) -> None:
    world = SmallWorld()
    node = world.pact("estmark", "2020-02-03", known="2020-02-04")
    world.claim(
        node, PACT.signedOn, day("2020-03-04"), source="other", published="2020-03-05", speaker="envoy"
    )
    (life,) = timeline(built(world, tmp_path)).lives
    assert [(mark.time.text, mark.disputed) for mark in life.marks] == [
        ("2020-02-03", True),
        ("2020-03-04", True),
    ]
    assert "envoy" in life.marks[1].who and not life.is_signed and life.outcome.startswith("disputed")


def test_a_denial_is_a_mark_of_its_own(whole: Store) -> None:
    (life,) = timeline(whole, ["ukraine-slovenia"]).lives
    denied = [mark for mark in life.marks if mark.kind == "Denied"]
    assert [mark.told for mark in denied] == ["denied: text agreed, by 28 June 2024"]
    words = " ".join(t.text or "" for t in svg(draw_timeline(whole, ["ukraine-slovenia"])).iter(f"{SVG}text"))
    assert "Who says otherwise" in words and denied[0].who in words


def test_a_coarser_day_is_no_mark_beside_the_finer_one(tmp_path: Path) -> None:
    world = SmallWorld()
    node = world.pact("estmark", "2020-02-03")
    world.claim(node, PACT.signedOn, day("2020-02"), source="other", published="2020-03-05")
    (life,) = timeline(built(world, tmp_path)).lives
    (mark,) = life.marks
    assert mark.time == parse("2020-02-03") and len(mark.claims) == 2


def test_a_signing_without_a_day_stands_by_when_it_was_told(tmp_path: Path) -> None:
    world = SmallWorld()
    node = world.pact("estmark")
    world.claim(node, PACT.reachedStage, pact("Signed"), published="2020-03-05")
    (life,) = timeline(built(world, tmp_path)).lives
    assert (life.outcome, life.is_signed, life.marks[0].by) == ("by 5 March 2020", True, True)


def test_every_stage_has_a_shape_and_a_name(tmp_path: Path) -> None:
    world = SmallWorld()
    node = world.pact("estmark", "2020-02-03")
    stages = "Announced Negotiating TextAgreed Ratified InForce Ended CalledOff".split()
    for nth, stage in enumerate(stages):
        scope = ((PACT.on, day(f"2020-{nth + 3:02}-10")),)
        world.claim(
            node, PACT.reachedStage, pact(stage), scope=scope, published="2021-01-01", passage=str(nth)
        )
    world.claim(node, PACT.expectedSigning, day("2020-05"), modality="Expected", published="2020-01-01")
    told = timeline(built(world, tmp_path))
    assert {*stages, "Signed", "Expected"} <= {mark.kind for mark in told.lives[0].marks}
    root = svg(draw_timeline(built(world, tmp_path / "again")))
    assert (
        len(
            {
                path.get("d", "").partition("m")[2]
                for m in marks(root).values()
                for path in m.iter(f"{SVG}path")
            }
        )
        >= 8
    )
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"announced", "text agreed", "signed", "ratified", "in force", "ended", "called off"} <= {*words}


def test_a_graph_tells_origins_speakers_and_what_they_deny(whole: Store) -> None:
    told = graph(whole, "ukraine-united-states")
    assert {party.name: party.officials for party in told.parties} == {
        "Ukraine": ("Volodymyr Zelensky",),
        "United States": ("Joe Biden",),
    }
    origins = [speaker.origin for speaker in told.speakers if speaker.origin]
    assert origins and all(origins.count(origin) > 1 for origin in origins)
    assert any(thread.denies for thread in told.threads)
    assert [what.against for what in told.whats if "held on" in what.words] == [
        "30 April 2024",
        "29 April 2024",
    ]
    assert all(told.of(what) for what in told.whats)


def test_parties_that_join_together_are_one_line(whole: Store) -> None:
    told = graph(whole, "g7-joint-declaration")
    assert any(what.words.endswith("· joined") and what.words.count(",") > 3 for what in told.whats)


def test_a_party_stands_for_its_only_pact(whole: Store) -> None:
    assert graph(whole, "latvia").pact == graph(whole, "ukraine-latvia").pact
    with pytest.raises(UsageError, match="several pacts"):
        graph(whole, "ukraine-security-agreements")
    assert len(timeline(whole, ["latvia", "estonia"]).lives) == 2
    with pytest.raises(UsageError, match="is no pact"):
        timeline(whole, ["official:joe-biden"])


def test_clocks_hide_what_came_later(whole: Store) -> None:
    then = timeline(whole, clock=Clock(as_of=MAY, as_known=MAY))
    signed = [life.label for life in then.lives if life.is_signed]
    assert len(signed) == 9 and "Spain" not in signed
    for life in then.lives:
        assert all(mark.last <= MAY or mark.kind == "Expected" for mark in life.marks)
    words = " ".join(t.text or "" for t in svg(draw_timeline(whole, clock=then.clock)).iter(f"{SVG}text"))
    assert "as of 1 May 2024" in words and "as known on 1 May 2024" in words
    assert not graph(whole, "ukraine-spain", clock=then.clock).parties[0].officials


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    picture = draw_timeline(built(SmallWorld(), tmp_path))
    assert "No pact is told of." in [text.text for text in svg(picture).iter(f"{SVG}text")]
    assert all(picture.write(form)[0] for form in ("svg", "html", "text"))


def test_a_pact_of_which_nothing_is_said_has_an_empty_row(tmp_path: Path) -> None:
    world = SmallWorld()
    world.pact("estmark")
    store = built(world, tmp_path)
    assert not marks(row(draw_timeline(store), "Estmark"))
    assert "No source says anything of it." in draw_graph(store, "pactid:estmark").pages[0]


def many(pacts: int) -> SmallWorld:
    world = SmallWorld()
    for nth in range(pacts):
        world.pact(f"land-{nth}", (date(2020, 1, 1) + timedelta(days=nth)).isoformat())
    return world


def test_many_pacts_are_drawn_on_pages_with_one_axis(tmp_path: Path) -> None:
    picture = draw_timeline(built(many(ROWS + 5), tmp_path))
    assert len(picture.pages) == 2
    lines = [[p.get("d", "").split()[1] for p in ET.fromstring(page).iter(f"{SVG}path") if p.get("class") in ("grid", "rule")]
             for page in picture.pages]  # fmt: skip
    assert lines[0] == lines[1]
    assert [f.name for f in picture.save(tmp_path / "lives.svg")] == ["lives-1.svg", "lives-2.svg"]
    assert len(picture.save(tmp_path / "lives.html")) == 1
    with pytest.raises(UsageError, match="2 pages"):
        picture.whole("svg")


# Forms


def test_the_page_is_one_file_with_links_and_a_table(whole: Store) -> None:
    class Reader(html.parser.HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.links: list[str] = []
            self.loaded: list[str] = []
            self.ids: list[str] = []
            self.rows = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            known = {name: value or "" for name, value in attrs}
            if tag not in ("meta", "br"):
                self.open.append(tag)
            self.rows += tag == "tr"
            self.ids += [known["id"]] if "id" in known else []
            self.links += [known["href"]] if tag == "a" else []
            self.loaded += [v for n, v in known.items() if n == "src" or (n.endswith("href") and tag != "a")]
            self.loaded += [tag] if tag in ("script", "link", "iframe", "img", "image", "use") else []

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    for picture in (lives_of_the_whole(), draw_graph(whole, "ukraine-latvia")):
        page = picture.write("html")[0].decode()
        reader = Reader()
        reader.feed(page)
        assert not reader.open and not reader.loaded and len(reader.ids) == len({*reader.ids})
        assert not re.search(r"@import|@font-face|url\(", page)
        assert reader.rows == len(picture.table.rows) + 1
        assert any("#:~:text=" in link for link in reader.links)
        assert all(link.startswith("http") for link in reader.links)


def test_each_mark_of_the_picture_is_in_the_table() -> None:
    picture = lives_of_the_whole()
    told = {cell.words for cells in picture.table.rows for cell in cells[1]}
    assert {label.partition(" · ")[0] for label in marks(svg(picture))} <= told


def test_pictures_are_the_same_every_time(tmp_path: Path) -> None:
    code = (
        "import sys, pactgraph; from pathlib import Path; store = pactgraph.open_store(':memory:');"
        f"pactgraph.build(pactgraph.Project(Path({str(ROOT)!r})), store, validated=False);"
        "p, g = pactgraph.draw_timeline(store), pactgraph.draw_graph(store, 'ukraine-united-states');"
        "[sys.stdout.buffer.write(c) for x in (p, g) for f in ('svg', 'html', 'text') for c in x.write(f)]"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code], env={**ENV, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    )
    assert len(first) > 100_000 and first == second


ENV = {"PYTHONPATH": f"{ROOT / 'src'}", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def test_png_has_letters_of_its_own(whole: Store) -> None:
    pytest.importorskip("resvg_py", reason="the extra png is not installed")
    pytest.importorskip("fontpkg", reason="the extra png is not installed")
    (one,) = draw_timeline(whole, ["ukraine-latvia"]).write("png")
    (other,) = draw_timeline(whole, ["ukraine-latvia"]).write("png")
    assert one == other and one.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(one[16:20], "big") == 2000


def test_png_without_its_library_says_how_to_get_it(
    whole: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"pip install 'pactgraph\[png\]'"):
        draw_timeline(whole, ["ukraine-latvia"]).save(tmp_path / "lives.png")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "form"), [("a.svg", "svg"), ("a.HTML", "html"), ("a.png", "png"), ("a.txt", "text")]
)
def test_the_name_of_a_file_says_its_form(name: str, form: str) -> None:
    assert form_of(Path(name)) == form


# The commands


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example's graph, in which the shell stands."""
    pactgraph.init(tmp_path / "demo")
    build(Project(tmp_path / "demo"))
    monkeypatch.chdir(tmp_path / "demo")
    return tmp_path / "demo"


def test_a_picture_is_written_to_stdout_or_a_file(
    small: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["timeline"]) == FINE
    assert ET.fromstring(capfdbinary.readouterr().out).tag == f"{SVG}svg"
    assert main(["graph", "two-rivers", "--format", "text"]) == FINE
    assert "Two Rivers Agreement" in capfdbinary.readouterr().out.decode()
    assert main(["graph", "two-rivers", "-o", "rivers.html"]) == FINE
    assert b"rivers.html" in capfdbinary.readouterr().err
    assert (small / "rivers.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_people_at_a_terminal_see_letters(
    small: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["timeline"]) == FINE
    assert "● signed" in capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize("name", ["lives.pdf", "lives", "lives.svg.gz"])
def test_another_form_of_file_is_a_wrong_call(small: Path, name: str, capsys: Capture) -> None:
    assert main(["timeline", "-o", name]) == USAGE
    assert ".svg" in capsys.readouterr().err and not (small / name).exists()


def test_an_unknown_pact_is_a_wrong_call(small: Path, capsys: Capture) -> None:
    assert main(["timeline", "nosuch"]) == USAGE
    assert main(["graph", "ruritania"]) == USAGE
    assert "two-rivers" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(small: Path, capsys: Capture) -> None:
    (small / "taken.svg").mkdir()
    for name in ("nowhere/lives.svg", "taken.svg"):
        before = {*small.rglob("*")}
        assert main(["timeline", "-o", name]) == BAD_INPUT
        assert name in capsys.readouterr().err and {*small.rglob("*")} == before


def test_of_several_pages_all_are_written_or_none(tmp_path: Path) -> None:
    picture = draw_timeline(built(many(ROWS + 1), tmp_path))
    (tmp_path / "lives-1.svg").write_text("old", encoding="utf-8")
    (tmp_path / "lives-2.svg").mkdir()
    with pytest.raises(OSError, match=r"lives-2\.svg"):
        picture.save(tmp_path / "lives.svg")
    assert (tmp_path / "lives-1.svg").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*.new"))


@settings(max_examples=15)
@given(columns=st.integers(20, 200))
def test_the_timeline_in_letters_keeps_to_the_columns(columns: int) -> None:
    chart = lives_of_the_whole().text(columns).split("\n\n")[1]
    assert max(map(len, chart.splitlines())) <= max(columns, 80)


def test_a_letter_stands_where_the_day_lies(whole: Store) -> None:
    text = draw_timeline(whole).text(120)
    first, last = (
        next(line for line in text.splitlines() if line.startswith(name))
        for name in ("United Kingdom ", "Greece ")
    )
    assert first.index("●") < last.index("●")
    assert "● signed" in text and "Who says otherwise" in text
