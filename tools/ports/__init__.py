"""What the programs of tests/port/programs answer in Node.js."""
