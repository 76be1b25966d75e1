"""The office's own yearly duties (监督保障): points of work, training, appraisal, evaluation.

Serves Art. 46 (考核、社会评议、责任追究), 47, 50 and 52 to 53 of the Regulations, and the sheets
that are asked for each month and quarter (law.md 3.6). Figures come from the other chapters.
"""
