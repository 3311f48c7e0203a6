"""`python -m tools.components`: what Taro's declarations say of components, as the audit reads it."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from tools.components.build import build

COMMON = """
export interface StandardProps {
  /** for all */
  id?: string
  /** @supported weapp */
  compileMode?: boolean
}
"""

BUTTON = """
interface ButtonProps extends StandardProps {
  /** its size
   * @supported weapp, h5, harmony_hybrid
   * @default small
   */
  size?: string
  /** @supported weapp, alipay, h5, rn */
  type?: string
  /** says nothing */
  plain?: boolean
  /** @supported weapp */
  id?: string
  /** @supported global */
  onClick?: () => void
}
declare namespace ButtonProps {
  interface openTypeKeys {
    weapp: {
      /** shares */
      share
      contact,
    }
    ascf: {
      nothing
    }
  }
}
/** A button.
 * @supported weapp, alipay, h5, rn
 */
declare const Button: ComponentType<ButtonProps>
export { Button, ButtonProps }
"""

BLOCK = "/** says nothing */\ndeclare const Block: ComponentType<BlockProps>\n"


@pytest.fixture
def made(tmp_path: Path) -> dict[str, object]:
    for name, text in (("common", COMMON), ("Button", BUTTON), ("Block", BLOCK)):
        (tmp_path / f"{name}.d.ts").write_text(dedent(text), "utf-8")
    found: dict[str, object] = json.loads(build(tmp_path))
    return found


def test_components_have_their_platforms_and_the_attributes_that_some_of_these_lack(made: dict[str, object]) -> None:
    everywhere = ["weapp", "alipay", "swan", "qq", "tt", "jd", "h5", "rn", "harmony", "harmony-hybrid"]
    assert made["components"] == {
        "Block": {"platforms": None, "attributes": {}},
        "Button": {
            "platforms": ["weapp", "alipay", "h5", "rn"],
            "attributes": {"size": ["weapp", "h5", "harmony-hybrid"], "onClick": everywhere},
        },
    }


def test_what_buttons_open_is_told_by_platform(made: dict[str, object]) -> None:
    assert made["openTypes"] == {"weapp": ["contact", "share"]}
