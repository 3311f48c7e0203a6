"""`taropy run`: programs as their authors write them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from calling import Cli, Write, interruptible

import taropy
from taropy.phone import Question

NOBODY_LISTENS = "http://127.0.0.1:9/"


def lines(text: str) -> list[str]:
    return text.splitlines()


# --- what is run -----------------------------------------------------------------------------------------------


def test_a_program_runs_as_under_python(cli: Cli, write: Write, tmp_path: Path) -> None:
    write("WORD = 'from the folder'", "beside.py")
    file = write("import sys, beside\nprint(__name__, __file__, sys.argv, beside.WORD)\n")
    result = cli("run", file, "one", "--", "--two")
    assert result.exit_code == 0
    assert result.stdout == f"__main__ {file} {[file, 'one', '--two']} from the folder\n"


def test_the_process_is_as_before_afterwards(cli: Cli, write: Write) -> None:
    before = sys.modules["__main__"], sys.argv, list(sys.path), dict(os.environ)
    cli("run", "--platform", "tt", write("import sys; sys.path.append('x'); raise ValueError"))
    assert (sys.modules["__main__"], sys.argv, sys.path, dict(os.environ)) == before
    assert taropy.Taro.getEnv() == "WEAPP"


@pytest.mark.parametrize("start", ["async def main():", "def main():", "async def main(name='x', *rest):"])
def test_a_main_that_nothing_starts_is_started(cli: Cli, write: Write, start: str) -> None:
    result = cli("run", write(f"print('top')\n{start}\n    print('main')\n"))
    assert lines(result.stdout) == ["top", "main"]


APP = """
import taropy
app = taropy.App(pages=["pages/home/index"])
@app.page("pages/home/index")
class Home:
    async def onLoad(self):
        print("loaded on", (await taropy.Taro.getSystemInfo()).platform, taropy.Taro.getEnv())
"""


def test_an_app_that_nothing_launches_is_launched(cli: Cli, write: Write) -> None:
    assert cli("run", "--platform", "tt", write(APP)).stdout == "loaded on ios TT\n"


@pytest.mark.parametrize(
    "ending",
    [
        "app.launch()",
        "async def main():\n    await app.launch()",
        "if __name__ == '__main__':\n    taropy.run(app.launch)",
    ],
)
def test_an_app_that_the_file_launches_is_not_launched_again(cli: Cli, write: Write, ending: str) -> None:
    assert cli("run", write(f"{APP}\n{ending}\n")).stdout == "loaded on ios WEAPP\n"


def test_an_app_that_fails_says_how(cli: Cli, write: Write) -> None:
    result = cli("run", write(APP.replace('"pages/home/index"]', '"pages/home/index", "pages/gone/index"]')))
    assert result.exit_code == 1
    assert "ConfigError: no code declares 'pages/gone/index'" in result.stderr


@pytest.mark.parametrize(
    "ending",
    [
        "import asyncio; asyncio.run(main())",
        "import taropy; taropy.run(main)",
        "if __name__ == '__main__':\n    import asyncio; asyncio.run(main())",
        "def start():\n    import asyncio; asyncio.run(main())\nif '__main__' == __name__:\n    start()",
    ],
)
def test_a_main_that_the_file_starts_is_not_started_again(cli: Cli, write: Write, ending: str) -> None:
    result = cli("run", write(f"async def main():\n    print('main')\n{ending}\n"))
    assert lines(result.stdout) == ["main"]


@pytest.mark.parametrize(
    "text",
    [
        "async def main(name):\n    print('main')\n",
        "from helper import main\n",
        "main = print\n",
        "class App:\n    def main(self):\n        print('main')\n",
    ],
    ids=["needs an argument", "is another file's", "is no function of the file", "is a method"],
)
def test_a_main_that_is_no_start_of_a_program_is_left_alone(cli: Cli, write: Write, text: str) -> None:
    write("def main():\n    print('main')\n", "helper.py")
    result = cli("run", write(text))
    assert (result.exit_code, result.stdout) == (0, "")


def test_what_main_leaves_open_is_finished(cli: Cli, write: Write) -> None:
    program = """
        from taropy import Taro
        async def main():
            Taro.request(url=%r, fail=lambda error: print("failed at last"))
            print("main is over")
    """
    result = cli("run", write(program % NOBODY_LISTENS))
    assert lines(result.stdout) == ["main is over", "failed at last"]


def test_what_a_callback_leaves_open_is_finished(cli: Cli, write: Write) -> None:
    program = """
        from taropy import Taro
        def go_on(res):
            Taro.request(url=%r, fail=lambda error: print("failed at last"))
        Taro.login(success=go_on)
        print("the file is over")
    """
    result = cli("run", write(program % NOBODY_LISTENS))
    assert sorted(lines(result.stdout)) == ["failed at last", "the file is over"]


# --- where it runs ---------------------------------------------------------------------------------------------

WHERE = "import os; from taropy import Taro; print(Taro.getEnv(), os.environ['TARO_ENV'])"


@pytest.mark.parametrize(("platform", "env"), [("weapp", "WEAPP"), ("alipay", "ALIPAY"), ("h5", "WEB")])
def test_the_platform_is_the_option_s(cli: Cli, write: Write, platform: str, env: str) -> None:
    assert cli("run", "--platform", platform, write(WHERE)).stdout == f"{env} {platform}\n"


def test_without_the_option_it_is_TARO_ENV_s(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TARO_ENV", "swan")
    assert cli("run", write(WHERE)).stdout == "SWAN swan\n"


def test_without_either_it_is_weapp(cli: Cli, write: Write) -> None:
    assert cli("run", write(WHERE)).stdout == "WEAPP weapp\n"


def test_a_phone_with_a_folder_comes_back_as_it_was(cli: Cli, write: Write, tmp_path: Path) -> None:
    keep = write("from taropy import Taro; Taro.setStorageSync('word', 'kept')", "keep.py")
    look = write("from taropy import Taro; print(Taro.getStorageSync('word') or 'nothing')", "look.py")
    phone = str(tmp_path / "phones" / "mine")
    assert cli("run", "--phone", phone, keep).exit_code == 0
    assert cli("run", "--phone", phone, look).stdout == "kept\n"
    assert cli("run", look).stdout == "nothing\n"


def test_the_device_is_the_option_s(cli: Cli, write: Write) -> None:
    program = write("from taropy import Taro; print(Taro.getSystemInfoSync().model)")
    shown = {cli("run", "--device", device, program).stdout for device in ("Pixel 8", "Redmi 10A")}
    assert len(shown) == 2


def test_dialogs_are_asked_about_with_ask(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(question: Question) -> dict[str, bool]:
        return {"confirm": False, "cancel": True}

    monkeypatch.setattr("taropy.phone.core.terminal.ask", no)
    program = write("from taropy import Taro; print(Taro.showModal(title='Sure?').result().confirm)")
    assert cli("run", "--ask", program).stdout == "False\n"
    assert cli("run", program).stdout == "True\n"


ASKING = """
    from taropy import Taro
    async def main():
        print((await Taro.showModal(title="Sure?")).confirm)
        print((await Taro.showActionSheet(itemList=["a", "b"])).tapIndex)
