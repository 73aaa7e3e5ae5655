"""The store on disk: generations of one folder, of which a small file names the current one.

    .pactgraph/
      current                 "pactgraph store 1" and "store-7", replaced in one step
      store-6/                the one before: readers that opened it keep it until the next build
      store-7/oxigraph/       the database; never written again once it is current
      store-7/manifest.jsonl  what it was built from, a file a line
      store-7/seal            the size of each file of the database
      lock

A build writes a new generation and names it last, so a build that fails or is killed leaves the old one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path

from pactgraph.errors import StoreError
from pactgraph.store.interface import Store
from pactgraph.store.local import LocalStore
from pactgraph.store.trouble import REBUILD, locked, told

FORMAT = 2
"""Raised when a store written by an older program can no longer be read."""

_HEAD = re.compile(r"pactgraph store (\d+)\n(store-(\d+))\n")
_GENERATION = re.compile(r"store-\d+")
_PATIENCE = 1.0
"""Seconds that a second build waits for the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A data file as it was built: size in bytes, time of its last change in ns, digest, and the IRI of its graph."""

    size: int
    changed_ns: int
    sha256: str
    graph: str


Manifest = Mapping[str, Entry]
"""Data files by their path in the project."""


@dataclass(slots=True)
class Generation:
    """A store being written, what the one it was copied from held (`before`), and what it will hold (`manifest`)."""

    store: Store
    before: Manifest
    manifest: dict[str, Entry] = field(default_factory=dict)


def open_current(folder: Path) -> LocalStore:
    """The current generation, read-only.

    Raises `StoreError` when there is none, when another version of the program wrote it, or when it is damaged.
    """
    for _ in range(3):
        name = _current(folder)
        try:
            _require_whole(folder / name)
            return LocalStore.read_only(folder / name / "oxigraph", str(folder))
        except StoreError:
            if name == _current(folder):
                raise
    raise StoreError("the store changes faster than it can be opened", where=folder)


def read_manifest(folder: Path) -> Manifest:
    """What the current generation was built from; raises `StoreError` as `open_current` does."""
    return dict(each_entry(folder))


def each_entry(folder: Path) -> Iterator[tuple[str, Entry]]:
    """The manifest of the current generation, entry after entry; raises what `read_manifest` does, at the latest at its end."""
    generation = folder / _current(folder)
    _require_whole(generation)
    path = generation / "manifest.jsonl"
    try:
        with path.open(encoding="utf-8") as lines:
            count = json.loads(next(lines, ""))["files"]
            for line in lines:
                name, *entry = json.loads(line)
                yield name, Entry(*entry)
                count -= 1
            if count:
                raise ValueError("lines are lacking")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError("the store's manifest is damaged", where=path, hint=REBUILD) from error


@contextmanager
def write_generation(folder: Path, *, keep: bool = False) -> Iterator[Generation]:
    """A new generation that becomes the current one when the block ends without an error.

    It begins empty, or with `keep` as a copy of the current one, unless that cannot be used: then `before` is
    empty. Raises `StoreLocked` while another build writes, `StoreError` when the folder cannot be written.
    """
    with told(str(folder)):
        _begin_folder(folder)
    with _lock(folder):
        _remove_generations(folder, but=_current_or_none(folder))
        draft = folder / f"store-{_last_number(folder) + 1}"
        try:
            yield from _written(folder, draft, keep)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise


def _begin_folder(folder: Path) -> None:
    """A folder of ours; raises StoreError for one that holds anything else, which is not ours to clear."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {path.name for path in folder.iterdir()}
    if not names & {"lock", "current"} and names - {".gitignore"}:
        raise StoreError(
            "this folder holds other things than a store", where=folder, hint="Name a new folder."
        )
    if ".gitignore" not in names:
        (folder / ".gitignore").write_text("*\n", encoding="ascii")


