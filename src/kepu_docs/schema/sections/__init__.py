"""The section kinds of the core, one module each."""

from kepu_docs.schema.sections.activities import Activities
from kepu_docs.schema.sections.facilities import Facilities
from kepu_docs.schema.sections.funding import Funding
from kepu_docs.schema.sections.leadership import Leadership
from kepu_docs.schema.sections.narrative import Narrative
from kepu_docs.schema.sections.next_year_plan import NextYearPlan
from kepu_docs.schema.sections.outcomes import Outcomes
from kepu_docs.schema.sections.problems import Problems
from kepu_docs.schema.sections.publicity import Publicity
from kepu_docs.schema.sections.records import Records
from kepu_docs.schema.sections.rollup import Rollup
from kepu_docs.schema.sections.team import Team
from kepu_docs.schema.sections.training import Training

CORE_SECTIONS = (
    Leadership,
    Team,
    Training,
    Activities,
    Publicity,
    Facilities,
    Funding,
    Records,
    Outcomes,
    Problems,
    NextYearPlan,
    Narrative,
    Rollup,
)
"""The models, in the order in which a summary usually has them."""

__all__ = [
    "CORE_SECTIONS",
    "Activities",
    "Facilities",
    "Funding",
    "Leadership",
    "Narrative",
    "NextYearPlan",
    "Outcomes",
    "Problems",
    "Publicity",
    "Records",
    "Rollup",
    "Team",
    "Training",
]
