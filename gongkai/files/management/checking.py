"""What `checkwording` and `checkprivacy` share: files in, places by line and character out.

Contract: a JSON list of {"path", "line", "start", "end", "found", "suggestion", "rule", "level"};
lines from 1, characters of the line from 0. Exit 0 nothing, 1 something, 2 a file could not be
read. In a file of several parts (sheets, pages) lines run on through the parts in their order; the
text output names the part as well.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.contents import Part, read_file
from gongkai.adapters.readers.limits import ReadError


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding at a place of a part's text; `where` is what a person looks for."""

    start: int
    end: int
    found: str
    suggestion: str
    rule: str
    level: str
    message: str
    where: str


class CheckCommand(BaseCommand):
    """A command that looks through files; a subclass says what is found in a part."""

    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take files and what is allowed."""
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="文件：txt、md、html、csv、docx、xlsx、pdf、ofd、图片，"
            "装有 LibreOffice 时还可用 doc、wps、xls、et",
        )
        self.add_format(parser)

    def hits(self, part: Part, options: dict[str, Any]) -> Iterator[Hit]:
        """Yield what is found in one part."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file; one that cannot be read does not stop the others, and ends in 2."""
        shown: list[dict[str, Any]] = []
        texts: list[str] = []
        unread = False
        for name in options["files"]:
            try:
                parts = read_file(Path(name))
            except ReadError as error:
                unread = True
                self.stderr.write(f"错误：{name} 无法检查：{error}")
                continue
            found = list(self._in_file(name, parts, options))
            shown += [told for told, _ in found]
            texts.append(_told(name, found))
            for part in parts:
                if part.note:
                    self.stderr.write(f"注意：{name} {part.where}：{part.note}")
        self.finish(options, shown, "\n\n".join(texts), 2 if unread else int(bool(shown)))

    def _in_file(
        self, name: str, parts: list[Part], options: dict[str, Any]
    ) -> Iterator[tuple[dict[str, Any], Hit]]:
        lines = 0
        for part in parts:
            for hit in self.hits(part, options):
                begin = part.text.rfind("\n", 0, hit.start) + 1
                yield (
                    {
                        "path": name,
                        "line": lines + part.text.count("\n", 0, begin) + 1,
                        "start": hit.start - begin,
                        "end": hit.end - begin,
                        "found": hit.found,
                        "suggestion": hit.suggestion,
                        "rule": hit.rule,
                        "level": hit.level,
                    },
                    hit,
                )
            lines += part.text.count("\n") + 1


def _told(name: str, found: list[tuple[dict[str, Any], Hit]]) -> str:
    if not found:
        return f"■ {name}\n  没有发现问题"
    lines = [f"■ {name}\n  发现{len(found)}处"]
    for told, hit in found:
        lines.append(f"  {hit.where or '正文'}，第{told['line']}行：{hit.found}　{hit.message}")
    return "\n".join(lines)
