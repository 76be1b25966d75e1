"""What a backup holds: the hash of every record (in blocks), file and audit head; who made it.

A block is a thousand rows of a table in the order of its key: its digest is over the digests of
its rows, so that one changed, missing or added record is found to within a thousand.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from gongkai.adapters.backups import BackupFailed

FORMAT = "gongkai-backup/1"
BLOCK = 1000  # rows
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A thousand rows: the key of the last one, how many there are, the digest over theirs."""

    last: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a database: every table in blocks, applied migrations, heads of the log."""

    server: str
    tables: Mapping[str, tuple[Block, ...]]
    migrations: tuple[str, ...]
    chains: Mapping[str, tuple[int, str]]

    @property
    def records(self) -> int:
        """Return how many records there are in all."""
        return sum(block.rows for blocks in self.tables.values() for block in blocks)


@dataclass(frozen=True, slots=True)
class File:
    """One file: its path below its root, its size in bytes and SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup: when and by which version it was made, the dump, the state, the files."""

    id: str
    made_at: str
    version: str
    vendor: str
    dump: File
    state: State
    roots: Mapping[str, tuple[File, ...]] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """Return how many files there are in all roots."""
        return sum(len(files) for files in self.roots.values())

    @property
    def size(self) -> int:
        """Return the bytes of the dump and all files."""
        return self.dump.size + sum(each.size for files in self.roots.values() for each in files)

    def to_bytes(self) -> bytes:
        """Return the manifest as packed JSON."""
        told = {"format": FORMAT, **asdict(self)}
        return zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Return what `to_bytes` made.

        Raises:
            BackupFailed: it is no manifest, or of another format.
        """
        try:
            told = json.loads(zlib.decompress(data))
            if told.pop("format") != FORMAT:
                raise BackupFailed("备份的格式不是本版本所能读取的，请用制作备份的版本恢复。")
            return cls(
                **{
                    **told,
                    "dump": File(**told["dump"]),
                    "state": _state(told["state"]),
                    "roots": {
                        name: tuple(File(**each) for each in files)
                        for name, files in told["roots"].items()
                    },
                }
            )
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            raise BackupFailed(f"备份清单读不出来（{type(error).__name__}）。") from None


def _state(told: Mapping[str, Any]) -> State:
    return State(
        server=told["server"],
        tables={
            name: tuple(Block(**each) for each in blocks) for name, blocks in told["tables"].items()
        },
        migrations=tuple(told["migrations"]),
        chains={key: (length, head) for key, (length, head) in told["chains"].items()},
    )


def blocks_of(rows: Iterable[tuple[str, bytes]]) -> tuple[Block, ...]:
    """Return the blocks of rows in order; each row is its key and its own digest."""
    return tuple(_blocks(rows))


def _blocks(rows: Iterable[tuple[str, bytes]]) -> Iterator[Block]:
    count, last, over = 0, "", hashlib.sha256()
    for key, digest in rows:
        over.update(digest)
        count, last = count + 1, key
        if count == BLOCK:
            yield Block(last, count, over.hexdigest())
            count, over = 0, hashlib.sha256()
    if count:
        yield Block(last, count, over.hexdigest())


def differences(wanted: State, found: State) -> list[str]:
    """Return in Chinese what differs between two states; nothing when every record is the same."""
    told = []
    for name in sorted({*wanted.tables, *found.tables}):
        if name not in found.tables:
            told.append(f"缺少数据表 {name}")
        elif name not in wanted.tables:
            told.append(f"多出数据表 {name}")
        elif wanted.tables[name] != found.tables[name]:
            told.append(_difference(name, wanted.tables[name], found.tables[name]))
    if wanted.migrations != found.migrations:
        told.append("数据库结构的版本不同")
    told += [
        f"操作日志链 {key} 的链首不同"
        for key in sorted({*wanted.chains, *found.chains})
        if wanted.chains.get(key) != found.chains.get(key)
    ]
    return told


def _difference(name: str, wanted: tuple[Block, ...], found: tuple[Block, ...]) -> str:
    rows = [sum(block.rows for block in blocks) for blocks in (wanted, found)]
    if rows[0] != rows[1]:
        return f"数据表 {name}：备份时 {rows[0]} 条，现有 {rows[1]} 条"
    amiss = [block.last for block, other in zip(wanted, found, strict=False) if block != other] or [
        ""
    ]
    shown = "、".join(amiss[:_SHOWN])
    return f"数据表 {name}：有记录不同（主键 {shown} 及之前一千条之内）"


def file_differences(
    wanted: Mapping[str, tuple[File, ...]], found: Mapping[str, tuple[File, ...]]
) -> list[str]:
    """Return in Chinese which files are missing, changed or too many, by root and path."""
    told = []
    for root in sorted({*wanted, *found}):
        before = {each.path: each for each in wanted.get(root, ())}
        after = {each.path: each for each in found.get(root, ())}
        for path in sorted(before.keys() | after.keys()):
            if path not in after:
                told.append(f"缺少文件 {root}/{path}")
            elif path not in before:
                told.append(f"多出文件 {root}/{path}")
            elif before[path] != after[path]:
                told.append(f"文件内容不同 {root}/{path}")
    return told
