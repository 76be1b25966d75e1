"""An old site to import: a folder of pages with their attachments, or a sheet of documents.

Both are read one document at a time and never as a whole; what cannot be taken comes out as
Refused with its reason in Chinese. Keys are steady, so that an import can go on where it stopped.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from gongkai.adapters.oldsite.folder import DOCUMENTS, PAGES, Folder, address_of, suffix_of
from gongkai.adapters.oldsite.pages import MOST_BYTES, read_page
from gongkai.adapters.oldsite.records import (
    Facts,
    OldFile,
    OldPage,
    OldRow,
    Refused,
    SiteUnreadable,
)
from gongkai.adapters.oldsite.selectors import Selectors
from gongkai.adapters.oldsite.sheets import read_sheet

__all__ = [
    "Facts",
    "OldFile",
    "OldPage",
    "OldRow",
    "Refused",
    "Selectors",
    "SiteUnreadable",
    "read_folder",
    "read_sheet",
]


def read_folder(path: Path, *, selectors: Selectors | None = None) -> Iterator[OldPage | Refused]:
    """Yield the documents of a folder of pages in a steady order, and what was refused.

    Raises:
        SiteUnreadable: there is no such folder, or a selector is none.
    """
    selectors = selectors or Selectors()
    selectors.check()
    if not path.is_dir():
        raise SiteUnreadable("目录不存在，请核对路径。")
    folder = Folder(os.path.realpath(path))
    with os.scandir(folder.root) as entries:
        folder.hosts |= {
            each.name.lower() for each in entries if "." in each.name and each.is_dir()
        }
    return _read(folder, selectors)


def _read(folder: Folder, selectors: Selectors) -> Iterator[OldPage | Refused]:
    loose = []
    for below in folder.files():
        suffix = suffix_of(below)
        if suffix in DOCUMENTS:
            loose.append(below)
        if suffix not in PAGES:
            continue
        try:
            with folder.path(below).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError:
            yield Refused(address_of(below), "文件打不开，请核对权限。")
            continue
        yield read_page(folder, below, data, selectors)
    for below in loose:
        if below not in folder.used:
            yield Refused(address_of(below), "没有网页链接到这个文件，请人工核对是否需要录入。")
    for below in folder.links:
        yield Refused(address_of(below), "这是指向别处的符号链接，不读取。")
