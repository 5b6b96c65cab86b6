# ruff: noqa: E501 (a table: one occasion on each line)
"""Days, weeks and months of the field (节点): events are held on such a day, to mark it, or during such a span of days.

Each has its time, its names in simplified and traditional characters and in English, and who established it: the
resolution of the United Nations (A/RES), the law, or the body. Times: ``06-05`` is a day, ``05.3.7`` the third Sunday
of May, ``09`` a month, ``04-25…05-01`` and ``05…06`` the time in which a span lies; ``-`` is one without a fixed date.
"""

import datetime
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from kepu_docs.schema.period import Period

OccasionUse: TypeAlias = Literal["on_the_day", "during", "to_mark", "as_written"]
"""How a sentence mentions an occasion: 世界环境日当天, 全国科普月期间, 结合世界环境日; or the occasion's own text says
it."""


class Occasion(NamedTuple):
    """An occasion: its time as in the table, its names, and whether it is a span of days."""

    time: str
    simplified: tuple[str, ...]
    traditional: tuple[str, ...]
    english: tuple[str, ...]
    source: str
    is_span: bool


class WordedOccasion(NamedTuple):
    """How a sentence mentions an occasion, in which words, and whether these already state the day or the days."""

    use: OccasionUse
    text: str
    shows_day: bool
    shows_span: bool = False


