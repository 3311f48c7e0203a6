"""The parts of the site and their pages, in the order in which the side bar shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

REFERENCE = "/docs/reference"
INDEX = f"{REFERENCE}/index"
SUPPORT = f"{REFERENCE}/support"
VENDORS = "/docs/vendors/index"
_GUIDES = "/docs/guides"

#: Each page of the repository is in one part, or below a page that is. Sphinx fails on one that is in none.
PARTS: Mapping[str, Sequence[str]] = {
    "Get started": (
        "/docs/install",
        "/docs/taro-developers",
        f"{_GUIDES}/testing",
        "/docs/porting",
    ),
    "Guides": (
        f"{_GUIDES}/pages",
        f"{_GUIDES}/phone",
        f"{_GUIDES}/open-ability",
        f"{_GUIDES}/audio",
        f"{_GUIDES}/video",
        f"{_GUIDES}/canvas",
        f"{_GUIDES}/devices",
        f"{_GUIDES}/vision",
        f"{_GUIDES}/bluetooth",
        f"{_GUIDES}/workers-maps-ads",
        f"{_GUIDES}/clock",
        f"{_GUIDES}/cookbook",
        f"{_GUIDES}/network",
        f"{_GUIDES}/sockets",
        f"{_GUIDES}/recording",
        f"{_GUIDES}/notebook",
        f"{_GUIDES}/audit",
        f"{_GUIDES}/port",
        f"{_GUIDES}/verify",
        f"{_GUIDES}/javascript",
        f"{_GUIDES}/packages",
        f"{_GUIDES}/load",
        "/examples/library/README",
        "/examples/lock/README",
        "/examples/login/README",
        "/examples/poster/README",
        "/examples/recorder/README",
        "/examples/shop/README",
        "/examples/tearoom/README",
        "/examples/tearoom-ts/README",
        "/examples/todo-cloud/README",
    ),
    "Real hosts": (
        f"{_GUIDES}/hosts",
        f"{_GUIDES}/page",
        f"{_GUIDES}/pyodide",
        f"{_GUIDES}/devtools",
        f"{_GUIDES}/replay",
        f"{_GUIDES}/new-host",
    ),
    "API": (INDEX, SUPPORT, VENDORS, "/docs/types", "/docs/differences"),
    "Extend": (
        f"{_GUIDES}/override-function",
        f"{_GUIDES}/new-platform",
        f"{_GUIDES}/new-command",
        "/docs/hooks",
        "/examples/kwai/README",
        "/examples/lark/README",
    ),
    "Project": (
        "/docs/architecture",
        "/CONTRIBUTING",
        f"{_GUIDES}/adding",
        "/docs/reliability",
        "/SECURITY",
        "/docs/support-disagreements",
        "/docs/upstream/4.0.9-to-4.2.1",
        "/CHANGELOG",
    ),
}
