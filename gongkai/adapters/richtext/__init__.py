"""Word and WPS text, pasted or uploaded, to clean HTML with its tables.

`clean` takes pasted HTML, `from_word` a document's bytes; `relink` exchanges addresses in what is
clean. A PDF or OFD original stands beside a document as it is and is never converted.
"""

from gongkai.adapters.richtext.cleaning import Clean, clean, relink
from gongkai.adapters.richtext.flow import Unreadable
from gongkai.adapters.richtext.pictures import Picture
from gongkai.adapters.richtext.word import Word, WordUnreadable, from_word
from gongkai.adapters.richtext.word_notes import Note, NoteKind

__all__ = [
    "Clean",
    "Note",
    "NoteKind",
    "Picture",
    "Unreadable",
    "Word",
    "WordUnreadable",
    "clean",
    "from_word",
    "relink",
]
