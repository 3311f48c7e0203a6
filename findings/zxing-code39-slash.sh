#!/bin/sh
# zxing-cpp 3.1.1 (PyPI): a plain Code 39 symbol is read as another text than it was written with.
#
# Code 39 has 43 characters, among them / + $ and %. The option "full ASCII" spells further characters as pairs of these
# ("/A" is "!"), and a symbol does not say whether it was meant so. zxing-cpp decides for full ASCII wherever a pair
# could be one, unasked: the part number "PN 12/A", written as Code 39 by zxing-cpp itself, comes back as "PN 12!", and
# "A+B" as "Ab". The `bytes` are changed likewise, so that what stands in the symbol cannot be had from the result. That
# `format` is Code39Ext is the only hint; asked for Code39 alone, it is the same. Right is what Code39Std reads.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet zxing-cpp==3.1.1 pillow==12.0.0 >"$folder/pip" 2>&1 || { cat "$folder/pip"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
written 'PN 12/A'
  all formats -> Code39Ext 'PN 12!' b'PN 12!'
  Code39 -> Code39Ext 'PN 12!' b'PN 12!'
  Code39Std -> Code39 'PN 12/A' b'PN 12/A'
written 'A+B'
  all formats -> Code39Ext 'Ab' b'Ab'
  Code39 -> Code39Ext 'Ab' b'Ab'
  Code39Std -> Code39 'A+B' b'A+B'
EXPECTED

"$folder/venv/bin/python" - >"$folder/seen" <<'PROGRAM'
import zxingcpp
from PIL import Image

ASKED = {
    "all formats": {},
    "Code39": {"formats": zxingcpp.BarcodeFormat.Code39},
    "Code39Std": {"formats": zxingcpp.BarcodeFormat.Code39Std},
}
for text in ("PN 12/A", "A+B"):
    picture = Image.fromarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code39).to_image(scale=4))
    print(f"written {text!r}")
    for name, asked in ASKED.items():
        (read,) = zxingcpp.read_barcodes(picture, **asked)
        print(f"  {name} -> {read.format.name} {read.text!r} {read.bytes!r}")
PROGRAM

diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
