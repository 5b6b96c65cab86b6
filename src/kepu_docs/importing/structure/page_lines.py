"""Lines that occur on web pages but not in summaries: navigation, times of publication, counters, buttons, copyright.

Lines are compared in simplified hanzi, without bullets and brackets around them.
"""

import re
from typing import Final

from kepu_docs.reading.simplifying import simplified

_LONGEST: Final = 200
"""In characters; a longer line is never a line of a page."""
_X: Final = "[0-9０-９xX×*＊_]"
DATE: Final = (
    rf"(?:(?:19|20)[0-9]{{2}}|20{_X}{{2}}|{_X}{{4}})\s?(?:[-/.]|年)\s?{_X}{{1,2}}\s?(?:[-/.]"
    rf"|月)\s?{_X}{{1,2}}(?:\s?日)?"
)
_TIME: Final = r"(?:\s*+[T上下午中]{0,2}[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)"
_ANY: Final = "[^。！？；]"
_SEPARATOR: Final = "(?:>|»|›|＞|→|》(?=[^，。]{2,10}$)|&gt;)"
_COUNT: Final = r"[0-9０-９.,]{1,9}\s?(?:万|[wWkK])?[+＋]?"
_COUNTED: Final = "围观|浏览|瀏览|阅读|点击|点阅|访问|查看|人气|热度|点赞|收藏|下载|评论|转发|在看|喜欢"
_KEYS: Final = (
    "发布时间|发布日期|发布于|发布人|发布者|发布单位|发布机构|更新时间|更新日期|上传时间|上传人|上传者"
    "|上传日期|发表时间|编辑时间|录入时间|公开日期|稿件来源|文章来源|信息来源"
    "|内容来源|供稿|投稿|责任编辑|责编|编辑员|录入员?|审核人?|初审|复审|终审|浏览次数|浏览量|浏览|点击数"
    "|点击量|点击率|点击|阅读次数|阅读量|阅读数|阅读|访问量|访问次数|点阅数|人气|热度|字号|字体"
    "|栏目|所属栏目|所属分类|文章分类|标签|关键词|关键字|文档编号|文档格式|文档大小|文档热度|索引号"
    "|有效性|主题分类|分享到?|打印|来源|作者|分类|时间|日期|撰文"
)
_WEAK_KEYS: Final = (
    "阅读|浏览|点击|人气|热度|打印|分享|来源|作者|分类|类别|编辑|大小|页数|格式|ID|售价|时间|日期|撰文"
    "|摄影|记者|通讯员|文号|摘要|导读|核心提示"
)
_BUTTONS: Final = (
    "站?内?搜[索寻]|高级搜索|全站搜索|请输入关键[词字]|登录|注册|登录[/ |·]?注册|会员中心|返回顶部"
    "|返回首页|返回列表|返回上一?[页级]|回到顶部|置顶|打印|打印本页|打印此页|打印文章|列印"
    "|友善列印|关闭|关闭窗口|关闭本页|收藏|收藏本文|收藏本页|收藏本站|加入收藏|设为首页|举报|检举|纠错"
    "|我要纠错|投诉建议|复制|复制链接|复制全文|一键复制|分享|转发|点赞|展开全文|展开阅读全文|阅读全文"
    "|阅读原文"
    "|查看全文|查看更多|查看全部|点击查看更多|加载更多|更多|下载|下载文档|下载本文档|下载本文|免费下载"
    "|立即下载|下载全文|下载Word|点击下载|文档简介|文档描述|资源描述|内容简介|内容摘要|正文|文章正文"
    "|内容正文"
    "|导航|网站导航|菜单|目录导航|首页|网站首页|广告|推广|赞助|隐藏内容|手机版|电脑版|移动端|客户端"
    "|无障碍阅读|长者模式|繁体|简体|English|大\\s*中\\s*小|字号|字体|编辑推荐|猜你喜欢|大家都在看"
    "|热点排行|热度排行"
    "|排行榜|点击排行|热点图片|图片新闻|最新专题|最新文章|热门文章|热门推荐|热门标签|热门搜索|推荐"
    "|推荐阅读|推荐文章|相关推荐|相关阅读|相关文章|相关链接|延伸阅读|友情链接|二维码|我要投稿|我要评论"
    "|发表评论|写评论"
    "|back_img|loading|Share|Print|投稿|在线客服|意见反馈|查看评论|上一页|下一页|末页|尾页|扫码阅读|微信|微博|QQ空间"
)
_FOOT: Final = (
    "关于我们|联系我们|网站地图|友情链接|广告服务|版权声明|免责声明|隐私政策|法律声明|服务协议|意见反馈"
    "|网站声明|联系方式"
)
_WHOLE: Final = (
    # Buttons and headings of boxes, alone or several on a line.
    rf"(?:{_BUTTONS})(?:[\s"
    rf"|｜/】【\]\[、·]{{1,6}}(?:{_BUTTONS})){{0,8}}(?:\s?[(（]?[0-9]{{0,6}}[)）]?)[:：>》…]{{0,3}}",
    # The place of the page in its site.
    rf"(?:[您你]?的?(?:当前|现在|目前|所在)?的?(?:所在)?(?:位置|当前位置)(?:是|为)?|当前栏目"
    rf"|现在位置)\s?[:：]{_ANY}{{0,120}}",
    rf"(?:网站)?首页(?:\s?{_SEPARATOR}|[\s|｜/·]){_ANY}{{0,120}}",
    r"(?:网站)?首页[^。！？；，：]{0,30}",
    rf""
    rf"[^。！？；，：>»›＞→%％]{{1,24}}\s?{_SEPARATOR}{{1,2}}(?:[^。！？；，>»›＞→%％]{{0,30}}{_SEPARATOR}{{1,2}}){{0,6}}(?:[^。！？；，>»›＞→0-9%％][^。！？；，>»›＞→%％]{{0,60}})?",
    # When it was published, and how often it was read.
    rf"(?:本文)?(?:发布|发表|更新|上传|创建|录入|公开|收录|整理)(?:于|时间|日期|在)?\s?[:：]?\s?{DATE}{_ANY}{{0,80}}",
    rf"{DATE}{_TIME}?\s?(?:发布|发表|更新|上传|整理|来源|作者|编辑|浏览|阅读|点击|发佈){_ANY}{{0,80}}",
    rf"{DATE}{_TIME}{_ANY}{{0,60}}",
    rf"{DATE}\s?(?:[|｜·]\s?)?{_COUNT}?\s?(?:人|次)?(?:已)?(?:{_COUNTED}){_ANY}{{0,30}}",
    rf"(?:已有|共有|共|已被)?\s?{_COUNT}\s?(?:位|名)?(?:人|次|网友)\s?(?:已|已经)?(?:{_COUNTED})过?(?:此文|本文)?",
    rf"(?:总|本文)?(?:{_COUNTED})(?:次数|人数|量|数)?\s?[:：(（]\s?(?:{_COUNT})?\s?[次人]?\s?[)）]?",
    rf"(?:{_COUNTED})(?:次数|人数|量|数)?\s?{_COUNT}\s?[次人]?",
    rf"约?{_COUNT}千?字|{_COUNT}\s?[KMkm][Bb]|[0-9]{{1,3}}\s?积分",
    # Sharing.
    r"分享(?:(?:到|至)\s?[:：]?|\s?[:：])\s?[^。！？；，：]{0,40}|(?:微信|手机"
    r"|支付宝)?扫一?[扫码][^。！？；]{0,40}|(?:打开|使用)?微信[^。！？；]{0,12}(?:扫"
    r"|二维码)[^。！？；]{0,30}"
    r"|长按[^。！？；]{0,20}(?:二维码|识别)[^。！？；]{0,20}|(?:点击|扫码|欢迎)?关注(?:我们"
    r"|[^。！？；，]{0,12}公众号)[^。！？；，]{0,20}|(?:手机|微信|本页|页面|官方|网站|公众号|APP"
    r"|客户端){0,2}二维码",
    # The pages before and after it.
    rf"[<《〈【\[]?(?:上一?篇|下一?篇|前一篇|后一篇|上一条|下一条|上一则|下一则|上篇文章"
    rf"|下篇文章)(?:\s?(?:[:：>】\]》]|没有|$)){_ANY}{{0,80}}",
    r"(?:上一页|首页)?\s?(?:\[?[0-9]{1,3}\]?\s{1,3}){1,20}(?:\.{2,3}\s?)?(?:\[?[0-9]{1,3}\]?)?\s?(?:下一页"
    r"|末页|尾页)[^。]{0,10}",
    r".{2,60}[._ ]第[0-9]{1,3}页|第[0-9]{1,3}页\s?/\s?共[0-9]{1,3}页|(?:约|共)?\s?[0-9]{1,3}\s?页",
    # Its owner.
    r"(?:Copyright|copyright|COPYRIGHT|©|\(c\)|版权所有|版权归).{0,160}",
    r".{0,60}(?:ICP备|ICP证|公网安备|网安备|备案号|All [Rr]ights? [Rr]eserved).{0,100}",
    rf"(?:[^。！？；，]{{0,40}}[\s|｜·])?(?:{_FOOT})(?:[\s|｜·][^。！？；，]{{0,80}})?",
    r".{0,40}(?:主办单位|承办单位|技术支持|网站标识码|邮编)\s?[:：].{0,80}(?:邮编|电话|标识码|技术支持"
    r"|备案|传真).{0,40}",
    r"本文(?:来源|地址|链接|网址|关键词|标题|出自)\s?[:：].{1,120}|[^。]{0,40}转载(?:时)?(?:请|须"
    r"|需)?注明[^。]{0,60}。?",
    r"(?:版权|郑重|免责|特别)?(?:声明|说明|提示)\s?[:：].{1,160}",
    r"《[^《》]{2,60}》由(?:会员|网友)[^。]{0,80}。?|[^。]{0,20}预览已结束.{0,60}|亲，该文档.{0,60}"
    r"|[^。]{0,20}(?:会员|用户)特权.{0,40}|[^。！？；，]{0,20}需要?(?:权限|登录|付费|积分"
    r"|会员)(?:后)?(?:查看|下载|阅读)[^。]{0,20}",
    # Articles of a collection, labels for machines.
    r"【?(?:#[^#\s]{1,30}#\s?){1,6}】?",
    r"(?:标签|关键词|关键字|Tags?|TAG)\s?[:：].{0,80}",
    r"\[?(?:图片|image|img|配图|图)\]?\s?[:：]?\s?[0-9]{0,3}",
)
_sure: Final = tuple(re.compile(shape, re.I) for shape in _WHOLE)
_keyed = re.compile(rf"(?:^|[\s|｜/【\[（(丨])(?:{_KEYS}|编辑)\s?[:：]")
_sure_key = re.compile(rf"[【\[（(]?\s?(?!(?:{_WEAK_KEYS})\s?[:：])(?:{_KEYS})\s?[:：]{_ANY}{{0,100}}")
_weak: Final = (
    re.compile(rf"[【\[（(]?\s?(?:{_WEAK_KEYS})\s?[:：]{_ANY}{{0,100}}"),
    re.compile(rf"[（(\[]?{DATE}[)）\]]?[^。！？；，、：]{{0,20}}"),
    re.compile(rf"(?:{DATE})?\s?(?:原创|转载|网络|佚名|admin|网友投稿|本站原创|匿名)"),
    re.compile(r"[^。！？；，：|｜]{1,12}(?:\s?[|｜]\s?[^。！？；，：|｜]{1,12}){2,30}\s?[|｜]?"),
    re.compile(r"[^。！？；，：\s]{2,6}(?:\s{1,4}[^。！？；，：\s]{2,8}){3,30}"),
    re.compile(
        r"[^。！？；，：]{2,20}(?:网|网站|文库|资讯|之家|论坛|门户|平台)(?:\s?[-—_|｜]\s?[^。！？；，]{2,30})?"
        r"|(?:www\.|https?://)\S{3,100}"
    ),
    re.compile(r"[0-9]{1,6}|[^。！？；，：]{2,20}分享"),
    re.compile(r".{0,60}(?:温馨提示|友情提示|申明敬告|导语|导读|摘要|提示)\s?[:：].{0,200}"),
)
_between = re.compile(r"\s?[|｜丨·]\s?|\s{2,8}|\s/\s")
_LONGEST_FIELD: Final = 24
_around = re.compile(r"^[•·●○▪■□◆◇★☆▲►▶\-*+>»|｜\s\u3000]+|(?<![|｜\s\u3000])[|｜\s\u3000]+$")


