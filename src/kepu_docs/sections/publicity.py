"""宣传: dissemination of knowledge on paper, on screens and in the media."""

from typing import Annotated, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import RollupRule, SurveyAnswer
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import UNKNOWN, FactSection, Line, Many, MaybeCount, Unit

__all__ = ["PUBLICITY", "Publicity"]


class Publicity(FactSection):
    """宣传."""

    kind: Literal["publicity"] = "publicity"
    channels: Many[Line] = ()
    """Channels used: 宣传栏, 有线广播."""
    topics: Many[Line] = ()
    """The topic: 反对邪教, 家庭养生."""
    audiences: Many[Line] = ()
    """Target audience."""
    articles: Annotated[MaybeCount, Unit("篇")] = UNKNOWN
    """Articles on the community's own online channels, in 篇."""
    reads: Annotated[MaybeCount, Unit("次")] = UNKNOWN
    """Number of times read, in 次."""
    shares: Annotated[MaybeCount, Unit("次")] = UNKNOWN
    """How often content of 科普中国 was shared, in 次."""
    leaflets: Annotated[MaybeCount, Unit("份")] = UNKNOWN
    """Leaflets distributed, in 份."""
    books: Annotated[MaybeCount, Unit("册")] = UNKNOWN
    """Books and booklets distributed, in 册."""
    banners: Annotated[MaybeCount, Unit("条")] = UNKNOWN
    """Banners hung, in 条."""
    boards: Annotated[MaybeCount, Unit("块")] = UNKNOWN
    """Display boards shown, in 块."""
    broadcasts: Annotated[MaybeCount, Unit("次")] = UNKNOWN
    """Broadcasts over loudspeakers or radio, in 次."""
    screenings: Annotated[MaybeCount, Unit("场次")] = UNKNOWN
    """Films and programmes shown, in 场次."""
    audience: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Views, in 人次."""
    reports: Annotated[MaybeCount, Unit("篇")] = UNKNOWN
    """Media reports, in 篇."""


_TOTALS: Final = (
    "articles", "reads", "shares", "leaflets", "books", "banners", "boards", "broadcasts", "screenings", "audience",
    "reports",
)  # fmt: skip
_HANDED: Final = "发放|散发|印发|派发|分发|发送|赠送|印制|编印|发出|送出"
_LEAFLETS: Final = "宣传单|传单|宣传资料|资料|折页|宣传材料|材料|宣传品|倡议书|手册|明白纸|单页"

_HUNG: Final = "悬挂|张挂|拉挂|挂|拉|制作|印制|书写|张贴|布置"
_SHOWN: Final = "展出|制作|摆放|设置|展示|刊出|编出|出|更换"

PUBLICITY: Final = SectionKind(
    Publicity,
    rollup=RollupRule.of(
        Publicity,
        totals=_TOTALS,
        names=("channels", "topics", "audiences"),
        survey=(
            SurveyAnswer("Leaflets and other materials distributed", "leaflets"),
            SurveyAnswer("Articles in online channels", "articles"),
            SurveyAnswer("Times these were read", "reads"),
        ),
    ),
    recognition=Recognition(
        words="宣传(?:活动|教育|工作)?|宣教|宣导|传播|publicity|outreach|media",
        hints="氛围|媒体|普及|知识|公众号|横幅|海报|橱窗",
        amounts=(
            StatedAmount("leaflets", _LEAFLETS, "份|张", verbs=_HANDED),
            StatedAmount("books", "读本|手册|图书|书籍|书刊", "册|本", verbs=_HANDED),
            StatedAmount("banners", "横幅|条幅|布条", "条|幅", verbs=_HUNG),
            StatedAmount("banners", "标语", "条|幅", verbs=_HUNG),
            StatedAmount("boards", "展板|展牌", "块", verbs=_SHOWN),
            StatedAmount("boards", "板报", "块|期", verbs=_SHOWN),
            StatedAmount("articles", "推送|发布|发表|刊发", "篇|条", verbs="公众号|微信群|网站|平台|线上", gap=16),
            StatedAmount("articles", "文章|推文|信息|图文", "篇|条", verbs="推送|发布|发表|刊发|转发"),
            StatedAmount("broadcasts", "广播|喇叭", "次", gap=12),
            StatedAmount("screenings", "播放|放映|播映|观看|收看", "场次|场|次", gap=16, unless="广播|喇叭"),
            StatedAmount("reports", "媒体报道|被报道", "篇", gap=4),
        ),
    ),
)
