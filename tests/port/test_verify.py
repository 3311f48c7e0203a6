"""`verify` finds where a port does something else than its original, and nothing where it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import engines  # noqa: F401  (skips without the engine)
import pytest
from auditing import Write

from taropy.phone import Phone
from taropy.port.translation.naming import python_name
from taropy.port.verifying.comparing import shown
from taropy.port.verifying.generating import generated
from taropy.port.verifying.meaning import FAULT, meaning, thrown
from taropy.port.verifying.scenario import Scenario, ScenarioError, read_scenario
from taropy.port.verifying.sides import Playing
from taropy.port.verifying.verify import Verdict, verify

ORIGINAL = """\
    import Taro from '@tarojs/taro'

    let visits = 0

    export function label(price: number, unit: '¥' | '$' = '¥'): string {
      return `${unit}${price}`
    }

    export async function signIn(name: string): Promise<string> {
      visits += 1
      if (!name) {
        Taro.showToast({ title: 'who?', icon: 'none' })
        throw new Error('no name')
      }
      const { code } = await Taro.login()
      const res = await Taro.request({ url: 'https://shop.example/login', method: 'POST', data: { code, name } })
      if (res.statusCode !== 200) return Promise.reject({ errMsg: 'signIn:fail', status: res.statusCode })
      Taro.setStorageSync('session', { token: res.data.token, visits })
      await new Promise<void>(done => setTimeout(done, 2000))
      Taro.navigateTo({ url: '/pages/home/index' })
      return res.data.token
    }
"""

PORT = """\
    from taropy import Promise, Taro, TaroError

    visits = 0


    def label(price, unit="¥"):
        return f"{unit}{price}"


    async def sign_in(name):
        global visits
        visits += 1
        if not name:
            Taro.showToast(title="who?", icon="none")
            raise Exception("no name")
        code = (await Taro.login()).code
        res = await Taro.request(url="https://shop.example/login", method="POST", data={"code": code, "name": name})
        if res.statusCode != 200:
            return Promise.reject({"errMsg": "signIn:fail", "status": res.statusCode})
        Taro.setStorageSync("session", {"token": res.data.token, "visits": visits})
        await Taro.phone.clock.sleep(2)
        Taro.navigateTo(url="/pages/home/index")
        return res.data.token
