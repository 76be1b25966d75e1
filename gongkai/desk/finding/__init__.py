"""One search for officials over everything that their posts let them see, and nothing else."""
