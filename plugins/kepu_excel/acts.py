"""Parts of an untrusted workbook that act by themselves or fetch something: in formulas and in drawings.

Allowed are the functions of Excel, WPS and LibreOffice that compute a value from cells. Every other function is
refused, known or unknown.
"""

import re
from typing import Any, Final

from kepu_docs.plugin import N_, Message
from kepu_excel.formulas import Formula, parsed

_NAMES: Final = """
ABS ACCRINT ACCRINTM ACOS ACOSH ACOT ACOTH ADDRESS AGGREGATE AMORDEGRC AMORLINC AND ARABIC AREAS ARRAYTOTEXT ASC ASIN
ASINH ATAN ATAN2 ATANH AVEDEV AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS BAHTTEXT BASE BESSELI BESSELJ BESSELK BESSELY
BETA.DIST BETA.INV BETADIST BETAINV BIN2DEC BIN2HEX BIN2OCT BINOM.DIST BINOM.INV BINOMDIST BITAND BITLSHIFT BITOR
BITRSHIFT BITXOR BYCOL BYROW CEILING CEILING.MATH CEILING.PRECISE CELL CHAR CHIDIST CHIINV CHISQ.DIST CHISQ.DIST.RT
CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHITEST CHOOSE CHOOSECOLS CHOOSEROWS CLEAN CODE COLUMN COLUMNS COMBIN COMBINA COMPLEX
CONCAT CONCATENATE CONFIDENCE CONFIDENCE.NORM CONFIDENCE.T CONVERT CORREL COS COSH COT COTH COUNT COUNTA COUNTBLANK
COUNTIF COUNTIFS COUPDAYBS COUPDAYS COUPDAYSNC COUPNCD COUPNUM COUPPCD COVAR COVARIANCE.P COVARIANCE.S CRITBINOM CSC
CSCH CUMIPMT CUMPRINC DATE DATEDIF DATESTRING DATEVALUE DAVERAGE DAY DAYS DAYS360 DB DBCS DCOUNT DCOUNTA DDB DEC2BIN
DEC2HEX DEC2OCT DECIMAL DEGREES DELTA DEVSQ DGET DISC DMAX DMIN DOLLAR DOLLARDE DOLLARFR DPRODUCT DROP DSTDEV DSTDEVP
DSUM DURATION DVAR DVARP EDATE EFFECT ENCODEURL EOMONTH ERF ERF.PRECISE ERFC ERFC.PRECISE ERROR.TYPE EVEN EXACT EXP
EXPAND EXPON.DIST EXPONDIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FACT FACTDOUBLE FALSE FDIST FILTER FIND FINDB FINV
FISHER FISHERINV FIXED FLOOR FLOOR.MATH FLOOR.PRECISE FORECAST FORECAST.ETS FORECAST.LINEAR FORMULATEXT FREQUENCY FTEST
FV FVSCHEDULE GAMMA GAMMA.DIST GAMMA.INV GAMMADIST GAMMAINV GAMMALN GAMMALN.PRECISE GAUSS GCD GEOMEAN GESTEP
GETPIVOTDATA GROWTH HARMEAN HEX2BIN HEX2DEC HEX2OCT HLOOKUP HOUR HSTACK HYPERLINK HYPGEOM.DIST HYPGEOMDIST IF IFERROR
IFNA IFS IMABS IMAGINARY IMARGUMENT IMCONJUGATE IMCOS IMDIV IMEXP IMLN IMLOG10 IMLOG2 IMPOWER IMPRODUCT IMREAL IMSIN
IMSQRT IMSUB IMSUM INDEX INDIRECT INT INTERCEPT INTRATE IPMT IRR ISBLANK ISERR ISERROR ISEVEN ISFORMULA ISLOGICAL ISNA
ISNONTEXT ISNUMBER ISO.CEILING ISODD ISOMITTED ISOWEEKNUM ISPMT ISREF ISTEXT JIS KURT LAMBDA LARGE LCM LEFT LEFTB LEN
LENB LET LINEST LN LOG LOG10 LOGEST LOGINV LOGNORM.DIST LOGNORM.INV LOGNORMDIST LOOKUP LOWER MAKEARRAY MAP MATCH MAX
MAXA MAXIFS MDETERM MDURATION MEDIAN MID MIDB MIN MINA MINIFS MINUTE MINVERSE MIRR MMULT MOD MODE MODE.MULT MODE.SNGL
MONTH MROUND MULTINOMIAL MUNIT N NA NEGBINOM.DIST NEGBINOMDIST NETWORKDAYS NETWORKDAYS.INTL NOMINAL NORM.DIST NORM.INV
NORM.S.DIST NORM.S.INV NORMDIST NORMINV NORMSDIST NORMSINV NOT NOW NPER NPV NUMBERSTRING NUMBERVALUE OCT2BIN OCT2DEC
OCT2HEX ODD OFFSET OR PDURATION PEARSON PERCENTILE PERCENTILE.EXC PERCENTILE.INC PERCENTRANK PERCENTRANK.EXC
PERCENTRANK.INC PERMUT PERMUTATIONA PHI PHONETIC PI PMT POISSON POISSON.DIST POWER PPMT PRICE PRICEDISC PRICEMAT PROB
PRODUCT PROPER PV QUARTILE QUARTILE.EXC QUARTILE.INC QUOTIENT RADIANS RAND RANDARRAY RANDBETWEEN RANK RANK.AVG RANK.EQ
RATE RECEIVED REDUCE REPLACE REPLACEB REPT RIGHT RIGHTB ROMAN ROUND ROUNDDOWN ROUNDUP ROW ROWS RRI RSQ SCAN SEARCH
SEARCHB SEC SECH SECOND SEQUENCE SERIESSUM SHEET SHEETS SIGN SIN SINGLE SINH SKEW SKEW.P SLN SLOPE SMALL SORT SORTBY
SQRT SQRTPI STANDARDIZE STDEV STDEV.P STDEV.S STDEVA STDEVP STDEVPA STEYX SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS
SUMPRODUCT SUMSQ SUMX2MY2 SUMX2PY2 SUMXMY2 SWITCH SYD T T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TAN TANH
TBILLEQ TBILLPRICE TBILLYIELD TDIST TEXT TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TIME TIMEVALUE TINV TOCOL TODAY TOROW
TRANSPOSE TREND TRIM TRIMMEAN TRUE TRUNC TTEST TYPE UNICHAR UNICODE UNIQUE UPPER VALUE VALUETOTEXT VAR VAR.P VAR.S VARA
VARP VARPA VDB VLOOKUP VSTACK WEEKDAY WEEKNUM WEIBULL WEIBULL.DIST WORKDAY WORKDAY.INTL WRAPCOLS WRAPROWS XIRR XLOOKUP
XMATCH XNPV XOR YEAR YEARFRAC YIELD YIELDDISC YIELDMAT Z.TEST ZTEST
"""
FUNCTIONS: Final = frozenset(_NAMES.split())
"""Functions that compute a value from cells and do nothing else."""
FORMULAS: Final = frozenset(("f", "definedname", "formula", "formula1", "formula2", "calculatedcolumnformula",
    "totalsrowformula"))  # fmt: skip
