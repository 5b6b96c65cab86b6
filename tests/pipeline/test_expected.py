"""The contacts in a list of expected communities."""

import pytest

from kepu_docs.pipeline.expected import Contacts, Listed
from kepu_docs.pipeline.records import Who

LISTED = [
    Listed(Who("试验区", "甲街道", "试验社区", "000101"), "王某"),
    Listed(Who("试验区", "乙街道", "试验社区", "000102"), "张某"),
    Listed(Who("", "", "示例社区", ""), "李某"),
    Listed(Who("", "", "样例社区", "000104")),
]


@pytest.mark.parametrize(
    ("who", "contact"),
    [
        (Who("", "", "", "000102"), "张某"),
        (Who("试验区", "甲街道", "试验社区", ""), "王某"),
        (Who("", "甲街道", "试验社区", ""), "王某"),
        (Who("试验区", "", "试验社区", ""), ""),
        (Who("试验区", "丙街道", "试验社区", ""), ""),
        (Who("试验区", "丙街道", "示例社区", "000103"), "李某"),
        (Who("", "", "样例社区", "000104"), ""),
        (Who(), ""),
    ],
)
def test_whom_to_ask(who: Who, contact: str) -> None:
    assert Contacts(LISTED).of(who) == contact


def test_one_contact_of_two_communities_of_one_name_is_that_of_both() -> None:
    both = [Listed(Who("", street, "试验社区"), "王某") for street in ("甲街道", "乙街道")]
    assert Contacts(both).of(Who("", "", "试验社区")) == "王某"