# time | names | in traditional characters | in English | established by
_DAYS: Final = """
01-10 | 中国人民警察节 警察节 | 中國人民警察節 警察節 | Chinese People's Police Day | 国务院 2020
01-10 | 110宣传日 | 110宣傳日 | 110 Publicity Day | 公安部 1996
02-02 | 世界湿地日 | 世界濕地日 | World Wetlands Day | A/RES/75/317
02-04 | 世界癌症日 | 世界癌症日 | World Cancer Day | UICC 2000
02-11 | 妇女和女童参与科学国际日 | 婦女和女童參與科學國際日 | International Day of Women and Girls in Science | A/RES/70/212
03-03 | 世界野生动植物日 | 世界野生動植物日 | World Wildlife Day | A/RES/68/205
03-03 | 全国爱耳日 爱耳日 | 全國愛耳日 愛耳日 | National Ear Care Day; World Hearing Day | 卫生部等 1998
03-05 | 学雷锋纪念日 学雷锋日 | 學雷鋒紀念日 學雷鋒日 | Learn from Lei Feng Day | 1963年题词
03-05 | 中国青年志愿者服务日 | 中國青年志願者服務日 | Chinese Young Volunteers Service Day | 共青团中央 2000
03-08 | 国际妇女节 国际劳动妇女节 三八妇女节 妇女节 | 國際婦女節 國際勞動婦女節 三八婦女節 婦女節 | International Women's Day | A/RES/32/142
03-12 | 植树节 | 植樹節 | Arbor Day; Tree Planting Day | 森林法
03-14 | 国际数学日 | 國際數學日 | International Day of Mathematics | UNESCO 2019
03-15 | 国际消费者权益日 消费者权益日 | 國際消費者權益日 消費者權益日 | World Consumer Rights Day | Consumers International 1983
03-20 | 世界口腔健康日 | 世界口腔健康日 | World Oral Health Day | FDI 2007
03-21 | 国际森林日 世界森林日 | 國際森林日 世界森林日 | International Day of Forests; World Forest Day | A/RES/67/200
03-22 | 世界水日 | 世界水日 | World Water Day | A/RES/47/193
03-23 | 世界气象日 | 世界氣象日 | World Meteorological Day | WMO 1960
03-24 | 世界防治结核病日 世界结核病日 | 世界防治結核病日 世界結核病日 | World Tuberculosis Day; World TB Day | WHO
03.-1.1 | 全国中小学生安全教育日 全国中小学安全教育日 | 全國中小學生安全教育日 全國中小學安全教育日 | National Safety Education Day for Primary and Secondary Schools | 国家教委等 1996
04-02 | 世界自闭症日 世界提高自闭症意识日 世界孤独症日 | 世界自閉症日 世界提高自閉症意識日 世界孤獨症日 | World Autism Awareness Day | A/RES/62/139
04-07 | 世界卫生日 | 世界衛生日 | World Health Day | WHO 1948
04-11 | 世界帕金森病日 世界帕金森日 | 世界帕金森病日 世界帕金森日 | World Parkinson's Day | EPDA 1997
04-15 | 全民国家安全教育日 国家安全教育日 | 全民國家安全教育日 國家安全教育日 | National Security Education Day | 国家安全法
04-22 | 世界地球日 国际地球母亲日 地球日 | 世界地球日 國際地球母親日 地球日 | World Earth Day; International Mother Earth Day; Earth Day | A/RES/63/278
04-23 | 世界读书日 世界图书和版权日 | 世界讀書日 世界圖書和版權日 | World Book and Copyright Day; World Book Day | UNESCO 1995
04-24 | 中国航天日 | 中國航天日 | Space Day of China; China Space Day | 国务院 2016
04-25 | 全国儿童预防接种日 全国预防接种日 | 全國兒童預防接種日 全國預防接種日 | National Immunisation Day for Children; National Immunisation Day | 国务院 1986
04-26 | 世界知识产权日 | 世界知識產權日 世界智慧財產權日 | World Intellectual Property Day | WIPO 2000
04-26 | 全国疟疾日 | 全國瘧疾日 | National Malaria Day | 卫生部 2008
05-01 | 国际劳动节 五一劳动节 劳动节 | 國際勞動節 五一勞動節 勞動節 | International Workers' Day; Labour Day | 全国年节及纪念日放假办法
05-04 | 五四青年节 青年节 | 五四青年節 青年節 | Youth Day | 全国年节及纪念日放假办法
05-08 | 世界红十字日 | 世界紅十字日 | World Red Cross Day; World Red Cross and Red Crescent Day | IFRC 1948
05-12 | 全国防灾减灾日 防灾减灾日 | 全國防災減災日 防災減災日 | National Disaster Prevention and Reduction Day; National Disaster Prevention and Mitigation Day; National Disaster Prevention Day; Disaster Prevention Day | 国务院 2009
05-12 | 国际护士节 护士节 | 國際護士節 護士節 | International Nurses Day | ICN
05-15 | 国际家庭日 | 國際家庭日 | International Day of Families | A/RES/47/237
05-15 | 全国防治碘缺乏病日 全国碘缺乏病防治日 防治碘缺乏病日 | 全國防治碘缺乏病日 全國碘缺乏病防治日 防治碘缺乏病日 | National Iodine Deficiency Disorders Day | 国务院 1994
05-17 | 世界电信和信息社会日 世界电信日 | 世界電信和信息社會日 世界電信日 | World Telecommunication and Information Society Day | A/RES/60/252
05-17 | 世界高血压日 | 世界高血壓日 | World Hypertension Day | WHL 2005
05-18 | 国际博物馆日 | 國際博物館日 | International Museum Day | ICOM 1977
05-19 | 中国旅游日 | 中國旅遊日 | China Tourism Day | 国务院 2011
05-20 | 全国学生营养日 中国学生营养日 | 全國學生營養日 中國學生營養日 | National Student Nutrition Day | 教育部、卫生部 2001
05-20 | 世界计量日 | 世界計量日 | World Metrology Day | CIPM 1999
05-22 | 国际生物多样性日 | 國際生物多樣性日 | International Day for Biological Diversity | A/RES/55/201
05-30 | 全国科技工作者日 科技工作者日 | 全國科技工作者日 科技工作者日 | National Science and Technology Workers' Day; National Day of Science and Technology Workers | 国务院 2016
05-31 | 世界无烟日 | 世界無煙日 世界無菸日 | World No Tobacco Day; World No-Tobacco Day | WHO 1987
05.2.7 | 母亲节 | 母親節 | Mother's Day | -
05.3.7 | 全国助残日 | 全國助殘日 | National Day for Helping the Disabled; National Day of Assisting Disabled People | 残疾人保障法
06-01 | 国际儿童节 六一儿童节 儿童节 | 國際兒童節 六一兒童節 兒童節 | International Children's Day; Children's Day | 全国年节及纪念日放假办法
06-05 | 世界环境日 六五环境日 环境日 | 世界環境日 六五環境日 環境日 | World Environment Day | A/RES/2994(XXVII); 环境保护法
06-06 | 全国爱眼日 爱眼日 | 全國愛眼日 愛眼日 | National Eye Care Day | 卫生部等 1996
06-07 | 世界食品安全日 | 世界食品安全日 | World Food Safety Day | A/RES/73/250
06-08 | 世界海洋日 全国海洋宣传日 | 世界海洋日 全國海洋宣傳日 | World Oceans Day; World Ocean Day | A/RES/63/111
06-14 | 世界献血者日 世界献血日 | 世界獻血者日 世界捐血者日 | World Blood Donor Day | WHA58.13
06-17 | 世界防治荒漠化和干旱日 世界防治荒漠化与干旱日 | 世界防治荒漠化和乾旱日 世界防治荒漠化與乾旱日 | World Day to Combat Desertification and Drought | A/RES/49/115
06.3.7 | 父亲节 | 父親節 | Father's Day | -
06-25 | 全国土地日 | 全國土地日 | National Land Day | 国务院 1991
06-26 | 国际禁毒日 | 國際禁毒日 | International Day against Drug Abuse and Illicit Trafficking; International Anti-Drug Day | A/RES/42/112
- | 全国低碳日 | 全國低碳日 | National Low Carbon Day; National Low-Carbon Day | 国务院 2012
07-11 | 世界人口日 | 世界人口日 | World Population Day | A/RES/45/216
07-11 | 中国航海日 | 中國航海日 | Maritime Day of China | 国务院 2005
07-28 | 世界肝炎日 | 世界肝炎日 | World Hepatitis Day | WHA63.18
08-08 | 全民健身日 | 全民健身日 | National Fitness Day | 全民健身条例
08-15 | 全国生态日 | 全國生態日 | National Ecology Day | 全国人大常委会 2023
08-19 | 中国医师节 医师节 | 中國醫師節 醫師節 | Chinese Doctors' Day | 国务院 2017
08-25 | 全国残疾预防日 残疾预防日 | 全國殘疾預防日 殘疾預防日 | National Disability Prevention Day | 国务院 2017
09-01 | 全民健康生活方式日 | 全民健康生活方式日 | National Healthy Lifestyle Day | 卫生部 2007
09-05 | 中华慈善日 | 中華慈善日 | China Charity Day | 慈善法
09-08 | 国际扫盲日 | 國際掃盲日 | International Literacy Day | UNESCO 1966
09-10 | 教师节 | 教師節 | Teachers' Day | 教师法
09-10 | 世界预防自杀日 | 世界預防自殺日 | World Suicide Prevention Day | IASP 2003
09-12 | 预防出生缺陷日 中国预防出生缺陷日 | 預防出生缺陷日 中國預防出生缺陷日 | Birth Defects Prevention Day | 卫生部 2005
09.2.6 | 世界急救日 | 世界急救日 | World First Aid Day | IFRC 2000
09-16 | 国际保护臭氧层日 国际臭氧层保护日 | 國際保護臭氧層日 國際臭氧層保護日 | International Day for the Preservation of the Ozone Layer; World Ozone Day | A/RES/49/114
- | 全国科普日 科普日 | 全國科普日 科普日 | National Science Popularisation Day; National Science Day | 中国科协 2003
09.3.6 | 全民国防教育日 | 全民國防教育日 | National Defence Education Day | 全国人大常委会 2001
09-20 | 全国爱牙日 爱牙日 | 全國愛牙日 愛牙日 | National Teeth Care Day; National Dental Care Day | 卫生部等 1989
09-20 | 公民道德宣传日 | 公民道德宣傳日 | Civic Morality Day | 中央文明委 2003
09-21 | 世界阿尔茨海默病日 世界阿尔茨海默症日 | 世界阿爾茨海默病日 世界阿茲海默症日 | World Alzheimer's Day | ADI 1994
- | 中国农民丰收节 农民丰收节 | 中國農民豐收節 農民豐收節 | Chinese Farmers' Harvest Festival | 国务院 2018
09-29 | 世界心脏日 | 世界心臟日 | World Heart Day | WHF
- | 重阳节 老年节 | 重陽節 老年節 | Double Ninth Festival; Chongyang Festival; Seniors' Day | 老年人权益保障法
10-08 | 全国高血压日 | 全國高血壓日 | National Hypertension Day | 卫生部 1998
10-10 | 世界精神卫生日 | 世界精神衛生日 | World Mental Health Day | WFMH 1992
10-13 | 国际减灾日 国际减轻自然灾害日 国际减少灾害风险日 | 國際減災日 國際減輕自然災害日 國際減少災害風險日 | International Day for Disaster Risk Reduction; International Day for Disaster Reduction | A/RES/64/200
10-15 | 全球洗手日 | 全球洗手日 | Global Handwashing Day | PPPHW 2008
10-16 | 世界粮食日 | 世界糧食日 | World Food Day | A/RES/35/70
10-20 | 世界骨质疏松日 | 世界骨質疏鬆日 | World Osteoporosis Day | IOF
10-28 | 世界男性健康日 男性健康日 | 世界男性健康日 男性健康日 | Men's Health Day | 国家计生委 2000
10-29 | 世界卒中日 | 世界卒中日 | World Stroke Day | WSO 2006
11-08 | 中国记者节 记者节 | 中國記者節 記者節 | Journalists' Day | 国务院 2000
11-09 | 全国消防日 全国消防宣传日 119消防日 119消防宣传日 消防日 消防宣传日 | 全國消防日 全國消防宣傳日 119消防日 119消防宣傳日 消防日 消防宣傳日 | National Fire Prevention Day; National Fire Safety Day; Fire Prevention Day | 公安部 1992
11-10 | 争取和平与发展世界科学日 世界科学日 | 爭取和平與發展世界科學日 世界科學日 | World Science Day for Peace and Development | UNESCO 2001
11-14 | 联合国糖尿病日 世界糖尿病日 | 聯合國糖尿病日 世界糖尿病日 | World Diabetes Day | A/RES/61/225
11-20 | 世界儿童日 | 世界兒童日 | World Children's Day; Universal Children's Day | A/RES/836(IX)
12-01 | 世界艾滋病日 | 世界愛滋病日 世界艾滋病日 | World AIDS Day | WHO 1988
12-02 | 全国交通安全日 | 全國交通安全日 | National Road Safety Day; National Traffic Safety Day | 国务院 2012
12-03 | 国际残疾人日 | 國際殘疾人日 國際身心障礙者日 | International Day of Persons with Disabilities | A/RES/47/3
12-04 | 国家宪法日 宪法日 | 國家憲法日 憲法日 | National Constitution Day; Constitution Day | 全国人大常委会 2014
12-05 | 国际志愿者日 | 國際志願者日 國際志工日 | International Volunteer Day | A/RES/40/212
12-09 | 国际反腐败日 | 國際反腐敗日 | International Anti-Corruption Day | A/RES/58/4
"""
_SPANS: Final = """
01…02 | 春节 新春 | 春節 新春 | Spring Festival; Chinese New Year; Lunar New Year | 全国年节及纪念日放假办法
10 | 国庆节 国庆 国庆假期 | 國慶節 國慶 國慶假期 | National Day holiday; National Day holidays | 全国年节及纪念日放假办法
01…03 | 寒假 | 寒假 | winter holiday; winter holidays; winter vacation | -
06…09 | 暑假 | 暑假 | summer holiday; summer holidays; summer vacation | -
- | 科技节 科普节 读书节 阅读节 艺术节 文化节 体育节 旅游节 | 科技節 科普節 讀書節 閱讀節 藝術節 文化節 體育節 旅遊節 | Science Festival; Reading Festival; Arts Festival; Culture Festival | -
03-22…03-28 | 中国水周 | 中國水週 中國水周 | China Water Week | 水利部 1994
04 | 爱国卫生月 | 愛國衛生月 | Patriotic Health Month; Patriotic Health Campaign Month | 全国爱卫会 1989
04-15…04-21 | 全国肿瘤防治宣传周 肿瘤防治宣传周 | 全國腫瘤防治宣傳週 腫瘤防治宣傳週 | National Cancer Prevention Week | 中国抗癌协会 1995
04-25…05-01 | 职业病防治法宣传周 全国职业病防治法宣传周 | 職業病防治法宣傳週 全國職業病防治法宣傳週 | Occupational Disease Prevention Law Week | 卫生部 2002
05…06 | 全国科技活动周 科技活动周 全国科技周 科技周 | 全國科技活動週 科技活動週 全國科技活動周 科技活動周 全國科技週 科技週 | National Science and Technology Week; National Science and Technology Activity Week; National Science Week; Science and Technology Week; Science Week | 国务院 2001
05 | 全国防灾减灾宣传周 防灾减灾宣传周 | 全國防災減災宣傳週 防災減災宣傳週 | Disaster Prevention and Reduction Week; Disaster Prevention Week | 国家减灾委
05 | 全国城市节约用水宣传周 节约用水宣传周 | 全國城市節約用水宣傳週 節約用水宣傳週 | National Urban Water Saving Week; Water Saving Week | 建设部 1992
05 | 全民营养周 | 全民營養週 | National Nutrition Week | 中国营养学会 2015
05 | 民法典宣传月 | 民法典宣傳月 | Civil Code Publicity Month | 中央宣传部等 2021
06 | 安全生产月 全国安全生产月 | 安全生產月 全國安全生產月 | Work Safety Month; National Work Safety Month; Safe Production Month | 国家经贸委等 2002
06…07 | 全国节能宣传周 节能宣传周 | 全國節能宣傳週 節能宣傳週 全國節能宣傳周 | National Energy Conservation Week; National Energy Saving Week; Energy Conservation Week | 国务院 1990
- | 全国食品安全宣传周 食品安全宣传周 | 全國食品安全宣傳週 食品安全宣傳週 | National Food Safety Week; Food Safety Week | 国务院食品安全办 2011
- | 老年健康宣传周 全国老年健康宣传周 | 老年健康宣傳週 全國老年健康宣傳週 | Health Week for the Elderly | 国家卫生健康委 2019
08-01…08-07 | 世界母乳喂养周 | 世界母乳餵養週 世界母乳哺育週 | World Breastfeeding Week | WABA 1992
09 | 全国科普月 科普月 | 全國科普月 科普月 | National Science Popularisation Month; Science Popularisation Month; National Science Month | 科学技术普及法
09 | 全民国防教育月 | 全民國防教育月 | National Defence Education Month | 国防教育法
09 | 全国质量月 质量月 | 全國質量月 質量月 | National Quality Month; Quality Month | 国家经委 1978
09 | 国家网络安全宣传周 网络安全宣传周 | 國家網絡安全宣傳週 國家網路安全宣傳週 網絡安全宣傳週 網路安全宣傳週 | National Cybersecurity Week; China Cybersecurity Week; Cybersecurity Week | 中央网信办 2014
- | 敬老月 | 敬老月 | Respect for the Elderly Month; Seniors' Month | 全国老龄办 2010
11 | 消防宣传月 全国消防宣传月 | 消防宣傳月 全國消防宣傳月 | Fire Safety Month; Fire Prevention Month | 应急管理部
11 | 国际科学与和平周 | 國際科學與和平週 | International Week of Science and Peace | A/RES/43/61
11…12 | 宪法宣传周 全国宪法宣传周 | 憲法宣傳週 全國憲法宣傳週 | Constitution Week; Constitution Publicity Week | 中央宣传部等 2018
11-18…11-24 | 提高抗微生物药物认识周 世界提高抗微生物药物认识周 | 提高抗微生物藥物認識週 世界提高抗微生物藥物認識週 | World AMR Awareness Week; World Antimicrobial Awareness Week | WHO 2015
"""
_BETWEEN: Final = "…"
_LAST: Final = -1
_SPAN_ENDS: Final = (*"周週月季年旬假", "学期", "學期")
_ENGLISH_SPANS: Final = frozenset(
    ("week", "month", "season", "year", "term", "semester", "festival", "holiday", "holidays", "vacation", "fair")
)
_NO_SPANS: Final = ("周年", "週年")
_TELLING: Final = (
    "期间", "期間", "当天", "當天", "当日", "當日", "前后", "前後", "前夕", "之际", "之際", "来临", "來臨", "期",
    "时", "時", "假日", "休日", "休息日", "工作日", "集日", "周末", "週末",
)  # fmt: skip
"""Endings of texts that already state a time."""
_LEADING: Final = (
    "结合",
    "結合",
    "围绕",
    "圍繞",
    "借助",
    "借着",
    "藉",
    "利用",
    "依托",
    "依託",
    "适逢",
    "適逢",
    "正值",
    "在",
)
_ENGLISH_LEADING: Final = frozenset(
    (
        "on",
        "in",
        "during",
        "to",
        "for",
        "at",
        "before",
        "after",
        "around",
        "as",
        "ahead",
        "over",
        "throughout",
        "marking",
    )
)
_JOINTS: Final = frozenset("和与與及暨、,，；;&")
_BRACKETS: Final = {"）": "（", ")": "(", "”": "“", "」": "「", '"': '"', "》": "《"}


