"""Raw web pages around clean summaries: twenty kinds of furniture, above, below and between, half- and full-width."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

NARROW: Final = str.maketrans("：（），！", ":(),!")

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Sort:
    """A sort of furniture: what may stand above a text, between its paragraphs, and below it."""

    above: tuple[Lines, ...] = ()
    between: tuple[Lines, ...] = ()
    below: tuple[Lines, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page: its lines, and which of them are furniture."""

    lines: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


# ``{title}`` is the title of the summary.
SORTS: Final[Mapping[str, Sort]] = {
    "navigation": Sort(
        above=(
            ("首页 | 工作总结 | 工作计划 | 心得体会 | 演讲稿",), ("网站首页  范文大全  公文写作  党团范文  联系我们",),
            ("试验范文网", "• 工作总结", "• 工作计划", "• 述职报告"), ("首页", "新闻中心", "科普园地", "办事指南"), ("菜单", "登录 | 注册"),
        ),
        below=(("关于我们 | 广告服务 | 友情链接 | 版权声明",), ("网站地图  联系我们  意见反馈",), ("首页", "返回顶部")),
    ),
    "breadcrumbs": Sort(
        above=(
            ("您的当前位置：首页正文",), ("当前位置：试验网 > 范文 > 总结 > 正文",), ("首页>科普园地>工作动态",), ("范文网 >工作报告",),
            ("您现在的位置：首页 » 政务公开 » {title}",), ("所在位置：首页 → 总结",), ("试验网＞总结＞正文",),
        ),
    ),
    "search": Sort(above=(("搜索",), ("站内搜索", "请输入关键词"), ("热门搜索：",), ("全站搜索  高级搜索",))),
    "publication": Sort(
        above=(
            ("发布时间：2024-05-06",), ("2025-01-05人已围观",), ("xxxx-xx-xx 发布",), ("发布日期：2024年5月6日",), ("2024-05-06 10:20:30",),
            ("更新时间：2024/5/6 来源：试验网",), ("发布于2024.05.06",), ("2024-05-06 来源：试验信息网",),
        ),
        below=(("更新时间：2024-05-06 10:20",),),
    ),
    "counters": Sort(
        above=(
            ("浏览次数：1024",), ("阅读（356）",), ("已有123人围观",), ("点击：12次",), ("人气：2.6万",), ("1024次浏览",), ("阅读量 35  点赞 6",),
        ),
        below=(("浏览：35 次",), ("点赞（6）",)),
    ),
    "source": Sort(
        above=(
            ("来源：试验网 作者：佚名",), ("稿件来源：试验区科协 作者：甲某",), ("编辑：甲某 时间：2024/05/06 收藏本文",), ("信息来源：试验社区",),
            ("作者：甲某 | 来源：试验报 | 2024-05-06",),
        ),
        below=(("责任编辑：甲某",), ("（责任编辑：乙某）",), ("供稿：试验社区 审核：甲某",)),
    ),
    "share": Sort(
        above=(("分享到：",), ("分享到：微信 微博 QQ空间",), ("分享", "收藏", "举报")),
        below=(("分享到：QQ空间 新浪微博 微信",), ("点赞  收藏  分享",), ("复制链接", "举报")),
    ),
    "related": Sort(
        above=(("• 相关推荐",), ("- 相关推荐",)),
        below=(
            ("【{title}】相关文章：", "社区科普工作计划05-01", "科普宣传总结06-12"), ("• 相关推荐", "科普讲座方案", "社区工作计划"),
            ("相关阅读：", "某某社区科普计划"), ("猜你喜欢", "科普活动方案范文"), ("热门文章", "1 科普计划", "2 活动方案"),
        ),
    ),
    "collection": Sort(
        above=(
            ("{title}（分享十五篇）。",), ("{title}（通用5篇）",), ("科普工作总结（精选12篇）",), ("{title}范文大全",), ("科普工作总结13篇",), ("科普总结模板（集锦六篇）-试验文库",),
        ),
    ),
    "editor": Sort(
        above=(
            ("总结是回顾过去的好办法，下面是小编为大家整理的范文，欢迎阅读与收藏。",), ("【导语】以下是为您准备的总结，供大家参考。",),
            ("写总结需要借鉴范文。感谢您的光临，我们推荐您继续阅读本文。",), ("工作告一段落了，让我们来写一份总结吧！以下是小编收集的范文，希望对大家有所帮助。",),
        ),
        below=(("以上就是小编为大家整理的全部内容，希望对大家有帮助。",), ("更多总结请关注本站，感谢您的阅读！",)),
    ),
    "copyright": Sort(
        below=(
            ("Copyright © 2020-2024 试验网 版权所有",), ("版权所有：试验区科协 京ICP备00000000号",), ("本文来源：https://example.com/1.html",),
            ("以上内容转载请注明出处。",), ("主办单位：试验区科协 技术支持：试验公司 邮编：000000",), ("声明：本文由网友上传，版权归原作者所有",),
        ),
        above=(("版权声明：本文档由用户提供并上传，收益归属内容提供方",),),
    ),
    "comments": Sort(
        below=(
            ("网友评论", "甲网友 2024-05-07 08:30", "写得好，学习了。"), ("发表评论", "评论列表（2条）", "很有帮助！"), ("文档评论（0）",), ("最新评论：", "暂无评论"),
        ),
    ),
    "pages": Sort(
        between=(("第1页 共3页",), ("— 2 —",), ("上一页 1 2 3 下一页",), ("1 2 3 4 下一页",), ("第 2 页",)),
        below=(("上一页 1 2 3 下一页",), ("首页 上一页 下一页 尾页",), ("共3页",)),
    ),
    "print": Sort(
        above=(("【打印】【关闭】",), ("打印本页",), ("打印 关闭",)),
        below=(("【打印本页】 【关闭窗口】",), ("打印", "关闭"), ("[打印] [关闭]",)),
    ),
    "font": Sort(above=(("字号：大 中 小",), ("字体：【大 中 小】",), ("【字体：大 中 小】",), ("大 中 小",), ("字号：",))),
    "code": Sort(
        above=(("扫一扫在手机打开当前页",),),
        below=(("扫一扫在手机打开当前页",), ("微信扫一扫，关注公众号",), ("长按识别二维码关注我们",), ("扫码阅读",)),
    ),
    "neighbours": Sort(
        below=(
            ("上一篇：社区科普工作计划", "下一篇：没有了"), ("上一篇: 某某街道举办讲座",), ("【上一篇】科普计划", "【下一篇】科普方案"), ("上一条：甲通知", "下一条：乙通知"),
        ),
    ),
    "labels": Sort(
        above=(("标签：科普 总结 社区",), ("【#实用文# #科普工作总结#】",), ("关键词：科普；总结",)),
        below=(("标签：科普、总结",), ("Tags：科普 社区",)),
    ),
    "download": Sort(
        above=(
            ("{title}.docx",), ("下载文档", "文档简介"), ("文档编号：7612824 上传时间：2023-01-25 格式：DOCX 页数：28",), ("- 37.5 KB |", "- 2页"), ("免费下载",),
        ),
        between=(("隐藏内容",), ("此处内容需要权限查看", "普通用户特权：8.8积分"), ("展开全文",), ("点击查看更多",), ("广告",)),
        below=(("下载本文档",), ("点击下载",), ("《{title}》由会员分享，可在线阅读，更多相关内容请在试验网搜索。",)),
    ),
    "traditional": Sort(
        above=(
            ("欄目：工作總結 / 發佈於：2024-05-06 / 人氣：2.6W",), ("網站首頁 工作總結 心得體會 述職報告",), ("當前位置：首頁 > 總結 > 正文",), ("閱讀：1024",), ("點閱數：14318",),
            ("字型：大 中 小",),
        ),
        below=(("列印 關閉",), ("上一篇：沒有了",), ("版權所有 試驗網",), ("責任編輯：甲某",)),
    ),
}  # fmt: skip


def raw(title: str, head: Sequence[str], body: Sequence[str], sorts: Sequence[str], seed: int, *, narrow: bool) -> Page:
    """Return a page around a text, with furniture of ``sorts``: ``head`` stands first, with the title in it."""
    random = Random(seed)  # noqa: S311
    page = Page()

    def put(which: Callable[[Sort], tuple[Lines, ...]]) -> None:
        for name in random.sample(list(sorts), len(sorts)):
            choices = which(SORTS[name])
            if choices:
                lines = [line.format(title=title) for line in random.choice(choices)]
                lines = [line.translate(NARROW) for line in lines] if narrow else lines
                page.lines.extend(lines)
                page.furniture.extend(lines)

    put(lambda sort: sort.above)
    page.lines.extend(head)
    middle = random.randrange(1, len(body))
    page.lines.extend(body[:middle])
    put(lambda sort: sort.between)
    page.lines.extend(body[middle:])
    put(lambda sort: sort.below)
    return page
