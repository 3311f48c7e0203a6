"""What taropy costs, as ratios to what it stands on, measured side by side in one run: `python -m benchmarks`."""
