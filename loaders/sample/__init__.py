"""Demo holdings: generated, believable, always the same, of any size."""

from loaders.sample.holdings import sample_lines
from loaders.sample.write import write_sample

__all__ = ["sample_lines", "write_sample"]
