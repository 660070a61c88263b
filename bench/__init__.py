"""Benchmarks: ratios of one run, alternately measured, because machines are noisy. `python -m bench` runs them all."""
