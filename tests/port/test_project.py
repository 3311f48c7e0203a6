"""Projects: aliases, what they are built for, their pages, and which files are theirs."""

from __future__ import annotations

import subprocess

import pytest
from auditing import Write, found, uses

from taropy.port.audit import audit
from taropy.port.files import program_files

TARO = "import Taro from '@tarojs/taro'\nexport default Taro"
MAIN = "import T from '{specifier}'\nT.login()"

# Extends itself, which ends all the same.
BASE = '{"extends": "./base.json", "compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'

RESOLVED = [
    ("@/taro", {"tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}'}),
    ("@/taro", {"tsconfig.json": '{\n// ours\n"compilerOptions": {"paths": {"@/*": ["./src/*",],},},}'}),
    ("@/taro", {"tsconfig.json": '{"extends": "./base"}', "base.json": BASE}),
    ("src/taro", {"tsconfig.json": '{"compilerOptions": {"baseUrl": "."}}'}),
    ("@/taro", {"jsconfig.json": '\ufeff{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'}),
    ("taro", {"tsconfig.json": '{"compilerOptions": {"paths": {"taro": ["./src/taro.ts"]}}}'}),
    ("@/taro", {"config/index.js": "module.exports = { alias: { '@': path.resolve(__dirname, '..', 'src') } }"}),
    ("@/taro", {"config/index.ts": "export default { alias: { '@/taro': path.resolve(process.cwd(), 'src/taro') } }"}),
    ("@src/taro", {"config/index.js": "module.exports = { alias: { '@src': 'src' } }"}),
    ("./taro", {}),
    ("./taro.js", {}),
    ("../src/taro", {}),
    ("shop/src/taro", {}),
]  # fmt: skip


@pytest.mark.parametrize(("specifier", "files"), RESOLVED)
def test_an_import_of_the_projects_own_is_found(write: Write, specifier: str, files: dict[str, str]) -> None:
    folder = write({"package.json": '{"name": "app"}', "src/main.ts": MAIN.format(specifier=specifier), **files})
    write({"src/taro.ts": TARO, "lib/package.json": '{"name": "shop"}', "lib/src/taro.ts": TARO})
    assert "login call 2:1" in uses(audit([folder], workers=1))


@pytest.mark.parametrize("file", ["t/index.ts", "t/index.tsx", "t.js", "t.jsx", "t.weapp.ts", "t/index.h5.tsx"])
def test_whatever_file_a_module_stands_in(write: Write, file: str) -> None:
    folder = write({"main.ts": MAIN.format(specifier="./t"), file: TARO})
    assert "login call 2:1" in uses(audit([folder], workers=1))


PLATFORMS = [
    ('{"scripts": {"b": "taro build --type weapp", "dev": "npm run x -- --type=h5 --watch"}}', ("weapp", "h5")),
    ('{"scripts": {"build:kwai": "taro build --type kwai", "x": "taro build --type tt"}}', ("tt",)),
    ('{"scripts": {"test": "jest"}}', ("weapp",)),
    ("{}", ("weapp",)),
]  # fmt: skip


@pytest.mark.parametrize(("package", "platforms"), PLATFORMS)
def test_a_project_is_audited_for_what_it_is_built_for(write: Write, package: str, platforms: tuple[str, ...]) -> None:
    assert audit([write({"package.json": package, "src/a.ts": ""})], workers=1).platforms == platforms


def test_the_platforms_are_those_of_the_project_also_where_only_its_source_is_audited(write: Write) -> None:
    folder = write({"package.json": '{"scripts": {"b": "taro build --type alipay"}}', "src/a.ts": ""})
    assert audit([folder / "src"], workers=1).platforms == ("alipay",)


def test_a_page_that_has_no_file_is_told(write: Write) -> None:
    folder = write(
        {
            "package.json": "{}",
            "src/app.config.ts": "export default defineAppConfig({ pages: ['pages/a/index', 'pages/b/index'], "
            "subPackages: [{ root: 'sub', pages: ['c/index', 'd/index'] }] })",
            "src/pages/a/index.tsx": "",
            "src/sub/c/index.vue": "",
            "src/sub/d/index.h5.tsx": "",
        }
    )
    [page] = [each for each in audit([folder], workers=1).findings if each.rule == "input/page"]
    assert (page.subject, page.path.name) == ("pages/b/index", "app.config.ts")


def test_what_builds_a_project_is_read_and_not_judged(write: Write) -> None:
    folder = write(
        {"package.json": "{}", "config/index.js": "eval('1')", "babel.config.js": "eval('1')", "src/a.js": ""}
    )
    assert found(audit([folder], workers=1), "language/") == []


def test_what_git_ignores_and_what_is_installed_or_built_is_left_out(write: Write) -> None:
    folder = write(
        {
            ".git/x.js": "",
            ".gitignore": "ignored/\n*.gen.ts\n/top.js\n!kept.gen.ts\n",
            "a.ts": "",
            "b.d.ts": "",
            "b.gen.ts": "",
            "kept.gen.ts": "",
            "top.js": "",
            "sub/top.js": "",
            "ignored/c.ts": "",
            "node_modules/d/index.js": "",
            "dist/e.js": "",
            "sub/.gitignore": "f.ts\n",
            "sub/f.ts": "",
            "other/f.ts": "",
            "text.txt": "",
        }
    )
    names = [file.relative_to(folder).as_posix() for file in program_files([folder]).files]
    assert names == ["a.ts", "kept.gen.ts", "other/f.ts", "sub/top.js"]
    inner = [file.name for file in program_files([folder / "sub"]).files]
    assert inner == ["top.js"]


def test_what_is_ignored_above_a_repository_holds_not_within_it(write: Write) -> None:
    folder = write({".gitignore": "*.ts", "repository/.git/HEAD": "", "repository/src/a.ts": ""})
    assert [file.name for file in program_files([folder / "repository/src"]).files] == ["a.ts"]


def test_a_file_that_is_named_counts_also_if_it_is_ignored(write: Write) -> None:
    folder = write({".gitignore": "a.ts", "a.ts": ""})
    assert [file.name for file in program_files([folder / "a.ts"]).files] == ["a.ts"]


def test_each_file_counts_once(write: Write) -> None:
    folder = write({"src/a.ts": ""})
    assert len(program_files([folder, folder / "src", folder / "src/a.ts", folder / "src/../src"]).files) == 1


def test_files_that_import_each_other_in_a_circle_are_told(write: Write) -> None:
    folder = write(
        {
            "a.ts": "import './b'",
            "b.ts": "import './c'",
            "c.ts": "import './a'",
            "d.ts": "import './a'",
            "e.ts": "import('./f')",
            "f.ts": "import './e'",
            "g.ts": "import type { T } from './h'",
            "h.ts": "import './g'",
        }
    )
    [cycle] = [each for each in audit([folder], workers=1).findings if each.rule == "input/cycle"]
    assert all(name in cycle.text for name in ("a.ts", "b.ts", "c.ts"))
    assert not any(name in cycle.text for name in ("d.ts", "e.ts", "g.ts"))


def test_settings_that_are_none_are_told_and_the_rest_is_done(write: Write) -> None:
    folder = write(
        {"package.json": "not json", "tsconfig.json": "[", "a.ts": "import Taro from '@tarojs/taro'\nTaro.login()"}
    )
    report = audit([folder], workers=1)
    assert uses(report) == ["login call 2:1"]
    faults = [each for each in report.findings if each.section == "input"]
    assert {(each.rule, each.path.name) for each in faults} == {
        ("input/settings", "package.json"),
        ("input/settings", "tsconfig.json"),
    }


def test_only_what_has_changed_since_a_revision_is_told(write: Write) -> None:
    from taropy.port.since import SinceError, only_since

    folder = write({"a.ts": "debugger\nf()\n", "b.ts": "debugger\n", "ü.ts": "f()\n"})

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    write({"a.ts": "debugger\nf()\ndebugger\n", "new.ts": "debugger\n", "ü.ts": "f()\ndebugger\n"})
    report = only_since(audit([folder], workers=1), "HEAD")
    assert [(each.path.name, each.at.line) for each in report.findings] == [("a.ts", 3), ("new.ts", 1), ("ü.ts", 2)]
    assert report.known == 2
    with pytest.raises(SinceError, match="no-such"):
        only_since(audit([folder], workers=1), "no-such")