def _split(rows: str, *, is_span: bool) -> Iterator[Occasion]:
    for row in rows.strip().splitlines():
        time, simplified, traditional, english, source = (part.strip() for part in row.split(" | "))
        names = tuple(english.split("; "))
        yield Occasion(time, tuple(simplified.split()), tuple(traditional.split()), names, source, is_span)


OCCASIONS: Final = (*_split(_DAYS, is_span=False), *_split(_SPANS, is_span=True))


def _folded(name: str) -> str:
    """Return a name as it is looked up: English is also written with -ization and with straight apostrophes."""
    return name.lower().replace("’", "'").replace("zation", "sation")


_NAMED: Final = {
    _folded(name): occasion
    for occasion in OCCASIONS
    for name in (*occasion.simplified, *occasion.traditional, *occasion.english)
}
_LENGTHS: Final = sorted(set(map(len, _NAMED)), reverse=True)


def worded(text: str, held_on: Period | None) -> WordedOccasion:
    """Return how a sentence about an event held at some time mentions its occasion, which a writer calls ``text``.

    Only a day in the table, with an event held on it, is the day itself, and only an occasion that is not a day can
    have an event held during it.
    """
    own = _own_day(text, held_on)
    name = text[len(own) :] if own and len(text) > len(own) else text
    core = _core(name)
    if name.startswith(_LEADING) or core.endswith(_TELLING) or _ends_in_figures(core):
        return WordedOccasion("as_written", text, bool(own))
    words = core.lower().split()
    if words and words[0] in _ENGLISH_LEADING:
        return WordedOccasion("as_written", text, shows_day=False)
    found, several = _find(core)
    if found is None:
        if core.endswith(_SPAN_ENDS) and not core.endswith(_NO_SPANS):
            return WordedOccasion("during", text, bool(own))
        return WordedOccasion("during" if words and words[-1] in _ENGLISH_SPANS else "to_mark", text, bool(own))
    if found.is_span:
        lies_in = held_on is None or several or _lies_in(found.time, held_on)
        shows_span = held_on is not None and not several and _is_span(found, held_on)
        return WordedOccasion("during" if lies_in else "to_mark", text, bool(own), shows_span)
    if held_on is not None and not several and held_on.start == held_on.end and is_day(found, held_on.start):
        return WordedOccasion("on_the_day", core if _tells(name, core, held_on.start) else name, shows_day=False)
    return WordedOccasion("to_mark", text, bool(own))


