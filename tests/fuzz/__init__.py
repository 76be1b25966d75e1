"""Hostile input: real files changed at random, by their structure, against every reader.

`python -m tests.fuzz` (or `make fuzz`) tries as many inputs a reader as are asked for, in processes
with bounded memory and time, and counts; `test_fuzz` tries some with hypothesis. What a reader may
do with an input is to read it or to refuse it in Chinese; nothing else.
"""
