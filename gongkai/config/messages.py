"""Our own Chinese for what Wagtail leaves untranslated: reading .po files, compiling ours.

`python -m gongkai.config.messages` compiles `locale/zh_Hans/LC_MESSAGES/*.po` into the
.mo files that are committed beside them, so that running the product needs no gettext.
"""

import ast
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LOCALE = Path(__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(".*")\s*')
_MAGIC = 0x950412DE


@dataclass(slots=True)
class Message:
    """One entry: what is asked for, and what is said in its place."""

    context: str | None = None
    text: str = ""
    plural: str | None = None
    said: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what gettext looks up."""
        return self.context, self.text

    @property
    def is_translated(self) -> bool:
        """Return whether every form is there and a person has confirmed it."""
        return bool(self.said) and all(self.said.values()) and not self.fuzzy


def read_po(path: Path) -> dict[tuple[str | None, str], Message]:
    """Return the entries of a .po file by context and text, the header left out.

    Raises:
        ValueError: a line that no .po file has.
    """
    entries = (_read_entry(block) for block in _blocks(path.read_text(encoding="utf-8")))
    return {entry.key: entry for entry in entries if entry.text}


def _blocks(text: str) -> Iterator[list[str]]:
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.splitlines()]
        if lines := [line for line in lines if line and not line.startswith("#~")]:
            yield lines


def _read_entry(lines: list[str]) -> Message:
    entry, parts, name = Message(), {"msgid": ""}, "msgid"
    for line in lines:
        if line.startswith("#"):
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"not a line of a .po file: {line}")
        name = found[1] or name
        parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
    entry.context, entry.text = parts.get("msgctxt"), parts["msgid"]
    entry.plural = parts.get("msgid_plural")
    entry.said = {
        int(name[7:-1] or 0) if "[" in name else 0: value
        for name, value in parts.items()
        if name.startswith("msgstr")
    }
    return entry


def compile_mo(entries: dict[tuple[str | None, str], Message]) -> bytes:
    """Return the .mo file of the translated `entries`; Chinese has one form for all numbers."""
    said = {
        b"": b"Content-Type: text/plain; charset=UTF-8\nLanguage: zh_Hans\n"
        b"Plural-Forms: nplurals=1; plural=0;\n"
    }
    for entry in entries.values():
        if entry.is_translated:
            asked = entry.text if entry.plural is None else f"{entry.text}\0{entry.plural}"
            asked = asked if entry.context is None else f"{entry.context}\4{asked}"
            said[asked.encode()] = "\0".join(entry.said[n] for n in sorted(entry.said)).encode()
    keys = sorted(said)
    tables = 28 + 16 * len(keys)
    originals, translations, strings = [], [], b""
    for index, group in ((originals, keys), (translations, [said[key] for key in keys])):
        for text in group:
            index.append(struct.pack("<II", len(text), tables + len(strings)))
            strings += text + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, tables)
    return head + b"".join(originals) + b"".join(translations) + strings


def main() -> None:
    """Compile every .po of ours."""
    for source in sorted(LOCALE.glob("*.po")):
        source.with_suffix(".mo").write_bytes(compile_mo(read_po(source)))


if __name__ == "__main__":
    main()
