"""What a maintainer has to look at when Taro moves on: `python -m tools.follow FROM TO` compares two versions.

`sources` gets the declarations of a version (from npm, from a folder, or from the committed spec), `items` lays them
out as a flat list of facts by path, `differences` compares two such lists, and `report` writes what it found as
Markdown. The adapters' code is not compared: many Taro versions have no adapter of the same version, and what an
adapter's change decides comes out when `tools.spec` is run on the new pin.
"""
