"""Work shared among a few processes: each opens what it needs itself, nothing large is sent.

Processes are forked, so they start in a moment; a database connection must not be shared, so
`begin` runs first in each. One process means this one, without a fork.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import TypeVar

Done = TypeVar("Done")
_AHEAD = 3  # portions given out for each process: none waits, none is held long


def share(
    portions: Iterable[str],
    do: Callable[[str], Done],
    *,
    begin: Callable[[], None],
    processes: int,
) -> Iterator[Done]:
    """Yield what `do` returns for each portion, in the order in which they are done.

    Raises: what `do` raises; BrokenProcessPool when a process was killed.
    """
    if processes <= 1:
        begin()
        yield from map(do, portions)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=begin) as pool:
        waiting: set[Future[Done]] = set()
        try:
            for portion in portions:
                waiting.add(pool.submit(do, portion))
                if len(waiting) >= processes * _AHEAD:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (each.result() for each in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
