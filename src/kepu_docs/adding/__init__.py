"""How the section kinds of the core are added up to those of a higher body, one rule each."""

from collections.abc import Mapping
from typing import Final

from kepu_docs.adding.activities import ACTIVITIES
from kepu_docs.adding.facilities import FACILITIES
from kepu_docs.adding.funding import FUNDING
from kepu_docs.adding.leadership import LEADERSHIP
from kepu_docs.adding.outcomes import NARRATIVE, OUTCOMES, PLAN, PROBLEMS
from kepu_docs.adding.simple import PUBLICITY, RECORDS
from kepu_docs.adding.team import TEAM
from kepu_docs.adding.training import TRAINING
from kepu_docs.contract.rollups import RollupRule

RULES: Final[Mapping[str, RollupRule]] = {
    "leadership": LEADERSHIP,
    "team": TEAM,
    "training": TRAINING,
    "activities": ACTIVITIES,
    "publicity": PUBLICITY,
    "facilities": FACILITIES,
    "funding": FUNDING,
    "records": RECORDS,
    "outcomes": OUTCOMES,
    "problems": PROBLEMS,
    "next_year_plan": PLAN,
    "narrative": NARRATIVE,
}
"""The rules by kind. That of ``rollup``, which is about the rollup itself, is the rollup's own."""

__all__ = ["RULES"]
