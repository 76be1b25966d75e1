""".doc, .wps, .rtf, .xls and the like by way of LibreOffice, where it is installed.

Each conversion has its own profile and directory, so two never meet and nothing stays;
macros are not run by a headless conversion, and time is bounded.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.adapters.readers.limits import LIMITS, Damaged, Limits, NotSupported, TooLarge


def convert(data: bytes, suffix: str, target: str, limits: Limits = LIMITS) -> bytes:
    """Return a file converted to `target` (docx or xlsx).

    Raises:
        NotSupported: LibreOffice is not installed.
        TooLarge: the conversion took too long.
        Damaged: LibreOffice could not read the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NotSupported(
            f"读取 {suffix} 需要安装 LibreOffice；也可以先另存为 .docx、.xlsx 或 .pdf 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as place:
        source = Path(place) / f"report{suffix}"
        source.write_bytes(data)
        command = [program, "--headless", "--norestore", "--nolockcheck"]
        command += [f"-env:UserInstallation=file://{place}/profile"]
        command += ["--convert-to", target, "--outdir", f"{place}/out", str(source)]
        _run(command, place, limits)
        made = Path(place) / "out" / f"report.{target}"
        if not made.exists():
            raise Damaged("文件已损坏、已加密或格式不对，请另存为 .docx 或 .xlsx 后再试。")
        return made.read_bytes()


def _run(command: list[str], place: str, limits: Limits) -> None:
    """Run LibreOffice in its own process group, so that a timeout ends its children too."""
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        command,
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": place},
        start_new_session=True,
    )
    try:
        process.wait(timeout=limits.seconds * 2)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise TooLarge("文件转换超时，请另存为 .docx 或 .xlsx 后再试。") from None
