"""Links that lead to gambling, indecency, lenders' traps, or a name for sale (law.md 4.2 W1)."""

import re

_STRONG = re.compile(
    r"葡京|百家乐|老虎机|彩金|真人(?:娱乐|荷官|视讯)|博彩|时时彩|六合彩(?:资料|开奖)|北京赛车|"
    r"注册(?:即)?送\d+|首存|返水|成人(?:视频|电影|直播)|裸聊|激情(?:视频|直播)|免费看片|一夜情|约炮|"
    r"黑户|秒贷|包下款|办证刻章|刻章办证|代开发票|代办发票|枪支|迷药|"
    r"域名(?:已过期|正在出售|出售)|domain (?:is|may be) for sale|buy this domain|本域名.{0,4}出售",
    re.I,
)
_AGAINST = re.compile(
    r"打击|警惕|举报|查处|防范|严打|整治|严厉|案件|涉案|谨防|受骗|诈骗|提示|反诈|普法|禁止|查获|被关停"
)
_TWO = 2


def is_strange(text: str) -> list[str]:
    """Return the words by which a place outside is one that no government leads to, or none.

    One word alone proves nothing, and a text that warns of such things speaks against them.
    """
    found = list(dict.fromkeys(each[0] for each in _STRONG.finditer(text)))
    if len(found) < _TWO or (_AGAINST.search(text) and len(found) < 2 * _TWO):
        return []
    return found


def are_strange_words(words: str) -> list[str]:
    """Return the words by which a link's own text says so; here one is enough."""
    found = list(dict.fromkeys(each[0] for each in _STRONG.finditer(words)))
    return [] if _AGAINST.search(words) else found