def is_day(occasion: Occasion, day: datetime.date) -> bool:
    """Return whether an occasion is a day whose date is known, and ``day`` is that date."""
    time = occasion.time
    if "." not in time:
        return not occasion.is_span and time == _month_and_day(day)
    month, nth, weekday = map(int, time.split("."))
    if (day.month, day.isoweekday()) != (month, weekday):
        return False
    if nth == _LAST:
        return (day + datetime.timedelta(weeks=1)).month != month
    return (day.day + 6) // 7 == nth


def is_named(text: str, name: str) -> bool:
    """Return whether the name of an event contains its occasion, word for word: 世界环境日宣传."""
    return text in name


def _is_span(occasion: Occasion, held_on: Period) -> bool:
    """Return whether an event was held in exactly the month, or the days, of a span.

    For a week, the table may have only the month in which it lies.
    """
    first, _, last = occasion.time.partition(_BETWEEN)
    if not last:
        is_month = first.isdigit() and occasion.simplified[0].endswith("月")
        return is_month and held_on == Period.of_month(held_on.start.year, int(first))
    return _month_and_day(held_on.start) == first and _month_and_day(held_on.end) == last


def _month_and_day(day: datetime.date) -> str:
    return day.isoformat()[5:]


def _lies_in(time: str, held_on: Period) -> bool:
    """Return whether an event was held, at least in part, in the time of a span; ``True`` without a fixed time."""
    if time == "-":
        return True
    first, _, last = time.partition(_BETWEEN)
    begin, end = f"{first}-01"[:5], f"{last or first}-31"[:5]
    started, ended = held_on.start.isoformat(), held_on.end.isoformat()
    return any(
        started <= f"{year}-{end}" and ended >= f"{year}-{begin}"
        for year in range(held_on.start.year, held_on.end.year + 1)
    )


