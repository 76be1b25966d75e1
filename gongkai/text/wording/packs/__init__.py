"""The rule packs: which words are wrong. Each module is one table; ids keep their meaning."""

from gongkai.text.wording.packs.confusable import CONFUSABLE
from gongkai.text.wording.packs.fixed import FIXED
from gongkai.text.wording.packs.organs import ORGANS
from gongkai.text.wording.packs.typos import TYPOS

FIRST_PACK = (*FIXED, *ORGANS, *CONFUSABLE, *TYPOS)
