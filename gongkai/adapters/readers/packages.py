"""Opening zip packages (docx, xlsx) from strangers: counted, measured, no XML entities."""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from gongkai.adapters.readers.limits import Damaged, Limits, Locked, TooLarge

_CHUNK = 1 << 16
# Office packages are stored or deflated; other methods may ask for gigabytes of dictionary.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile and zlib raise on damage: a seek to before the start and names in no encoding
# are ValueErrors; a method nobody knows is a NotImplementedError.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)


class Package:
    """A zip package whose members are read within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open the package.

        Raises:
            Damaged: not a zip, or cut off.
            TooLarge: too many members.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise Damaged("文件已损坏或不完整，请重新导出后再试。") from None
        self._left = limits.unpacked_bytes
        self._size = len(data)
        self._limits = limits
        self.names = frozenset(info.filename for info in self._zip.infolist())
        if len(self.names) > limits.members:
            raise TooLarge("压缩包内文件过多，不像一份年度报告，请核对文件。")

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            TooLarge: it unpacks beyond the limits (a zip bomb).
            Damaged, Locked: as their names say.
        """
        parts: list[bytes] = []
        read = 0
        try:
            if self._zip.getinfo(name).compress_type not in _METHODS:
                raise NotImplementedError
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    read += len(chunk)
                    self._left -= len(chunk)
                    bomb = read > _CHUNK * 64 and read > self._size * self._limits.unpacked_ratio
                    if self._left < 0 or bomb:
                        raise TooLarge("文件解压后过大，疑似压缩炸弹，已停止读取。")
                    parts.append(chunk)
        except TooLarge:
            raise
        except KeyError:
            raise Damaged(f"文件缺少必要的内容（{name}），请重新导出后再试。") from None
        except _BROKEN:
            raise Damaged("文件已损坏或不完整，请重新导出后再试。") from None
        except RuntimeError:
            raise Locked("文件已加密，请提供未加密的文件。") from None
        return b"".join(parts)

    def xml(self, name: str) -> Any:
        """Return a member parsed as XML; entities are not resolved, nothing is fetched."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        data = self.read(name)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
            raise Damaged("文件内含外部实体声明，已拒绝读取，请重新导出后再试。")
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise Damaged("文件内容已损坏，请重新导出后再试。") from None
