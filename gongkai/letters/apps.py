"""Wires letters into Django."""

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds


class LettersConfig(AppConfig):
    """The app letters."""

    name = "gongkai.letters"
    verbose_name = "公文文书"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update(
            {
                "letters.issue": "签发公文",
                "letters.cancel": "公文作废",
                "letters.open": "查看公文",
                "letters.reseal": "更换密钥重新加密",
                "letters.set_profile": "修改公文信息",
                "letters.upload_template": "上传公文模板",
                "letters.retire_template": "停用公文模板",
                "letter_kind": "公文种类",
                "letter_number": "文号",
                "letter_about": "所属事项",
                "letter_recipient": "收件人",
                "issued_on": "成文日期",
                "docx_sha256": "Word 文件校验值",
                "pdf_sha256": "PDF 文件校验值",
                "template_sha256": "模板校验值",
                "letter_form": "文件格式",
                "number_prefix": "机关代字",
                "full_title": "公文用全称",
                "reconsideration_body": "行政复议机关",
                "reconsideration_online": "网上申请复议的途径",
                "court": "管辖法院",
                "contact_office": "联系机构",
                "contact_phone": "联系电话",
                "contact_address": "联系地址",
                "postcode": "邮政编码",
                "seal_name": "印章名称",
            }
        )
        _tell_what_is_sealed()


def _tell_what_is_sealed() -> None:
    """Let `gongkai rotatekeys` find the files of letters."""
    from gongkai.letters import actions, queries

    sealed_kinds["letters.Letter"] = SealedKind("公文", queries.letters_to_reseal, actions.reseal)