def _written(folder: Path, draft: Path, keep: bool) -> Iterator[Generation]:
    with told(str(folder)):
        draft.mkdir()
    before = _copy_current(folder, draft / "oxigraph") if keep else {}
    store = LocalStore.writable(draft / "oxigraph", str(folder))
    generation = Generation(store, before, dict(before))
    try:
        yield generation
        store.save()
    finally:
        store.close()
    with told(str(folder)):
        _write_manifest(draft, generation.manifest)
        _seal(draft)
        _sync(draft)
        _name_current(folder, draft.name)


def _copy_current(folder: Path, target: Path) -> Manifest:
    """A copy in milliseconds: finished tables never change and are shared by hard links, the rest is small."""
    try:
        before = read_manifest(folder)
        current = folder / _current(folder)
        _require_whole(current)
        with told(str(folder)):
            shutil.copytree(current / "oxigraph", target, copy_function=_share)
        return before
    except StoreError:
        shutil.rmtree(target, ignore_errors=True)
        return {}


def _share(source: str, target: str) -> None:
    """A table by a hard link where the file system has them; any other file, which may be written to, by a copy."""
    if source.endswith(".sst"):
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Held until the block ends or the process does, however it ends."""
    with told(str(folder)):
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise locked(str(folder)) from None
            time.sleep(0.05)


def _current(folder: Path) -> str:
    try:
        text = (folder / "current").read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError("there is no store yet", where=folder, hint="Run `pactgraph build` first.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError("the store cannot be read", where=folder, hint=REBUILD) from error
    return _parse_current(folder, text)


def _parse_current(folder: Path, text: str) -> str:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise StoreError("the store is half written or damaged", where=folder / "current", hint=REBUILD)
    if int(match[1]) != FORMAT:
        raise StoreError(
            f"the store has format {match[1]}; this version of pactgraph reads format {FORMAT}",
            where=folder,
            hint=REBUILD,
        )
    return match[2]


def _current_or_none(folder: Path) -> str | None:
    try:
        return _current(folder)
    except StoreError:
        return None


def _remove_generations(folder: Path, but: str | None) -> None:
    for path in folder.glob("store-*"):
        if path.name != but and _GENERATION.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
    (folder / "current.new").unlink(missing_ok=True)


def _last_number(folder: Path) -> int:
    names = (path.name.removeprefix("store-") for path in folder.glob("store-[0-9]*"))
    return max((int(name) for name in names if name.isdecimal()), default=0)


def _write_manifest(draft: Path, manifest: Manifest) -> None:
    lines = ([name, *astuple(entry)] for name, entry in sorted(manifest.items()))
    with (draft / "manifest.jsonl").open("w", encoding="utf-8") as file:
        for line in ({"files": len(manifest)}, *lines):
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n")


def _seal(draft: Path) -> None:
    """Oxigraph opens some shortened databases without a word, with the end of them missing."""
    sizes = (f"{path.stat().st_size} {path.name}\n" for path in sorted((draft / "oxigraph").iterdir()))
    (draft / "seal").write_text("".join(sizes), encoding="utf-8")


def _require_whole(generation: Path) -> None:
    where = generation.parent
    try:
        for line in (generation / "seal").read_text(encoding="utf-8").splitlines():
            size, _, name = line.partition(" ")
            if (generation / "oxigraph" / name).stat().st_size != int(size):
                raise StoreError(
                    f"the store is damaged: {name} was cut or changed", where=where, hint=REBUILD
                )
    except (OSError, ValueError) as error:
        raise StoreError("the store is incomplete", where=where, hint=REBUILD) from error


def _name_current(folder: Path, name: str) -> None:
    fresh = folder / "current.new"
    fresh.write_text(f"pactgraph store {FORMAT}\n{name}\n", encoding="ascii")
    _sync_path(fresh)
    os.replace(fresh, folder / "current")
    _sync_path(folder)


def _sync(draft: Path) -> None:
    """Everything is on the disk before it is named; files shared with the generation before are there already."""
    for path in (*draft.rglob("*"), draft):
        if path.is_dir() or path.stat().st_nlink == 1:
            _sync_path(path)
    _sync_path(draft.parent)


def _sync_path(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
