"""Wires annualreport into Django."""

from django.apps import AppConfig

from gongkai import audit


class AnnualreportConfig(AppConfig):
    """The app annualreport."""

    name = "gongkai.annualreport"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update(
            {
                "annualreport.open_year": "开启年度",
                "annualreport.add_missing_units": "补入遗漏的单位",
                "annualreport.write_prose": "编写文字部分",
                "annualreport.state_figure": "填写自报数据",
                "annualreport.drop_stated_figure": "删除自报数据",
                "annualreport.explain": "填写情况说明",
                "annualreport.submit": "报送",
                "annualreport.send_back": "退回报送表",
                "annualreport.accept": "接收报送表",
                "annualreport.reopen": "退回更正",
                "annualreport.freeze": "年度报告定稿",
                "annualreport.publish": "公布年度报告",
                "annualreport.correct": "更正年度报告",
                "year": "年度",
                "edition": "报告格式",
                "units": "单位",
                "version": "版本",
                "sha256": "内容摘要（SHA-256）",
                "preamble": "引言",
                "overview": "总体情况",
                "proactive": "主动公开",
                "requests": "依申请公开",
                "management": "政府信息管理",
                "platform": "平台建设",
                "supervision": "监督保障",
                "problems": "问题及改进",
                "other": "其他事项",
            }
        )
