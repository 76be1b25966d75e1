"""Packing a page: gzip for every client, brotli for browsers; better brotli when there is time.

The level of gzip and the quality of brotli are those measured in `benchmarks.sitefiles`.
"""

import gzip

import brotli

QUICK, BEST = 4, 11
_LEVEL = 4
_WINDOW = 18  # bits: pages are smaller than 256 KB; a smaller window costs less to set up


def gz(body: bytes) -> bytes:
    """Return `body` as gzip, the same bytes for the same body."""
    return gzip.compress(body, _LEVEL, mtime=0)


def br(body: bytes, quality: int = QUICK) -> bytes:
    """Return `body` as brotli."""
    packed: bytes = brotli.compress(
        body, mode=brotli.MODE_TEXT, quality=quality, lgwin=_WINDOW if quality < BEST else 22
    )
    return packed


def unpacked(suffix: str, packed: bytes) -> bytes | None:
    """Return what `.gz` or `.br` holds; None when it is broken."""
    try:
        return gzip.decompress(packed) if suffix == ".gz" else brotli.decompress(packed)
    except (OSError, EOFError, gzip.zlib.error, brotli.error):
        return None
