"""axe-core as it is published (MPL 2.0, see NOTICE.md): the script that judges a page's use.

Serves 无障碍环境建设法 Art. 32 and GB/T 37668-2019 as far as a program can tell.
"""

from pathlib import Path

SOURCE = Path(__file__).with_name("axe.min.js")