"""


async def scenario(program: Playing, phone: Phone) -> None:
    await program.call("label", 2)
    await program.call("label", 2.5, "$")
    await program.call("signIn", "")
    phone.faults.answer("request", statusCode=500, data="down", header={}, cookies=[])
    await program.call("signIn", "ada")
    phone.faults.answer("request", statusCode=200, data={"token": "t1"}, header={}, cookies=[])
    await program.call("signIn", "ada")


def compared(write: Write, port: str, played: Scenario | None = scenario, original: str = ORIGINAL) -> Verdict:
    folder = write({"sign-in.ts": original, "sign_in.py": port})
    return verify(folder / "sign-in.ts", folder / "sign_in.py", played)


def test_a_port_that_does_the_same_is_the_same(write: Write) -> None:
    verdict = compared(write, PORT)
    assert [f"{each.original} | {each.port}" for each in verdict.differences] == []
    assert verdict.same
    steps = [str(step) for step in verdict.original.steps]
    assert 'signIn() throws {"message":"no name"}' in steps
    assert 'signIn() throws {"errMsg":"signIn:fail","status":500}' in steps
    assert 'signIn() gives "t1"' in steps
    assert 'leaves in storage {"session":{"token":"t1","visits":3}}' in steps
    assert steps[-1] == 'leaves the pages ["pages/index/index","pages/home/index"]'


# A mistake in the port, by what is changed in it, and what then differs.
MISTAKES = {
    "an option": ('method="POST"', 'method="PUT"', "Taro.request"),
    "a call that is left out": ('            Taro.showToast(title="who?", icon="none")\n', "", "Taro.showToast"),
    "what is returned": ("return res.data.token", "return None", "signIn() gives"),
    "what is thrown": ('Exception("no name")', 'Exception("no name!")', "signIn() throws"),
    "what a promise is rejected with": ('"status": res.statusCode', '"code": res.statusCode', "signIn() throws"),
    "what is stored": ('"visits": visits', '"visits": 0', "Taro.setStorageSync"),
    "a default": ('unit="¥"', 'unit="$"', "label() gives"),
    "the order": (
        '            Taro.showToast(title="who?", icon="none")\n            raise Exception("no name")',
        '            await Taro.getSystemInfo()\n            Taro.showToast(title="who?", icon="none")\n'
        '            raise Exception("no name")',
        "Taro.getSystemInfo",
    ),
    "a fault": ("visits += 1", "visits += nothing", "a fault of the program"),
    "a function that is missing": ("def label", "def lable", "label() throws"),
}


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found(write: Write, right: str, wrong: str, told: str) -> None:
    port = dedent(PORT).replace(_less(right), _less(wrong))
    assert port != dedent(PORT)
    verdict = compared(write, port)
    assert not verdict.same
    assert any(told in f"{each.original} {each.port}" for each in verdict.differences)


def _less(text: str) -> str:
    """The text with four spaces less before each line, as `dedent` leaves the port."""
    return "\n".join(line.removeprefix("    ") if line.startswith(" " * 8) else line for line in text.split("\n"))


def test_differences_are_shown_side_by_side_with_their_lines(write: Write, tmp_path: Path) -> None:
    verdict = compared(write, dedent(PORT).replace('method="POST"', 'method="PUT"'))
    lines = shown(verdict.differences, tmp_path).splitlines()
    assert lines[0].split() == ["original", "port"]
    assert any('"method":"POST"' in line for line in lines)
    assert any('"method":"PUT"' in line for line in lines)
    text = " ".join(" ".join(lines).split())
    assert "sign-in.ts:16: const res" in text
    assert "sign_in.py:17: res = await" in text


def test_what_a_platform_lacks_is_the_same_in_both(write: Write) -> None:
    folder = write({
        "a.ts": "import Taro from '@tarojs/taro'\nexport const main = () => Taro.getStorageSync('k')",
        "a.py": "from taropy import Taro\n\ndef main():\n    return Taro.getStorageSync('k')\n",
    })  # fmt: skip

    async def played(program: Playing, phone: Phone) -> None:
        await program.call("main")

    verdict = verify(folder / "a.ts", folder / "a.py", played, platform="rn")
    assert verdict.same
    assert 'main() throws {"errMsg":"getStorageSync:fail not supported on rn"}' in map(str, verdict.port.steps)


def test_a_module_that_does_not_load_is_told(write: Write) -> None:
    verdict = compared(write, "import nothing_of_that_name\n")
    assert any(str(each.port).startswith("the module() throws") for each in verdict.differences)


@pytest.mark.parametrize(
    ("imported", "told"), [("react", "is React"), ("dayjs", "npm install"), ("./gone", "no module")]
)
def test_an_original_that_the_engine_cannot_run_is_no_difference(write: Write, imported: str, told: str) -> None:
    original = f"import {{ one }} from '{imported}'\nexport const twice = (n: number) => n * one"
    with pytest.raises(ScenarioError, match=told):
        compared(write, "def twice(n):\n    return n * 2\n", None, original)


def test_a_promise_that_never_settles_ends_the_wait(write: Write) -> None:
    original = "export const main = (): Promise<void> => new Promise(() => { setInterval(() => {}, 600000) })"

    async def played(program: Playing, phone: Phone) -> None:
        await program.call("main")

    verdict = compared(write, "async def main():\n    pass\n", played, original)
    assert "main() never ends" in [str(step) for step in verdict.original.steps]


def test_a_program_can_be_looked_at_while_it_waits(write: Write) -> None:
    original = """\
        import Taro from '@tarojs/taro'
        export async function late(): Promise<number> {
          const { confirm } = await Taro.showModal({ title: 'sure?' })
          await new Promise<void>(done => setTimeout(done, 1000))
          return confirm ? 1 : 0
        }
    """
    port = """\
        from taropy import Taro

        async def late():
            confirm = (await Taro.showModal(title="sure?")).confirm
            await Taro.phone.clock.sleep(1)
            return 1 if confirm else 0
    """
    seen: list[Any] = []

    async def played(program: Playing, phone: Phone) -> None:
        phone.screen.answer_modal(confirm=True)
        pending = program.start("late")
        await program.idle()
        phone.clock.advance(1)
        seen.append(await pending)

    assert compared(write, port, played, original).same
    assert seen == [1, 1]


def test_what_is_printed_counts(write: Write) -> None:
    original = "export const main = () => { console.log('one', 2); console.error('not this') }"

    async def played(program: Playing, phone: Phone) -> None:
        await program.call("main")

    assert compared(write, "def main():\n    print('one', 2)\n", played, original).same
    [difference] = compared(write, "def main():\n    print('one', 2.5)\n", played, original).differences
    assert (str(difference.original), str(difference.port)) == ("prints one 2", "prints one 2.5")


# --- values --------------------------------------------------------------------------------------------------------

SAME = [
    (1, 1.0),
    (0, -0.0),
    (float("nan"), float("nan")),
    ({"a": 1, "b": None}, {"a": 1.0}),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ([1, (2,)], [1, [2]]),
    (b"ab", bytearray(b"ab")),
    (print, len),
]
OTHER = [
    (1, "1"),
    (True, 1),
    (0, None),
    ([None], []),
    ([1, 2], [2, 1]),
    (float("inf"), float("-inf")),
    (b"a", "a"),
    ({"number": "NaN", "a": 1}, float("nan")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_values_that_javascript_takes_for_the_same(one: object, other: object) -> None:
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_values_that_are_not_the_same(one: object, other: object) -> None:
    assert meaning(one) != meaning(other)


@pytest.mark.parametrize("error", [KeyError("a"), AttributeError("a"), TypeError("a"), IndexError(), NameError("x")])
def test_faults_of_programs_are_alike(error: Exception) -> None:
    assert thrown(error) == FAULT


# --- what is generated ---------------------------------------------------------------------------------------------


def test_arguments_come_from_the_declared_types(write: Write) -> None:
    text = """\
        interface Item { id: string; /* so many */ count?: number; tags: Tag[] }
        type Tag = 'new' | 'old'
        interface Tree { name: string; children?: Tree[]; visit?: () => void }
        export function a(s: string, on = true, n?: number): void {}
        export const b = (items: Item[]) => items
        export function c(w: WeakRef<Item>) {}
        export function d(x) {}
        export function e() {}
        export const f = (tree: Tree) => tree.name
        function inner(n: number) {}
    """
    made = generated(write({"main.ts": text}) / "main.ts")
    calls = {name: [given for called, given in made.calls if called == name] for name in "abef"}
    assert calls["a"][0] == ("", False, 0)
    assert ("a b", False, 0) in calls["a"]
    assert ("", True, 0) in calls["a"]
    assert ("", False, None) in calls["a"]
    assert calls["b"][0] == ([],)
    assert ([{"id": "", "count": 0, "tags": []}],) in calls["b"]
    assert any(items and "count" not in items[1] for [items] in calls["b"][2:])
    assert calls["e"] == [()]
    assert ({"name": ""},) in calls["f"]
    assert made.left_out == {
        "c": "since nothing can be made for w: WeakRef",
        "d": "since x has no type",
    }
    assert made.told().splitlines()[0].startswith("a: ")


def test_without_a_scenario_generated_calls_are_played(write: Write) -> None:
    original = "export function twice(n: number): number { return n * 2 }"
    assert compared(write, "def twice(n):\n    return n * 2\n", None, original).same
    verdict = compared(write, "def twice(n):\n    return n + n if n < 2 else 5\n", None, original)
    assert {str(each.port) for each in verdict.differences} == {"twice() gives 5"}
    assert "in twice(2)" in shown(verdict.differences, Path.cwd())


FROM_TYPES = {
    "export const send = (url: string) => Taro.uploadFile({ url, filePath: '', name: 'f' })": (
        "def send(url):\n    return Taro.uploadFile(url=url, filePath='', name='f')\n"
    ),
    "export const get = (url: string) => Taro.request({ url })": "def get(url):\n    return Taro.request(url=url)\n",
    "export async function during<T>(run: () => Promise<T>) { return await run() }": (
        "from taropy.js import started\n\n\n@started\nasync def during(run):\n    return await run()\n"
    ),
}


@pytest.mark.parametrize("original", FROM_TYPES)
def test_promises_that_go_in_and_come_out_are_those_of_the_types(write: Write, original: str) -> None:
    port = f"from taropy.js import Taro\n{FROM_TYPES[original]}"
    verdict = compared(write, port, None, f"import Taro from '@tarojs/taro'\n{original}")
    assert verdict.same, shown(verdict.differences, Path.cwd())


@pytest.mark.parametrize(
    ("original", "port"),
    [
        ("(total: number) => total > 1000", "def is_free(total):\n    return total >= 1000\n"),
        (
            "(order: { id: string; total: number }) => order.total < 0x40",
            "def is_free(order):\n    return order.total <= 64\n",
        ),
        ("(kind: string) => kind === 'gift' || kind === 'sample'", "def is_free(kind):\n    return kind == 'gift'\n"),
        ("(of: number[]) => of.includes(4.5)", "def is_free(of):\n    return of.includes(5)\n"),
    ],
)
def test_a_changed_constant_shows_without_a_scenario(write: Write, original: str, port: str) -> None:
    assert not compared(write, port, None, f"export const isFree = {original}").same


def test_a_port_of_plain_functions_is_given_arrays(write: Write) -> None:
    folder = write({
        "a.ts": "export const ids = (all: { id: number }[]) => all.map(each => each.id)",
        "a.py": "from taropy.js import Array\n\ndef ids(all_):\n    return all_.map(lambda each: each.id)\n",
    })  # fmt: skip
    command = [sys.executable, "-m", "taropy", "verify", "a.ts", "a.py"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "the same" in ended.stdout


def test_with_nothing_to_call_there_is_nothing_to_verify(write: Write) -> None:
    with pytest.raises(ScenarioError, match="exports no function"):
        compared(write, "", None, "export const a = 1")


# --- scenarios -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no 'async def scenario"),
        ("def scenario(program, phone): pass", "no 'async def scenario"),
        ("scenario = 5", "no 'async def scenario"),
        ("async def scenario(", "SyntaxError"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_file_without_a_scenario_is_refused(write: Write, text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        read_scenario(write({"scenario.py": text}) / "scenario.py")


def test_a_scenario_that_fails_with_the_original_is_wrong(write: Write) -> None:
    async def played(program: Playing, phone: Phone) -> None:
        assert await program.call("label", 1) == "another"

    with pytest.raises(ScenarioError, match="the scenario fails with the original: AssertionError"):
        compared(write, PORT, played)


def test_one_that_fails_with_the_port_only_is_a_difference(write: Write) -> None:
    async def played(program: Playing, phone: Phone) -> None:
        assert await program.call("label", 1) == "¥1"

    verdict = compared(write, dedent(PORT).replace('unit="¥"', 'unit="$"'), played)
    assert any("the scenario fails AssertionError" in str(each.port) for each in verdict.differences)


def test_a_function_that_has_a_name_of_pythons_is_found_as_it_was_ported(write: Write) -> None:
    original = "export const list = (count: number): number => count + 1\n"
    assert compared(write, "def list_(count):\n    return count + 1\n", None, original).same


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("logIn", "log_in"),
        ("getURL", "get_url"),
        ("toHTMLText", "to_html_text"),
        ("a1B", "a1_b"),
        ("same", "same"),
        ("list", "list_"),
    ],
)
def test_names_are_found_in_pythons_style(name: str, other: str) -> None:
    assert python_name(name) == other


def test_the_name_that_a_program_gives_its_errors_is_the_classs(write: Write) -> None:
    folder = write({
        "a.ts": "class Sold extends Error { constructor() { super('out'); this.name = 'Sold' } }\n"
        "export function main() { throw new Sold() }",
        "a.py": "class Sold(Exception):\n    pass\n\ndef main():\n    raise Sold('out')\n",
    })  # fmt: skip

    async def main(program: Playing, phone: Phone) -> None:
        await program.call("main")

    assert verify(folder / "a.ts", folder / "a.py", main).same