"""


@pytest.mark.parametrize(("given", "code", "shown"), [("2\n2\n", 0, "False\n1\n"), ("2\n", 2, "False\n"), ("", 2, "")])
def test_answers_come_by_lines_and_a_program_that_asks_for_more_ends_with_the_reason(
    write: Write, given: str, code: int, shown: str
) -> None:
    command = [sys.executable, "-m", "taropy", "run", "--ask", write(ASKING)]
    ran = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (code, shown)
    assert ("the standard input has ended" in ran.stderr) == (code == 2)
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("option", ["--log", "--trace=trace.html"])
def test_a_program_that_is_logged_has_its_phone_s_log(
    cli: Cli, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    program = write("from taropy import Taro; Taro.login(); print(Taro.phone.log.names)")
    assert cli("run", option, program).stdout == "['login']\n"


def test_a_run_can_be_traced(cli: Cli, write: Write, tmp_path: Path) -> None:
    file = tmp_path / "made" / "trace.html"
    program = write("from taropy import Taro; Taro.setStorageSync('token', 'abc' * 3); raise SystemExit(3)")
    result = cli("run", "--trace", str(file), program)
    assert (result.exit_code, result.stderr) == (3, f"trace: {file}\n")
    trace = json.loads(file.with_suffix(".json").read_text("utf-8"))
    assert (trace["outcome"], trace["error"]) == ("failed", "exit code 3")
    assert trace["calls"][0]["options"] == {"key": "token", "data": "***"}
    assert "<!doctype html>" in file.read_text("utf-8")
    cli("run", "--show-secrets", "--trace", str(file), program)
    assert "abcabcabc" in file.read_text("utf-8")


def test_a_trace_that_cannot_be_written_is_told(cli: Cli, write: Write, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    result = cli("run", "--trace", str(tmp_path / "file" / "trace.html"), write("print(1)"))
    assert (result.exit_code, result.stdout) == (2, "1\n")
    assert "trace.html cannot be written" in result.stderr


def test_a_backend_can_reach_the_open_platform_while_the_program_runs(cli: Cli, write: Write) -> None:
    program = """
        import json, os, urllib.request
        from taropy import Taro
        from taropy.phone.core.apps import default_secret
        appid = Taro.getAccountInfoSync().miniProgram.appId
        code = Taro.login().result().code
        query = f"appid={appid}&secret={default_secret(appid)}&js_code={code}"
        with urllib.request.urlopen(f"{os.environ['TAROPY_OPEN_PLATFORM']}/sns/jscode2session?{query}") as answer:
            print(sorted(json.load(answer)))
    """
    result = cli("run", "--open-platform", write(program))
    assert result.stdout == "['openid', 'session_key', 'unionid']\n"
    assert "open platform: http://127.0.0.1:" in result.stderr
    assert "TAROPY_OPEN_PLATFORM" not in os.environ


# --- how it ends -----------------------------------------------------------------------------------------------


def test_an_unsupported_function_ends_the_program_with_one_line(cli: Cli, write: Write) -> None:
    result = cli("run", "-p", "h5", write("from taropy import Taro\n\nTaro.checkSession()\n"))
    assert result.exit_code == 1
    assert lines(result.stderr) == ["app.py:3: checkSession is not supported on h5 (supported on weapp, swan, qq, tt)"]


def test_a_call_that_failed_ends_the_program_with_one_line(cli: Cli, write: Write) -> None:
    result = cli("run", write("from taropy import Taro\nasync def main():\n    await Taro.request(url=1)\n"))
    assert result.exit_code == 1
    assert lines(result.stderr) == [
        "app.py:3: request:fail parameter error: parameter.url should be String instead of Number"
    ]


def test_any_other_error_is_shown_with_the_program_s_own_frames(cli: Cli, write: Write) -> None:
    program = """
        async def main():
            try:
                {}["deep"]
            except KeyError as error:
                raise ValueError("wrong") from error
    """
    file = write(program)
    result = cli("run", file)
    assert result.exit_code == 1
    frames = [line for line in lines(result.stderr) if line.startswith("  File ")]
    assert frames == [f'  File "{file}", line 4, in main', f'  File "{file}", line 6, in main']
    assert lines(result.stderr)[-1] == "ValueError: wrong"


def test_a_file_that_is_no_python_is_shown_where(cli: Cli, write: Write) -> None:
    file = write("x = 1\ndef broken(:\n")
    result = cli("run", file)
    assert result.exit_code == 1
    assert lines(result.stderr)[0] == f'  File "{file}", line 2'
    assert lines(result.stderr)[-1].startswith("SyntaxError")


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [("sys.exit()", 0, ""), ("sys.exit(0)", 0, ""), ("sys.exit(7)", 7, ""), ("sys.exit('no money')", 1, "no money\n")],
)
def test_the_exit_code_of_the_program_is_kept(cli: Cli, write: Write, ending: str, code: int, said: str) -> None:
    result = cli("run", write(f"import sys\nasync def main():\n    {ending}\n"))
    assert (result.exit_code, result.stderr) == (code, said)


def test_a_rejection_that_nobody_looked_at_is_told_in_words_at_its_line_and_the_program_has_failed(
    cli: Cli, write: Write
) -> None:
    result = cli("run", write(f"from taropy import Taro\nTaro.request(url={NOBODY_LISTENS!r})\nprint('on')\n"))
    assert (result.exit_code, result.stdout) == (1, "on\n")
    [line] = lines(result.stderr)
    assert line.startswith("app.py:2: unhandled rejection: request:fail")


def test_it_is_told_as_well_when_the_program_still_holds_the_promise(cli: Cli, write: Write) -> None:
    result = cli("run", write(f"from taropy import Taro\nheld = Taro.request(url={NOBODY_LISTENS!r})\n"))
    [line] = lines(result.stderr)
    assert line.startswith("app.py:2: unhandled rejection: request:fail")


def test_a_rejection_that_somebody_looked_at_is_not_told(cli: Cli, write: Write) -> None:
    program = f"""
        from taropy import Taro
        held = Taro.request(url={NOBODY_LISTENS!r})
        held.catch(lambda error: print("caught"))
        Taro.request(url={NOBODY_LISTENS!r}, fail=lambda error: print("failed"))
    """
    result = cli("run", write(program))
    assert (lines(result.stdout), result.stderr) == (["caught", "failed"], "")


def test_a_callback_that_throws_is_told_with_its_place(cli: Cli, write: Write) -> None:
    file = write("from taropy import Taro\nTaro.login(success=lambda res: 1 / 0)\nprint('on')\n")
    result = cli("run", file)
    assert (result.exit_code, result.stdout) == (1, "on\n")
    assert lines(result.stderr)[0].startswith("app.py:2: unhandled error, in a callback")
    assert f'  File "{file}", line 2, in <lambda>' in lines(result.stderr)
    assert lines(result.stderr)[-1] == "ZeroDivisionError: division by zero"


PAGE = """
    import taropy
    from taropy import Taro
    app = taropy.App(pages=["pages/a/a"])
    @app.page("pages/a/a")
    class Page:
        def onLoad(self, query):
            raise KeyError("boom")
    @app.entry
    class Main:
        def onLaunch(self, options):
            print("on")
