"""The Web Audio API of browsers, as WeChat has it: a graph of nodes, computed by numpy."""
