"""宣传: how knowledge was spread, on paper, on screens and in the media."""

from typing import Annotated, Literal

from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many


class Publicity(FactSection):
    """宣传."""

    kind: Literal["publicity"]
    channels: Many[Line] = ()
    """Through what: 宣传栏, 有线广播."""
    topics: Many[Line] = ()
    """What about: 反对邪教, 家庭养生."""
    audiences: Many[Line] = ()
    """For whom."""
    articles: Annotated[Count, Unit("篇")] | None = None
    """Articles in the community's own online channels, in 篇."""
    reads: Annotated[Count, Unit("次")] | None = None
    """How often they were read, in 次."""
    shares: Annotated[Count, Unit("次")] | None = None
    """How often contents of 科普中国 were passed on, in 次."""
    leaflets: Annotated[Count, Unit("份")] | None = None
    """Leaflets handed out, in 份."""
    books: Annotated[Count, Unit("册")] | None = None
    """Books and booklets handed out, in 册."""
    banners: Annotated[Count, Unit("条")] | None = None
    """Banners hung, in 条."""
    boards: Annotated[Count, Unit("块")] | None = None
    """Display boards shown, in 块."""
    broadcasts: Annotated[Count, Unit("次")] | None = None
    """Broadcasts over loudspeakers or radio, in 次."""
    screenings: Annotated[Count, Unit("场次")] | None = None
    """Films and programmes shown, in 场次."""
    audience: Annotated[Count, Unit("人次")] | None = None
    """How many watched them, in 人次."""
    reports: Annotated[Count, Unit("篇")] | None = None
    """Reports in the media, in 篇."""