"""Elements whose text is a formula, in lower case."""
LONGEST_FORMULA: Final = 8_192
"""The longest formula of Excel, in characters."""
_LINKS: Final = ("#", "http://", "https://", "mailto:")
_LINK: Final = "HYPERLINK"
_ACTING: Final = frozenset(("oleobject", "control", "webpublishitem", "datasource", "ddelink", "olelink", "script"))
_ADDRESSES: Final = ("href", "src", "althref")
_HARMLESS: Final = ("#", "data:image/png;", "data:image/jpeg;", "data:image/gif;", "http://", "https://", "mailto:")
_PICTURES: Final = ("imagedata", "fill", "stroke", "image")
_LONGEST: Final = 30
_elsewhere = re.compile(r'"[^"\[/\\#]*[\[/\\#]')
"""Finds what an address of another file contains, within a string of a formula."""


def found_acting(tree: Any, own: frozenset[str]) -> Message | None:
    """Return what acts or fetches something in a part; ``None`` if nothing does.

    ``own`` are the names of the functions that the workbook defines, in capitals. They are checked where they are
    defined.
    """
    for element in tree.iter():
        name = _last(element.tag)
        if name in _ACTING:
            return Message.of(N_("something that runs by itself ({name})"), name=name)
        for attribute, value in element.attrib.items():
            word, address = _last(attribute), str(value).strip()
            if not address:
                continue
            if word == "macro" or (word == "action" and name.startswith("hlink")) or word.startswith("onaction"):
                return Message.of(N_("something that runs by itself ({name})"), name=word)
            if word in _ADDRESSES and not _is_harmless(name, address.lower()):
                return Message(N_("an address that opens automatically"))
        if name in FORMULAS and element.text:
            if len(element.text) > LONGEST_FORMULA:
                return Message.of(N_("a formula of more than {limit} characters"), limit=LONGEST_FORMULA)
            found = acting_formula(parsed(element.text), own)
            if found is not None:
                return found
    return None


def acting_formula(formula: Formula, own: frozenset[str]) -> Message | None:
    """Return what a formula does apart from computing a value; ``None`` if it does nothing else."""
    if formula.outside:
        return Message(N_("a formula that names another workbook or program"))
    for name in sorted(formula.functions):
        if name not in FUNCTIONS and name not in own:
            return Message.of(N_("a formula that calls {function}"), function=name[:_LONGEST])
    texts = (piece for piece in formula.pieces if isinstance(piece, str))
    if "INDIRECT" in formula.functions and any(map(_elsewhere.search, texts)):
        return Message(N_("a formula that names another workbook or program"))
    if _LINK in formula.functions and not _leads_to_pages(formula):
        return Message(N_("a formula whose link is put together from cells, or does not lead to a web page"))
    return None


def _leads_to_pages(formula: Formula) -> bool:
    """Return whether each link address in a formula is a literal string that leads to a page or into this workbook."""
    text = "".join(piece if isinstance(piece, str) else piece.text() for piece in formula.pieces)
    for piece in text.upper().split(_LINK)[1:]:
        argument = piece.lstrip().removeprefix("(").lstrip()
        if not argument.startswith('"'):
            return False
        address, closing, rest = argument[1:].partition('"')
        if not closing or not address.lower().startswith(_LINKS) or rest.lstrip()[:1] not in (",", ")"):
            return False
    return True


def _is_harmless(name: str, address: str) -> bool:
    return address.startswith("#" if name in _PICTURES and not address.startswith("data:") else _HARMLESS)


def _last(name: object) -> str:
    return str(name).rpartition("}")[2].lower()
