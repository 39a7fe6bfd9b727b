"""Measurements, as ratios of two things done in one run on one machine. `make bench` runs them all."""
