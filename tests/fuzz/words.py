"""What each format says: words put where they are not expected."""

XML = (
    *(b"<w:tbl>", b"<w:tc>", b'<w:gridSpan w:val="9999"/>', b'<w:vMerge w:val="continue"/>'),
    *(b"<w:sdt>", b'<w:ins w:id="1">', b'r="A1048576"', b't="s"', b"<mergeCell/>"),
    *(b'ref="A1:ZZ99999"', b'standalone="yes"?>', b'Target="/../x"', b'r:id="rId999"'),
)
HTML = (
    *(b"<table>", b'<td colspan="99999" rowspan=99999>', b"</p>", b"<svg><p>", b"<!DOCTYPE x>"),
    *(b'<meta charset="utf-7">', b"<template>", b"<plaintext>", b"<frameset>", b"<base href=//x>"),
    *(b"<math>", b'style="display:none"', b"<sup>9</sup>", b"<select><table>", b"<?xml ?>"),
)
PDF = (
    *(b"/Kids [1 0 R 2 0 R]", b"/Parent 1 0 R", b"/Count 999999999", b"endobj", b"stream\n"),
    *(b"endstream", b"/Length 99999999", b"/Filter [/FlateDecode /LZWDecode]", b"/Encrypt 1 0 R"),
    *(b"[<41> 99999 <42>] TJ", b"q q q 1e9 0 0 1e9 0 0 cm", b"0 0 1e12 1e12 re S", b"BT", b"ET"),
    *(b"/MediaBox [0 0 1e9 1e9]", b"/Prev 0", b"xref", b"trailer", b"startxref\n0"),
    *(b"/ToUnicode 3 0 R", b"<< /Type /Page >>", b"Do", b"/DecodeParms << /Columns 99999 >>"),
)
MAIL = (
    *(b"Content-Type: multipart/mixed; boundary=a\r\n", b"--a\r\n", b"--a--\r\n", b"=?utf-8?B?"),
    *(b"=?gb2312?Q?=B9=AB?=", b"charset=utf-7", b"filename*0*=utf-8''%E5", b"Date: x\r\n"),
    *(b"Content-Transfer-Encoding: base64\r\n", b"=3D=\r\n", b"begin 644 a\n", b"message/rfc822"),
    *(b'From: <<@>,;:"\r\n', b"Received: ; Mon, 99 Foo 99999\r\n", b"application/pkcs7-mime"),
)
CELLS = (
    *(b"<t>2026-02-30</t>", b"<v>99999999999</v>", b"<v>-1</v>", b'<c r="A2" t="e">'),
    *(b"<t>2999-12-31</t>", b"<t>1e9</t>", b"<v>45000.99999</v>", b'<row r="2">'),
)
JSON = (
    *(b"null", b"[]", b"{}", b'""', b"true", b"1e999", b"-1", b'"\\u0000"', b'"\\ud800"', b"NaN"),
    *(b'"2026-02-30T25:00:00Z"', b'"9999-12-31T23:59:59+23:59"', b'"0001-01-01T00:00:00Z"'),
    *(b'{"a":', b",", b'"number":'),
)
