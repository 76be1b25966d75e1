"""What an editor must know of a Word document that was taken over: nothing is lost in silence."""

from dataclasses import dataclass
from enum import Enum


class NoteKind(Enum):
    """What is told; the first two forbid publication until the document is settled."""

    REVISIONS = "文件中有修订痕迹，请在 Word 或 WPS 中接受或者拒绝全部修订后再上传。"
    COMMENTS = "文件中有批注，请删除全部批注后再上传。"
    HIDDEN = "文件中有隐藏文字，网页中已略去；请核对原件，不要把隐藏的内容一并公开。"
    FORMULA = "文件中有公式，网页中只能写成一行文字，请核对，或者改用图片并写明替代文字。"
    CHART = "文件中有图表或者智能图形，网页中不能显示，请另存为图片后插入。"
    OBJECT = "文件中嵌有其他文件或者控件，网页中不能显示，请作为附件上传。"
    PICTURE = "有图片的格式网页不能显示（如 EMF、WMF），请另存为 PNG 后重新插入。"
    TOO_MANY = "图片过多，后面的图片没有取出，请分开上传。"
    NO_ALTERNATIVE = "有图片没有替代文字，请补写，让看不见图的人知道图中内容。"
    CONTENTS = "文件的目录已略去，网页的标题可以代替目录。"
    SYMBOL = "有特殊字体的符号无法识别，已略去，请核对。"
    CUT = "有链接或者内容不能在网页中使用，已略去："


@dataclass(frozen=True, slots=True)
class Note:
    """One note, in Chinese."""

    kind: NoteKind
    text: str

    @property
    def blocks(self) -> bool:
        """Say whether the document must not be published as it is."""
        return self.kind in (NoteKind.REVISIONS, NoteKind.COMMENTS)
