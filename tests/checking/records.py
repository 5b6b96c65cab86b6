"""Records with a mistake in each, in every syntax and source."""

from pathlib import Path
from typing import Final

YAML: Final = """\
community: {name: 试验社区}
period: 2025
title: 试验社区2024年科普工作总结
opening: |
  2025年,社区开展“学科学“活动。
  第二段,共300人。
sections:
  - kind: narrative
    heading: 领导和活动计划
    paragraphs:
      - 居民精神礼貌素质提高，收获“很大”。
      - "引号里的\\u5c45民,“再接再励”。"
      - 'it''s,科普。'
      - >
        折行的文字,
        科普。
  - kind: activities
    attendance_total: 100
    activities:
      - {name: 讲座, attendance: 120}
signed_by: 试验社区居民委员会
signed_on: 2025-12-20
"""

CHINESE: Final = """\
社区: {名称: 试验社区}
时间: 2025
开头: 20xx年，社区开展科普工作。
"""

TOML: Final = """\
period = 2025
opening = '社区重视,居民支持。'
signed_by = "试验社区居民委员会"  # kepu: ignore[rare-character]
signed_on = 2025-12-20
[community]
name = "试验社区"
[[sections]]
kind = "narrative"
heading = "领导和活动计划"
paragraphs = [\"\"\"
第一段,科普。\"\"\", "20xx年。"]
"""

CLEAN: Final = """\
community: {name: 试验社区}
period: 2025
sections:
  - {kind: narrative, heading: 领导和活动计划, paragraphs: [居民普遍欢迎。]}
signed_by: 试验社区居民委员会
signed_on: 2025-12-20
"""


def put(folder: Path, **files: str) -> None:
    """Write files: ``a_yaml`` is ``a.yaml``."""
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (folder / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
