"""Growth of a computation's cost, measured so that a busy machine does not matter much."""

import time
from collections.abc import Callable

# For an input four times longer: 4 when the cost is proportional, 16 when it grows with the square.
LINEAR = 8


def growth(work: Callable[[str], object], small: str, large: str, *, tries: int = 5) -> float:
    """How many times more processor time the large input takes than the small one: the best of each."""

    def best(text: str) -> float:
        times = []
        for _ in range(tries):
            start = time.process_time()
            work(text)
            times.append(time.process_time() - start)
        return min(times)

    # Half a millisecond of grace: under that, a clock measures itself.
    return best(large) / (best(small) + 0.0005)
