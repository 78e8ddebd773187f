"""How many requests a second the service answers, beside an endpoint that returns a constant.

Run it with ``python benchmark.py``; ``--requests 500`` for more.
"""

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
from test_scorecard_service import EXAMPLE, served


def measured(
    client: httpx.Client, requests: int, method: str, path: str, body: bytes | None = None
) -> tuple[float, float]:
    """Return requests per second, and the milliseconds of each that were spent in the library."""

    def ask(_: int) -> float:
        response = client.request(method, path, content=body).raise_for_status()
        return float(response.headers.get("server-timing", "dur=0").rpartition("=")[2])

    ask(0)
    begun = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        library = list(pool.map(ask, range(requests)))
    taken = time.perf_counter() - begun
    return requests / taken, sum(library) / requests


def main() -> None:
    """Print both, and what share of the time of a request one at a time is the library's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    requests = parser.parse_args().requests
    body = json.dumps({"year": 2020, "by": "area", "tables": EXAMPLE}).encode()
    begun = time.process_time()
    for _ in range(100):
        json.loads(body)
    parsing = (time.process_time() - begun) * 10
    with served() as address, httpx.Client(base_url=address, timeout=120) as client:
        constant, _ = measured(client, requests, "GET", "/constant")
        cards, _ = measured(client, requests, "POST", "/scorecards", body)
        alone = []
        for _ in range(max(5, requests // 10)):
            begun = time.perf_counter()
            response = client.post("/scorecards", content=body)
            whole = 1000 * (time.perf_counter() - begun)
            alone.append((float(response.headers["server-timing"].rpartition("=")[2]), whole))
    library, whole = (sum(each) / len(alone) for each in zip(*alone, strict=True))
    print(f"a constant:           {constant:8.1f} requests/s")
    print(f"the whole programme:  {cards:8.1f} requests/s, {len(body):,} bytes of rows, to JSON by area")
    print(f"in the library:       {library:8.1f} ms of {whole:.1f} ms a request ({library / whole:.0%})")
    print(f"parsing the body:     {parsing:8.2f} ms; the library takes {library / parsing:.0f} times that")


if __name__ == "__main__":
    main()