def _find(core: str) -> tuple[Occasion | None, bool]:
    """Return the occasion whose name ends a text, and whether the text names others before."""
    folded = _folded(core)
    for length in _LENGTHS:
        before, end = folded[:-length], folded[-length:]
        found = _NAMED.get(end) if len(end) == length else None
        if found and not (end[0].isascii() and end[0].isalpha() and before[-1:].isalpha()):
            return found, not _JOINTS.isdisjoint(before) or " and " in before
    return None, False


def _core(text: str) -> str:
    """Return a text without brackets at its end and quotation marks around it: 世界环境日（6月5日）, “科技周”."""
    text = text.strip()
    opening = _BRACKETS.get(text[-1:])
    if opening is None:
        return text
    inside, closes = text[:-1], text[-1]
    place = inside.rfind(opening)
    if place < 0:
        return text
    return inside[:place].strip() if closes in "）)" and place else inside[place + 1 :].strip()


def _tells(name: str, core: str, day: datetime.date) -> bool:
    """Return whether the part after a name states a day: 世界环境日（6月5日）."""
    return f"{day.month}月{day.day}日" in name[len(core) :]


def _own_day(text: str, held_on: Period | None) -> str:
    """Return the day at the beginning of a text, if it is the day of the event."""
    if held_on is None or held_on.start != held_on.end:
        return ""
    day = held_on.start
    written = (f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日")
    return next((each for each in written if text.startswith(each)), "")


def _ends_in_figures(core: str) -> bool:
    """Return whether a text ends in a month or a day of the calendar: 6月, 五月, 5月1日."""
    return core.endswith(("月", "日")) and core[-2:-1] != "" and core[-2] in "0123456789一二三四五六七八九十"
