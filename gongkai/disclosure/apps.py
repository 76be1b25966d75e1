"""Wires disclosure into Django."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit

_WORDS = {
    "disclosure.create": "新建公开信息",
    "disclosure.edit": "修改公开信息稿件",
    "disclosure.revise": "修订公开信息",
    "disclosure.give_up": "放弃修订",
    "disclosure.discard": "作废公开信息",
    "disclosure.attach": "上传公开信息附件",
    "disclosure.describe_attachment": "修改附件说明",
    "disclosure.detach": "移除附件",
    "disclosure.reorder": "调整附件顺序",
    "disclosure.submit": "送审",
    "disclosure.recall": "撤回送审",
    "disclosure.approve_first": "初审通过，送复审",
    "disclosure.approve_only": "初审通过",
    "disclosure.approve_second": "复审通过",
    "disclosure.clear_secrecy": "保密审查通过",
    "disclosure.return": "退回修改",
    "disclosure.sign": "签发",
    "disclosure.schedule": "定时发布",
    "disclosure.unschedule": "取消定时",
    "disclosure.publish": "发布",
    "disclosure.withdraw": "撤下",
    "disclosure.ask_override": "申请放行检查问题",
    "disclosure.grant_override": "确认放行检查问题",
    "disclosure.refuse_override": "不同意放行检查问题",
    "disclosure.link_item": "关联公开事项",
    "disclosure.unlink_item": "取消关联公开事项",
    "disclosure.open_section": "开设栏目",
    "disclosure.change_section": "修改栏目",
    "disclosure.close_section": "停用栏目",
    "disclosure.seed_sections": "开设通用栏目",
    "disclosure.list_term": "列入词语和链接名单",
    "disclosure.list_terms": "导入词语和链接名单",
    "disclosure.unlist_term": "停用词语和链接名单",
    "disclosure.set_index_rule": "设定索引号格式",
    "disclosure.set_review_rule": "设定审核级数",
    "disclosure.import_entries": "导入旧站信息",
    "disclosure.relink_imported": "改写导入信息的站内链接",
    "disclosure.found_catalogue": "编制标准目录",
    "disclosure.close_catalogue": "停用标准目录",
    "disclosure.add_field": "增设领域",
    "disclosure.change_field": "领域更名",
    "disclosure.close_field": "停用领域",
    "disclosure.add_item": "增加公开事项",
    "disclosure.change_item": "修改公开事项",
    "disclosure.close_item": "停用公开事项",
    "disclosure.assign_organs": "指定公开主体",
    "disclosure.import_catalogue": "导入标准目录",
    "disclosure.change_organ_page": "修改机关页面",
    "disclosure.confirm_guide": "确认公开指南",
    "title": "标题",
    "document_number": "发文字号",
    "formed_on": "成文日期",
    "mode": "公开属性",
    "characters": "正文字数",
    "section": "栏目",
    "revision": "修改次数",
    "version": "版本",
    "index_number": "索引号",
    "live": "公众可见",
    "withdrawal": "撤下原因",
    "when": "定时",
    "finding": "检查问题",
    "fingerprint": "指纹",
    "attachment": "附件",
    "role": "用途",
    "item": "公开事项",
    "due_on": "应公开日期",
    "opened": "开设栏目数",
    "pattern": "格式",
    "steps": "审核级数",
    "entries": "条数",
    "path": "地址",
    "closed_on": "停用日期",
    "level": "层级",
    "fields": "领域",
    "fields_added": "增设领域数",
    "added": "增加事项数",
    "changed": "修改事项数",
    "closed": "停用事项数",
    "slug": "地址名",
    "duties": "机构职能",
    "internal_bodies": "内设机构",
    "guide_text": "公开指南补充内容",
    "system_text": "公开制度",
    "head": "负责人",
    "hours": "办公时间",
    "ogi_body": "公开工作机构",
    "ogi_address": "公开工作机构地址",
    "ogi_phone": "公开工作机构电话",
    "ogi_fax": "传真",
    "ogi_email": "电子邮箱",
    "reviewed_on": "指南核对日期",
    "note": "说明",
}


class DisclosureConfig(AppConfig):
    """The app disclosure."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Register the tasks and tell the log how to say verbs and fields."""
        import_module("gongkai.disclosure.tasks")
        import_module("gongkai.disclosure.staff.papers")
        for name, said in _WORDS.items():
            audit.words.setdefault(name, said)
