"""Programs that say `from taropy import Taro`, tested without a fixture: nothing is left of one test in the next."""

from __future__ import annotations

import pytest


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Runs the tests in a process of its own, as `Taro` is the process's."""
    return pytester.runpytest_subprocess("-p", "no:xdist", "-v", *arguments)


def test_each_test_has_a_phone_of_its_own_without_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import unittest

        import pytest
        import taropy
        from taropy import Taro

        heard = []

        def nothing_is_left():
            assert Taro.getStorageSync("seen") == ""
            assert Taro.getEnv() == "WEAPP"
            Taro.eventCenter.trigger("signed in")
            assert heard == []
            Taro.setStorageSync("seen", 1)
            Taro.eventCenter.on("signed in", lambda: heard.append("heard"))

        @pytest.mark.parametrize("run", [1, 2])
        def test_plain(run):
            nothing_is_left()

        def test_on_another_platform():
            taropy.use("alipay")

        class TestCase(unittest.TestCase):
            def test_one(self):
                nothing_is_left()

            def test_two(self):
                nothing_is_left()

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        @pytest.mark.parametrize("run", [1, 2])
        async def test_async(run):
            nothing_is_left()
            await Taro.setStorage(key="seen", data=1)

        @pytest.fixture
        def cleaned():
            yield
            assert Taro.getStorageSync("seen") == 1  # a fixture's end still finds what the test has done
            Taro.clearStorageSync()

        @pytest.mark.parametrize("run", [1, 2])
        def test_with_a_fixture_that_cleans_up(cleaned, run):
            nothing_is_left()

        def test_between(Taro):
            assert Taro.getStorageSync("seen") == ""
        """
    )
    run(pytester, "-p", "no:randomly").assert_outcomes(passed=10)


def test_what_modules_set_up_when_they_are_imported_is_there_as_well(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        set_up="""
        from taropy import Taro

        heard = []
        Taro.eventCenter.on("signed in", heard.append)
        Taro.setStorageSync("seen", 1)
        """,
        test_set_up="""
        import pytest
        from set_up import Taro, heard

        @pytest.mark.parametrize("run", [1, 2])
        def test_it_is_heard_once(run):
            heard.clear()
            Taro.eventCenter.trigger("signed in", "alice")
            assert heard == ["alice"]
            assert Taro.getStorageSync("seen") == ""
        """,
    )
    run(pytester).assert_outcomes(passed=2)


def test_what_a_fixture_of_several_tests_does_is_there_for_all_of_them_and_no_others(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        """
        import unittest

        import pytest
        import taropy
        from taropy import Taro as taro

        class TestCase(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                taro.setStorageSync("token", "of the case")

            def test_one(self):
                self.assertEqual(taro.getStorageSync("token"), "of the case")

            def test_two(self):
                self.assertEqual(taro.getStorageSync("token"), "of the case")

        def test_after_the_case():
            assert taro.getStorageSync("token") == ""

        class TestClass:
            @pytest.fixture(scope="class", autouse=True)
            def signed_in(self):
                taro.setStorageSync("token", "of the class")

            def test_one(self):
                assert taro.getStorageSync("token") == "of the class"

            def test_with_a_phone_of_its_own(self, Taro):
                assert Taro.getStorageSync("token") == ""

            def test_that_goes_on(self):
                assert taro.getStorageSync("token") == "of the class"

            def test_that_ends_it(self):
                taropy.use("alipay")

            def test_that_begins_anew(self):
                assert taro.getStorageSync("token") == ""

        def test_after_the_class():
            assert taro.getStorageSync("token") == ""
        """
    )
    run(pytester).assert_outcomes(passed=9)


def test_what_ends_a_fixture_of_several_tests_finds_what_it_has_begun(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import unittest

        import pytest
        from taropy import Taro as taro

        class TestCase(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                taro.setStorageSync("token", "of the case")

            @classmethod
            def tearDownClass(cls):
                assert taro.getStorageSync("token") == "of the case"

            def test_one(self):
                pass

        @pytest.fixture(scope="module", params=[1, 2])
        def signed_in(request):
            taro.setStorageSync("token", request.param)
            yield
            assert taro.getStorageSync("token") == request.param

        def test_it(signed_in):
            pass

        def test_with_a_phone_of_its_own(signed_in, Taro):
            assert Taro.getStorageSync("token") == ""
        """
    )
    run(pytester).assert_outcomes(passed=5)


def test_what_a_test_without_the_fixture_has_scripted_and_not_used_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from taropy import Taro

        @pytest.fixture(scope="module")
        def shared():
            Taro.phone.network.route("/shared", json={})

        def test_it():
            Taro.phone.network.route("/me", json={})

        def test_that_shares(shared):
            pass
        """
    )
    outcome = run(pytester)
    outcome.assert_outcomes(passed=2, warnings=1)
    outcome.stdout.fnmatch_lines(["*UnusedScriptWarning: *the route /me, which nothing has asked for"])


def test_nothing_is_imported_for_tests_that_do_not_use_taro(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        import pytest

        def test_it():
            rooms = ("taropy.runtime", "taropy.phone", "taropy.spec")
            assert [name for name in sys.modules if name.startswith(rooms)] == []
            assert not {"attrs", "cattrs", "sqlite3"} & {*sys.modules}
        """
    )
    run(pytester, "-p", "no:hypothesispytest", "-p", "no:anyio").assert_outcomes(passed=1)


def test_with_the_phone_alone_the_program_runs_on_it_once_per_platform(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        import taropy
        from taropy import Taro

        app = taropy.App(pages=["pages/index/index"])

        @app.page("pages/index/index")
        class Index:
            def onLoad(self):
                Taro.setStorageSync("seen", Taro.getEnv())

        @pytest.mark.platform("alipay", "h5")
        def test_launched(phone):
            app.launch()
            assert phone.pages.routes == ["pages/index/index"]
            assert Taro.phone is phone
            assert Taro.getStorageSync("seen") == {"alipay": "ALIPAY", "h5": "WEB"}[Taro.platform.name]

        def test_the_next_one(phone):
            assert Taro.phone is phone
            assert Taro.getEnv() == "WEAPP"

        def test_that_says_itself_what_it_runs_on(phone):
            taropy.use("tt", phone=phone)
            assert Taro.getEnv() == "TT"
            assert Taro.phone is phone
        """
    )
    run(pytester).assert_outcomes(passed=4)