def bare(text: str) -> str:
    """Return a line in simplified hanzi without bullets and blanks around it."""
    return simplified(_around.sub("", text[: _LONGEST + 1]))


def is_page_line(text: str) -> bool:
    """Return whether a line belongs to a web page, wherever it is."""
    if not 0 < len(text) <= _LONGEST:
        return False
    line = bare(text)
    fields = [field for field in _between.split(line) if field]
    if len(fields) > 1 and any(map(_is_sure, fields)) and all(map(_is_field, fields)):
        return True
    return _is_sure(line)


def _is_field(text: str) -> bool:
    """Return whether words may be one of several fields on one line of a page."""
    return len(text) <= _LONGEST_FIELD and not text.endswith(("。", "！", "？", "；", "，"))


def _is_sure(line: str) -> bool:
    inner = line.strip("【】[]〖〗「」") if line[:1] in "【[〖「" else line
    return (
        any(shape.fullmatch(each) for shape in _sure for each in {line, inner})
        or _sure_key.fullmatch(line) is not None
        or (len(_keyed.findall(line)) > 1 and not line.endswith(("。", "！", "？", "；")))
    )


def may_be_page_line(text: str) -> bool:
    """Return whether a line belongs to a web page if the lines around it do: a date, a source, navigation."""
    line = bare(text)
    return 0 < len(text) <= _LONGEST and (not line or any(shape.fullmatch(line) for shape in _weak))
