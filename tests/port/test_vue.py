"""Components of Vue's: an audit reads their scripts, at the places that these have in the file."""

from __future__ import annotations

import pytest
from port.auditing import Write, found, uses

from taropy.port.audit import audit
from taropy.port.porting import PortError, port

PAGE = """\
<template>
  <view @tap="pay">Taro.scanCode()</view>
  <script-like>Taro.scanCode()</script-like>
</template>

<!-- <script>Taro.scanCode()</script> -->
<script setup lang="ts" generic="T extends Record<string, number>">
import Taro from '@tarojs/taro'
import { signIn } from '../account'

const pay = () => Taro.requestPayment({ timeStamp: '' }).then(signIn)
</script>

<style lang="scss">
.price { color: red }
</style>
"""


def test_the_scripts_of_a_component_are_read_where_they_stand(write: Write) -> None:
    folder = write({"src/pages/pay.vue": PAGE, "src/account.ts": "export const signIn = () => 1"})
    report = audit([folder], platforms=["h5"], workers=1)
    assert uses(report) == ["requestPayment call 11:19"]
    assert found(report, "missing") == ["missing/platform requestPayment h5 11"]
    assert found(report, "input") == ["input/template .vue 1"]


def test_both_scripts_of_a_component_are_one_module(write: Write) -> None:
    text = "<script>\r\nimport Taro from '@tarojs/taro'\r\n</script>\r\n<script setup>Taro.login()</script>"
    assert uses(audit([write({"a.vue": text})], workers=1)) == ["login call 4:15"]


def test_a_module_gets_taro_from_a_component(write: Write) -> None:
    page = "<script lang='ts'>\nexport { login as enter } from '@tarojs/taro'\n</script>"
    folder = write({"a.vue": page, "main.ts": "import { enter } from './a.vue'\nenter()"})
    assert uses(audit([folder], workers=1)) == ["login call 2:1"]


@pytest.mark.parametrize("text", ["", "<template><view /></template>", "<script setup>", "<script src='./a.ts' />"])
def test_a_component_without_a_script_uses_nothing(write: Write, text: str) -> None:
    report = audit([write({"a.vue": text})], workers=1)
    assert (uses(report), found(report, "input/syntax")) == ([], [])


def test_a_component_is_not_ported(write: Write) -> None:
    folder = write({"a.vue": PAGE})
    with pytest.raises(PortError, match=r"a\.vue is a component of Vue's, which is not ported"):
        port([folder / "a.vue"], folder / "out")
    assert not (folder / "out").exists()
