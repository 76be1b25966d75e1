"""Search at 100,000 texts (1,000,000 with SCALE=1m): against rivals, against bare tantivy, alone.

Times are of whole calls in this process: words read, index asked, ten hits with marked extracts;
beside rivals on the clock, else in CPU of the one thread that does it all. No answer is repeated
from memory (what the index keeps is dropped before each call) but in the rows that say so.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import searchcorpus, searchrivals
from benchmarks.measuring import Measured, hand_over
from benchmarks.searchbuilding import DOCUMENTS, TIMES, WHERE, built
from gongkai.adapters.searchindex.documents import FINDING, RAISING
from gongkai.adapters.searchindex.tantivy_index import TantivyIndex
from gongkai.adapters.searchindex.tantivy_queries import aggregations
from gongkai.adapters.searchindex.types import Facet, Query, Sort
from gongkai.text.phrases import phrase

ROUNDS = 12
RIVALS_AT_MOST = 100_000
BETWEEN = 1200  # questions from one publication to the next
FACETS = (Facet.ORGAN, Facet.SUBJECT, Facet.YEAR, Facet.KIND, Facet.VALIDITY, Facet.FIELD)
COMMON = (
    "工作", "通知", "项目", "建设", "管理", "服务", "资金", "安全", "公示", "申请", "补偿",
    "补贴", "人民政府", "落实", "标准", "单位", "群众", "责任", "医疗", "预算", "施工", "征收",
    "公告", "投资", "监督", "处罚", "招聘", "宣传", "食品", "有效期",
)  # fmt: skip
SEVERAL = (
    "医疗保险 报销", "征收 补偿 标准", "项目 投资 施工", "预算 支出 公开", "安全生产 隐患 排查",
    "招聘 面试 体检", "食品 抽检 不合格", "养老保险 公示", "防汛 转移 群众", "危房改造 补贴",
)  # fmt: skip
PHRASES = (
    "认真抓好贯彻落实", "国有土地使用权出让", "一次办好、全程网办", "专款专用、专账核算",
    "城乡居民医疗保险", "靖安县自然资源局", "安全生产责任制", "政府信息公开",
    "行政处罚案件", "高标准农田建设",
)  # fmt: skip
MISTYPED = ("危房改早", "医疗保显报销", "食品安全抽捡", "weifanggaizao", "行政处罚案牛")


def plain(words: str, **more: object) -> Query:
    """Return a query of the public."""
    return replace(Query(words=words, scopes=(searchcorpus.SCOPE,)), **more)


def timed(
    asks: Sequence[Callable[[], object]],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.thread_time,
) -> list[list[float]]:
    """Return the milliseconds of each call, taken in turn; one round warms."""
    took: list[list[float]] = [[] for _ in asks]
    for turn in range(rounds + 1):
        for place, ask in enumerate(asks):
            start = clock()
            ask()
            if turn:
                took[place].append((clock() - start) * 1000)
    return took


def _call(index: TantivyIndex, query: Query) -> Callable[[], object]:
    def ask() -> None:
        index._fresh().forget()
        index.search(query)

    return ask


def _p(took: Sequence[Sequence[float]], percent: int) -> float:
    together = sorted(each for one in took for each in one)
    return together[min(len(together) - 1, len(together) * percent // 100)]


def rivals(index: TantivyIndex) -> Iterator[Measured]:
    """Compare the ranked first ten of common words, in turn, with each rival."""
    number = min(DOCUMENTS, RIVALS_AT_MOST)
    texts = [searchrivals.segmented(each) for each in range(number)]
    for name, bar, rival in searchrivals.there():
        with TemporaryDirectory() as folder, rival(texts, Path(folder)) as ask:
            words = [word for word in COMMON if ask(word)]
            assert len(words) > len(COMMON) // 2, words
            ours, theirs = [], []
            for word in words:
                ours += timed([_call(index, plain(word))], 5, time.perf_counter)
                theirs += timed([lambda word=word: ask(word)], 5, time.perf_counter)
        ratio = statistics.median(map(statistics.median, theirs)) / statistics.median(
            map(statistics.median, ours)
        )
        where = f"{number:,} texts" if number == DOCUMENTS else f"{number:,} theirs, {WHERE} ours"
        yield Measured(f"{name} / ours, ranked common word", where, ratio, bar, "x", at_most=False)
        sys.stderr.write(f"{name}: p50 {_p(theirs, 50):.2f} p99 {_p(theirs, 99):.2f} ms\n")


def bare(index: TantivyIndex) -> Iterator[Measured]:
    """Compare our call with tantivy asked for the same page by hand."""
    searcher = index._fresh().searcher
    engine = index._index
    boosts = {**FINDING, **RAISING}

    def by_hand(word: str) -> None:
        asked = engine.parse_query(f'"{" ".join(phrase(word).terms)}"', [*boosts], boosts)
        found = searcher.search(asked, 10, count=True)
        for _, at in found.hits:
            kept = searcher.doc(at)
            kept.get_first("shown"), kept.get_first("shown_body")
        searcher.aggregate(asked, dict(aggregations(FACETS)))

    ours, theirs = [], []
    for word in (*COMMON, *PHRASES[:3]):
        pair = timed([_call(index, plain(word, facets=FACETS)), lambda word=word: by_hand(word)])
        ours.append(pair[0])
        theirs.append(pair[1])
    for percent, bar in ((50, 1.5), (99, 2)):
        ratio = _p(ours, percent) / _p(theirs, percent)
        yield Measured(f"ours / bare tantivy, p{percent}", WHERE, ratio, bar, "x")


def alone(index: TantivyIndex) -> Iterator[Measured]:
    """Measure our call over what citizens ask for."""
    organ = {Facet.ORGAN: ("靖安县财政局",), Facet.YEAR: ("2024", "2025")}
    since = {"since": date(2024, 1, 1), "until": date(2025, 12, 31)}
    kinds = {
        "common word, facets": [plain(word, facets=FACETS) for word in COMMON],
        "several words, facets": [plain(words, facets=FACETS) for words in SEVERAL],
        "common word, filters, facets": [
            plain(word, facets=FACETS, filters=organ) for word in COMMON[:12]
        ],
        "phrase, facets": [plain(words, facets=FACETS) for words in PHRASES],
        "common word, by day, page 50": [
            plain(word, sort=Sort.DATE, page=50, **since) for word in COMMON[:12]
        ],
    }
    times = 3 if TIMES > 1 else 1  # the issue has a bar for common words alone: 5 and 15 ms
    for name, queries in kinds.items():
        took = timed([_call(index, query) for query in queries])
        bar = 30 if "phrase" in name else 10 if "several" in name else 5
        for percent, most in ((50, bar), (95, bar), (99, bar * 2)):
            yield Measured(f"{name}, p{percent}", WHERE, _p(took, percent), most * times, "ms CPU")
    took = timed([_call(index, plain(words)) for words in MISTYPED])
    yield Measured("mistyped: spelling and most words, p95", WHERE, _p(took, 95), 50, "ms CPU")
    kinds["phrase, facets"] = kinds["phrase, facets"][::3]  # most questions are one or two words
    mixed = [query for queries in kinds.values() for query in queries]
    mixed = [replace(query, facets=()) for query in mixed] + mixed[::6]
    calls = [_call(index, query) for query in mixed]
    timed(calls, 0)
    start = time.thread_time()
    for _ in range(3):
        for call in calls:
            call()
    rate = 3 * len(calls) / (time.thread_time() - start)
    yield Measured("mixed questions, one thread", WHERE, rate, 400, "a CPU s", at_most=False)


def as_readers_ask(index: TantivyIndex) -> Iterator[Measured]:
    """Ask as readers do: the n-th of 485 questions once for every n times the first is asked.

    Answers are kept as in service, and dropped as often as a publication drops them where twenty
    come in a minute and 400 questions in a second.
    """
    pool = [*COMMON, *SEVERAL, *PHRASES, *(" ".join(pair) for pair in combinations(COMMON, 2))]
    chance = random.Random(5)
    chance.shuffle(pool)
    weights = [1 / place for place in range(1, len(pool) + 1)]
    drawn = [plain(words) for words in chance.choices(pool, weights, k=3 * BETWEEN)]
    took = []
    for place, query in enumerate(drawn):
        if place % BETWEEN == 0:
            index._fresh().forget()
        start = time.thread_time()
        index.search(query)
        took.append(time.thread_time() - start)
    rate = len(took) / sum(took)
    yield Measured("asked as readers do, one thread", WHERE, rate, 400, "a CPU s", at_most=False)
    yield Measured("asked as readers do, p95", WHERE, _p([took], 95) * 1000, 15, "ms CPU")


def seen(index: TantivyIndex) -> Iterator[Measured]:
    """Measure how long a change takes until it is found, and until a withdrawn text is not."""
    other = TantivyIndex(index._store.folder)
    took = []
    for place in range(20):
        record = replace(searchcorpus.record(place), key=f"new:{place}", title=f"新到第{place}件")
        start = time.perf_counter()
        index.change(put=[record])
        assert other.search(plain(f"“新到第{place}件”")).total == 1
        took.append(time.perf_counter() - start)
        start = time.perf_counter()
        index.change(take=[record.key])
        assert other.search(plain(f"“新到第{place}件”", in_title=True)).total == 0
        took.append(time.perf_counter() - start)
    yield Measured("found after a change, longest of 40", WHERE, max(took), 1, "s")
    yield Measured("found after a change, median", WHERE, statistics.median(took), 1, "s")


def main() -> None:
    """Ratios first, then what stands alone."""
    index, building = built()
    if os.environ.get("GONGKAI_BENCH_RIVALS") != "0":
        hand_over(rivals(index))
    hand_over(bare(index))
    hand_over(alone(index))
    hand_over(as_readers_ask(index))
    hand_over(building)
    hand_over(seen(index))


if __name__ == "__main__":
    main()
