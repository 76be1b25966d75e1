"""What is kept and for how long: packages of closed cases, lists handed over, logs of a year.

It stands above the chapters whose closed records it packs, and writes none of them: a chapter
erases its own people by its own verbs. Serves Art. 45, Art. 25, 个人信息保护法 19, 47 and
互联网政务应用安全管理规定 20.
"""
