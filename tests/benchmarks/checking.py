"""The cost of checking: all rules on records of 2,000 characters, compared with reading and validating these records.

The records are JSON without mistakes, as most texts are right. Both take turns in one process, whose processor time is
measured; the ratio is the median of those of each turn.
"""

import json
import statistics
import time
from collections.abc import Iterator
from random import Random

from kepu_docs.checking import Candidate, Checker, Settings
from kepu_docs.checking.places import NamedPlaces
from kepu_docs.pipeline import Engine
from kepu_docs.registry import Registry
from kepu_docs.schema.written import written_texts
from tests.benchmarks.records import record

RECORDS = 100
TURNS = 7
CHARACTERS = 2_000


def main() -> None:
    """Print how many records are checked a second, and how that compares with reading them."""
    engine = Engine(Registry.load())
    texts = list(records())
    checker = Checker(engine, Settings())
    places = NamedPlaces("record")
    summaries = [engine.read(text, "json", "record") for text in texts]
    length = statistics.mean(sum(len(field.text) for field in written_texts(each)) for each in summaries)
    for each in summaries:
        checker.check(Candidate(each, places))
    ratios, rates = [], []
    for _ in range(TURNS):
        start = time.process_time()
        for text in texts:
            engine.read(text, "json", "record")
        middle = time.process_time()
        for each in summaries:
            checker.check(Candidate(each, places))
        end = time.process_time()
        ratios.append((end - middle) / (middle - start))
        rates.append(RECORDS / (end - middle))
    print(f"Checking records of {length:,.0f} characters with {len(engine.registry.checks)} rules, {TURNS} turns")
    print(f"  {statistics.median(rates):,.0f} a second (best turn {max(rates):,.0f}; aim: 1,000)")
    print(f"  {statistics.median(ratios):.2f} x reading and validating the same records from JSON")


def records() -> Iterator[bytes]:
    """Yield the records: those of the other benchmarks, with an opening, and without figures that contradict."""
    for place in range(RECORDS):
        made = sized(record("试验社区", Random(place)), Random(place))
        yield json.dumps(made, ensure_ascii=False).replace("活动室全年向", "活动室向").encode()


def sized(made: dict[str, object], random: Random) -> dict[str, object]:
    """Return a record whose texts have as many characters as are wanted: an opening is added."""
    sentence = "社区科普工作领导小组每季度研究一次工作，志愿者走进楼栋讲解用电用气常识，居民普遍欢迎，希望常来。"
    have = sum(len(text) for text in _texts(made))
    paragraphs = [sentence * random.randint(2, 4) for _ in range(12)]
    while sum(map(len, paragraphs)) + have > CHARACTERS and paragraphs:
        paragraphs.pop()
    return {**made, "opening": paragraphs}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []


if __name__ == "__main__":
    main()
