"""The section kinds of the core, one file each: model, computed facts, rollup rule, recognition of old documents.

A kind is added by its file, which names its constant and its models in ``__all__``, and by one line here. The order of
the lines is the usual order of the sections in a summary.
"""
# ruff: noqa: F403, I001

from kepu_docs.contract.sections import SectionKind as _SectionKind
from kepu_docs.sections.leadership import *
from kepu_docs.sections.team import *
from kepu_docs.sections.training import *
from kepu_docs.sections.activities import *
from kepu_docs.sections.publicity import *
from kepu_docs.sections.facilities import *
from kepu_docs.sections.funding import *
from kepu_docs.sections.records import *
from kepu_docs.sections.outcomes import *
from kepu_docs.sections.problems import *
from kepu_docs.sections.next_year_plan import *
from kepu_docs.sections.narrative import *
from kepu_docs.sections.rollup import *

KINDS: tuple[_SectionKind, ...] = tuple(each for each in tuple(globals().values()) if isinstance(each, _SectionKind))
"""The kinds, in their order."""
