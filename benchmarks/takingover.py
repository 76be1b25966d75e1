"""An old site taken over by `gongkai importsite`: pages read, cleaned, sorted, linked, searchable.

The whole command on the clock, from a folder of pages of 1,200 characters to entries in lists and
in the search index; checks are off, as they are for what stood on the former site.
"""

import os
import random
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

os.environ["GONGKAI_BENCH_SEARCH"] = "tantivy"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from benchmarks import publishing  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over  # noqa: E402
from gongkai.adapters.searchindex import public_index  # noqa: E402
from gongkai.adapters.searchindex.types import Query  # noqa: E402
from gongkai.disclosure.models import Entry  # noqa: E402
from gongkai.orgs.models import Organ  # noqa: E402

PAGES = int(os.environ.get("GONGKAI_BENCH_PAGES", "3000"))
_SENTENCE = "各乡镇人民政府、县直各单位要按照职责分工，认真抓好贯彻落实，及时报送工作情况。"


def page(number: int, organ: str) -> str:
    """Return a notice as old sites write them, with a link to the one before."""
    chance = random.Random(number)
    blocks = "".join(f"<p>{_SENTENCE * chance.randint(1, 4)}</p>" for _ in range(12))
    day = f"20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
    title = f"关于做好第{number}号事项的通知"
    return f"""<html><head><title>{title}_靖安县人民政府网</title>
<meta name="ColumnName" content="通知公告"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{day} 09:30"><meta name="ContentSource" content="{organ}"></head>
<body><div class="dqwz">当前位置：首页 &gt; 通知公告 &gt; 正文</div><h1>{title}</h1>
<div id="zoom">{blocks}<p>另见<a href="t{max(number - 1, 0)}.html">上一件</a>。</p></div>
</body></html>"""


def main() -> None:
    """Write the old site, take it over, look whether it is found."""
    empty_database()
    home = publishing.county()
    organs = list(Organ.objects.filter(county=home).values_list("name", flat=True)[:40])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "tzgg"
        folder.mkdir()
        for number in range(PAGES):
            text = page(number, organs[number % len(organs)])
            (folder / f"t{number}.html").write_text(text, "utf-8")
        start = time.perf_counter()
        try:
            call_command("importsite", place, "--county", home.code, "--organ", home.code,
                         stdout=StringIO(), stderr=StringIO())  # fmt: skip
        except SystemExit as told:
            sys.stderr.write(f"importsite ended with {told.code}\n")
        took = time.perf_counter() - start
    number = Entry.objects.exclude(imported_from="").count()
    if number != PAGES:
        sys.exit(f"{number} of {PAGES} pages came in")
    rate = number / took
    yielded = [Measured("importsite, a folder of pages", publishing.DATABASE, rate, 200,
                        "documents/s", at_most=False)]  # fmt: skip
    start = time.perf_counter()
    call_command("buildsearch", "--index", "public", verbosity=0, stdout=StringIO())
    whole = number / (took + time.perf_counter() - start)
    found = public_index().search(Query(words="第77号事项", scopes=(f"county:{home.pk}",)))
    if not found.total:
        sys.exit("what was taken over is not found")
    yielded.append(Measured("importsite and its search index", publishing.DATABASE, whole, 150,
                            "documents/s", at_most=False))  # fmt: skip
    hand_over(yielded)


if __name__ == "__main__":
    main()
