"""Rows of the chapter: error reports, solicitations, comments; what may name a person is sealed."""

from gongkai.engagement.models.reports import ErrorReport, ReportSeries, ReportStep
from gongkai.engagement.models.sealing import SealedRow, key_mark
from gongkai.engagement.models.solicitations import Comment, Solicitation

SEALED_ROWS: tuple[type[SealedRow], ...] = (ErrorReport, Comment)

__all__ = [
    "SEALED_ROWS",
    "Comment",
    "ErrorReport",
    "ReportSeries",
    "ReportStep",
    "SealedRow",
    "Solicitation",
    "key_mark",
]
