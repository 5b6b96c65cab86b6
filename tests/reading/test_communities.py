import pytest

from kepu_docs.reading.communities import named_community


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("试验社区2025年科普工作总结", "试验社区"),
        ("关于试验社区2025年科普工作的总结", "试验社区"),
        ("试验区试验街道试验社区居民委员会", "试验社区"),
        ("試驗區試驗街道試驗社區", "試驗社區"),
        ("试验2025年度社区总结", "试验社区"),
        ("幸福社区居民委员会", "幸福社区"),
        ("试验街道和谐社区居委会", "和谐社区"),
        ("和平社区2025年总结", "和平社区"),
        ("向阳社区居委会", "向阳社区"),
        ("向试验社区学习", "试验社区"),
        ("创建和谐社区工作总结", ""),
        ("和谐社区建设总结", ""),
        ("各社区科普工作总结", ""),
        ("试验县试验镇东村民委员会", "东村"),
        ("试验区试验街道办事处", "试验街道"),
        ("Annual report of Test Hill Community", "Test Hill Community"),
        ("科普工作总结", ""),
    ],
)
def test_who_is_named(words: str, name: str) -> None:
    assert named_community(words) == name
