"""Pages as the content systems of county sites write them."""

from pathlib import Path

BODY = (
    "<p>　　为了规范全县政府信息公开工作，现就有关事项通知如下。</p><p>　　各单位要认真落实。</p>"
)


def jiangxi(title: str = "靖安县人民政府办公室关于印发防汛方案的通知", body: str = BODY) -> str:
    """Return a page with tags, a box of cells and #zoom."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{title}_靖安县人民政府网</title>
<meta name="SiteName" content="靖安县人民政府网">
<meta name="SiteDomain" content="www.jxjaxzf.gov.cn">
<meta name="ColumnName" content="县政府文件"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2020-03-05 09:30"><meta name="ContentSource" content="县政府办">
<meta name="Keywords" content="防汛，方案;通知"><meta name="Description" content="防汛方案">
<meta name="Url" content="http://www.jxjaxzf.gov.cn/jaxrmzf/zfwj/202003/t1.shtml">
<script>var a="索引号：假的";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<div class="dqwz">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政策文件</a> &gt; 正文</div>
<table class="xxgk_box"><tr><td>索 引 号：</td><td>014500815/2020-61836</td><td>主题分类：</td>
<td>综合政务\\政务公开</td></tr><tr><td>发布机构：</td><td>靖安县人民政府办公室</td>
<td>成文日期：</td><td>2020年03月01日</td></tr><tr><td>文　　号：</td><td>靖府办字〔2020〕12号</td>
<td>有 效 性：</td><td>有效</td></tr><tr><td>公开方式：</td><td>主动公开</td><td>体裁分类：</td>
<td>通知</td></tr><tr><td>废止日期：</td><td></td><td>浏览次数：</td><td>12</td></tr></table>
<h1>{title}</h1><div id="zoom">{body}</div>
<div class="fj">附件：<a href="../../../attach/%E5%90%8D%E5%8D%95.doc">责任人名单</a></div>
<div class="foot">主办：靖安县人民政府</div></body></html>"""


def plain(body: str) -> str:
    """Return an old page of tables and fonts, in GBK, without any tag."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>关于召开会议的通知 - 某县政府</title></head><body><table width=100%><tr><td>
<a href=a.htm>首页</a> <a href=b.htm>新闻</a></td></tr>
<tr><td>您现在的位置：首页 >> 通知公告</td></tr>
<tr><td align=center><font size=5>关于召开会议的通知</font><br>发布日期：2008-7-1 来源：县府办
点击数：33</td></tr><tr><td><font face=宋体>{body}</font></td></tr>
<tr><td>上一篇：<a href=c.htm>某事</a></td></tr></table></body></html>"""


def listing() -> str:
    """Return a page that is only a list."""
    items = "".join(f"<li><a href=t{n}.shtml>关于第{n}件事的通知公告</a></li>" for n in range(20))
    return f"<html><head><title>政策文件</title></head><body><ul>{items}</ul></body></html>"


def write(root: Path, pages: dict[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, data in pages.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root
