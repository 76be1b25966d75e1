"""What `make bench` runs: each bar of the project measured, printed and judged.

CPU time, medians of at least five runs; databases run in processes of their own.
"""