"""


def test_a_handler_that_throws_is_told_once_with_its_place(cli: Cli, write: Write) -> None:
    file = write(PAGE)
    result = cli("run", file)
    assert (result.exit_code, result.stdout) == (1, "on\n")
    assert result.stderr == dedent(f"""\
        app.py:8: onLoad of pages/a/a threw, and nothing has handled it:
        Traceback (most recent call last):
          File "{file}", line 8, in onLoad
            raise KeyError("boom")
        KeyError: 'boom'
    """)


@pytest.mark.parametrize(
    "listening",
    [
        "@app.entry\nclass Main:\n    def onError(self, text):\n        print('heard')",
        "Taro.onError(lambda text: print('heard'))",
    ],
)
def test_what_the_program_listens_to_is_told_and_no_failure_of_its(cli: Cli, write: Write, listening: str) -> None:
    program = dedent(PAGE).partition("@app.entry")[0] + listening
    result = cli("run", write(program))
    assert (result.exit_code, result.stdout) == (0, "heard\n")
    assert lines(result.stderr)[0] == "app.py:8: onLoad of pages/a/a threw:"


@pytest.mark.parametrize(
    ("filters", "code"), [("ignore", 0), ("error", 1), ("default", 1)], ids=["ignored", "made errors", "as usual"]
)
def test_a_program_may_ignore_it_by_pythons_means(cli: Cli, write: Write, filters: str, code: int) -> None:
    program = f"""
        import warnings
        import taropy
        warnings.simplefilter({filters!r}, taropy.UnhandledErrorWarning)
        taropy.Taro.login(success=lambda res: 1 / 0)
    """
    result = cli("run", write(program))
    assert (result.exit_code, len(lines(result.stderr)) > 0) == (code, code == 1)


def test_rejections_that_the_program_listens_to_are_told_and_no_failure_of_its(cli: Cli, write: Write) -> None:
    program = """
        from taropy import Taro
        Taro.onUnhandledRejection(lambda res: print(res.reason))
        Taro.request(url="nope")
    """
    result = cli("run", write(program))
    assert (result.exit_code, result.stdout) == (0, 'request:fail invalid url "nope"\n')
    assert lines(result.stderr)[0].startswith("app.py:4: unhandled rejection: request:fail")


def test_the_code_that_the_program_ends_with_is_kept(cli: Cli, write: Write) -> None:
    result = cli("run", write("import sys\nfrom taropy import Taro\nTaro.request(url='nope')\nsys.exit(7)\n"))
    assert result.exit_code == 7
    assert lines(result.stderr)[0].startswith("app.py:3: unhandled rejection")


def test_other_warnings_stay_python_s(cli: Cli, write: Write) -> None:
    program = "import warnings\nwarnings.simplefilter('always')\nwarnings.warn('old', DeprecationWarning)\n"
    with pytest.warns(DeprecationWarning, match="old"):
        result = cli("run", write(program))
    assert result.exit_code == 0


def test_ctrl_c_stops_the_program_without_a_traceback(write: Write) -> None:
    file = write("import asyncio\nasync def main():\n    print('running', flush=True)\n    await asyncio.sleep(60)\n")
    command = [sys.executable, "-m", "taropy", "run", file]
    with interruptible(command) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "stopped\n")


# --- mistakes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuch.py"], "'nosuch.py' does not exist"),
        (["--platform", "alipy", "APP"], "did you mean 'alipay'?"),
        (["--device", "Pixel", "APP"], "did you mean 'Pixel 8'?"),
        (["--phone", "APP", "APP"], "is a file"),
        (["--phone", "APP/below", "APP"], "cannot be made"),
        (["--lgo", "APP"], "No such option"),
        (["APP", "--verbose"], "No such option"),
        ([], "Missing argument"),
    ],
)
def test_a_mistake_is_told_in_a_line_and_the_program_is_not_run(
    cli: Cli, write: Write, arguments: list[str], words: str
) -> None:
    file = write("print('ran')")
    result = cli("run", *(argument.replace("APP", file) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_an_attribute_that_is_misread_is_told_once_what_was_meant(cli: Cli, write: Write) -> None:
    result = cli("run", write("from taropy import Taro\nTaro.phone.netwrok\n"))
    assert result.exit_code == 1
    assert result.output.count("Did you mean") == 1
    assert "'Phone' object has no attribute 'netwrok'. Did you mean: 'network'?" in result.output
