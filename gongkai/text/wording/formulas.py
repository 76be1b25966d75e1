"""Set formulations of official prose with one character exchanged for another of the same sound.

贯彻落时 for 贯彻落实 is what an input method makes of a hurried typist. Only formulations are here
that no exchange of that kind turns into other good words (组织实时 is such: 组织实施 stays out).
"""

from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from gongkai.text.levels import Level
from gongkai.text.readings import readings
from gongkai.text.wording.rules import WordingFinding

_LENGTH = 4
_HALF = 2
FORMULAS = tuple(
    """
    贯彻落实 切实可行 因地制宜 实事求是 与时俱进 求真务实 脚踏实地 齐抓共管 真抓实干 狠抓落实
    坚定不移 坚持不懈 持之以恒 久久为功 善作善成 统筹兼顾 统筹推进 统筹协调 统筹谋划 高度重视
    全力以赴 迎难而上 攻坚克难 奋发有为 开拓创新 锐意进取 艰苦奋斗 廉洁自律 廉洁从政 依法行政
    依法依规 严肃查处 严格执行 严格落实 严格把关 审核把关 明确责任 落实责任 压实责任 层层落实
    逐项落实 跟踪问效 督促检查 督促整改 督查督办 整改落实 立行立改 举一反三 查漏补缺 建章立制
    健全完善 健全机制 完善机制 建立健全 强化措施 强化监督 加强领导 精心组织 周密部署 安排部署
    动员部署 协调配合 密切配合 通力合作 紧密结合 广泛宣传 广泛征求 充分发挥 充分认识 深入推进
    深入贯彻 深入开展 扎实推进 扎实开展 稳步推进 有序推进 加快推进 持续推进 全面推进 全面贯彻
    全面落实 积极推进 积极响应 优化服务 便民利民 便民服务 利民惠民 为民服务 服务群众 排忧解难
    排查整治 专项整治 综合治理 安全生产 防汛抗旱 防灾减灾 应急处置 应急管理 森林防火 乡村振兴
    脱贫攻坚 共同富裕 生态文明 生态保护 绿色发展 招商引资 营商环境 项目建设 基础设施 民生工程
    社会保障 社会稳定 和谐稳定 安居乐业 公平正义 公开透明 政务公开 政务服务 信息公开 一如既往
    再接再厉 圆满完成 顺利完成 按时完成 保质保量 行之有效 卓有成效 成效显著 来之不易 任重道远
    众志成城
    """.split()  # noqa: SIM905
)

_WHOLE = frozenset(FORMULAS)


class _Halves:
    """The formulations by their halves, one of which every single exchange leaves whole."""

    def __init__(self) -> None:
        self.held = [
            (phrase, side) for phrase in FORMULAS if len(phrase) == _LENGTH for side in (0, 1)
        ]
        self.matcher = AhoCorasick(
            [phrase[side * _HALF : side * _HALF + _HALF] for phrase, side in self.held]
        )


_HALVES = _Halves()


def wrong_formulas(text: str) -> Iterator[WordingFinding]:
    """Yield formulations in which one character was exchanged for another of its sound."""
    for number, start, _ in _HALVES.matcher.find_matches_as_indexes(text, overlapping=True):
        phrase, side = _HALVES.held[number]
        begin = start - side * _HALF
        if begin < 0 or _crosses_a_right_one(text, begin):
            continue
        said = text[begin : begin + _LENGTH]
        if _is_slip(said, phrase):
            yield WordingFinding(
                begin, begin + _LENGTH, said, phrase, f"formula.{phrase}", Level.ADVISORY,
                f"固定表述是“{phrase}”",
            )  # fmt: skip


def _crosses_a_right_one(text: str, begin: int) -> bool:
    """Say whether a formulation that is right covers part of the place."""
    around = range(max(begin - _LENGTH + 1, 0), begin + _LENGTH)
    return any(text[at : at + _LENGTH] in _WHOLE for at in around)


def _is_slip(said: str, phrase: str) -> bool:
    wrong = [(a, b) for a, b in zip(said, phrase, strict=False) if a != b]
    if len(said) != _LENGTH or len(wrong) != 1:
        return False
    return bool(set(readings(wrong[0][0])) & set(readings(wrong[0][1])))
