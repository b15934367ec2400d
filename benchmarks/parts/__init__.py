"""Parts that the benchmarks share: measuring, judging, and writing down what was seen."""
