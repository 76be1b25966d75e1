"""Standard catalogues (标准目录) as tables: rows, marks, the two-row head, reading and laying out.

Serves 国办发〔2019〕54号: each item has at least its name, content, basis, time limit, organ,
means, channel and audience. What counties publish is read in any order of columns and with any
of the usual head words; what we write is one layout, and both ways keep every cell.
"""

from gongkai.tables.catalogue.layout import Placed, lay_out
from gongkai.tables.catalogue.reading import CatalogueRead, read_sheet
from gongkai.tables.catalogue.rows import (
    CHANNELS,
    OTHER,
    CatalogueRow,
    CellFault,
    Column,
    FieldTable,
    wrong_with,
)

__all__ = [
    "CHANNELS",
    "OTHER",
    "CatalogueRead",
    "CatalogueRow",
    "CellFault",
    "Column",
    "FieldTable",
    "Placed",
    "lay_out",
    "read_sheet",
    "wrong_with",
]
