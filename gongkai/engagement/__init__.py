"""What the public tells the government of its site and its drafts: error reports, solicitations.

Serves the entrance 我为政府网站找错 (answered within three working days; law.md 4.4, 4.5) and
决策公开 (law.md 7.4): a draft is public with its explanation for a term, comments are disposed of
one by one, what was adopted is published and the document that follows is linked.
"""
