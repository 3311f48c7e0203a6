#!/bin/sh
# tree-sitter-typescript 0.23.2 (PyPI): `a < b < c` is read as `a < (b < c)`. tree-sitter-javascript 0.25.0 reads it from
# the left, as ECMAScript does.
#
# All comparisons of ECMAScript have one precedence and are grouped from the left. The grammar of TypeScript, for .ts and
# for .tsx, groups a `<` that follows another comparison (also `>`, `in` and `instanceof`) from the right; other
# comparisons, and `<` after `+` or before `==`, it groups as everybody does. So `3 < 2 < 1`, which is true, reads as
# `3 < (2 < 1)`, which is false. Tools that rewrite or translate programs by the tree get it wrong without a word.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tree-sitter==0.26.1 tree-sitter-javascript==0.25.0 tree-sitter-typescript==0.23.2 \
    >"$folder/pip" 2>&1 || { cat "$folder/pip"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
a < b < c           javascript ((a < b) < c), typescript (a < (b < c)), tsx (a < (b < c))
a > b < c           javascript ((a > b) < c), typescript (a > (b < c)), tsx (a > (b < c))
a in b < c          javascript ((a in b) < c), typescript (a in (b < c)), tsx (a in (b < c))
a < b > c           javascript ((a < b) > c), typescript ((a < b) > c), tsx ((a < b) > c)
a <= b <= c         javascript ((a <= b) <= c), typescript ((a <= b) <= c), tsx ((a <= b) <= c)
a + b < c           javascript ((a + b) < c), typescript ((a + b) < c), tsx ((a + b) < c)
EXPECTED

cat >"$folder/program.py" <<'PROGRAM'
import tree_sitter_javascript as javascript
import tree_sitter_typescript as typescript
from tree_sitter import Language, Parser

GRAMMARS = {
    "javascript": javascript.language(),
    "typescript": typescript.language_typescript(),
    "tsx": typescript.language_tsx(),
}


def grouped(node):
    if node.type != "binary_expression":
        return node.text.decode()
    left, sign, right = map(node.child_by_field_name, ("left", "operator", "right"))
    return f"({grouped(left)} {sign.text.decode()} {grouped(right)})"


for text in ("a < b < c", "a > b < c", "a in b < c", "a < b > c", "a <= b <= c", "a + b < c"):
    read = []
    for name, grammar in GRAMMARS.items():
        root = Parser(Language(grammar)).parse(text.encode()).root_node
        read.append(f"{name} {grouped(root.named_children[0].named_children[0])}")
    print(f"{text:<19} {', '.join(read)}")
PROGRAM

"$folder/venv/bin/python" "$folder/program.py" >"$folder/seen"
diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
