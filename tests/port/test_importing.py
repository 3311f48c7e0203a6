"""A ported module can be imported whatever of it was not ported."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from auditing import Load, Write

import taropy
from taropy.js import Error, NotPorted, NotPortedWarning, Obj
from taropy.port.porting import translated


def test_a_module_can_be_imported_of_which_a_value_can_not_be_made(load: Load) -> None:
    files = {
        "src/store.ts": (
            "import { createStore } from '@rematch/core'\nexport const store = createStore(state => state)\n"
            "store.subscribe(() => store.getState())\nexport const { dispatch } = store\nexport const size = 3\n"
        ),
        "src/main.ts": (
            "import { store, size, dispatch } from './store'\nconst first = store.getState().user\n"
            "export const user = () => first.name\nexport const send = () => dispatch({})\n"
            "export const twice = size * 2"
        ),
    }
    with pytest.warns(NotPortedWarning, match=r"rematch"):
        module = load(files, "main")
    assert module.twice == 6
    for use in (module.user, module.send):
        with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match=r"rematch"):
            use()


@pytest.mark.parametrize(
    ("handed", "line", "value"),
    [
        (
            "import dayjs from 'dayjs'\nexport default dayjs",
            "import dayjs from './handed'",
            "dayjs('2020-05-01').year()",
        ),
        ("import _ from 'lodash'\nexport { _ as lo }", "import { lo } from './handed'", "lo.add(2018, 2)"),
        ("export { default as lo } from 'lodash'", "import { lo } from './handed'", "lo.add(2018, 2)"),
        ("export { default } from 'lodash'", "import lo from './handed'", "lo.add(2018, 2)"),
        ("export { add as plus } from 'lodash'", "import { plus } from './handed'", "plus(2018, 2)"),
        ("import T from '@tarojs/taro'\nexport default T", "import T from './handed'", "2010 + T.getEnv().length * 2"),
        ("export { default as T } from '@tarojs/taro'", "import { T } from './handed'", "2010 + T.getEnv().length * 2"),
    ],
)
def test_what_a_module_hands_on_of_packages_is_there(load: Load, handed: str, line: str, value: str) -> None:
    module = load({"src/handed.ts": handed, "src/main.ts": f"{line}\nexport const year = () => {value}"}, "main")
    assert module.year() == 2020


@pytest.mark.parametrize("first", ["a", "b"])
def test_modules_of_a_circle_have_each_other_s_functions_while_they_are_imported(load: Load, first: str) -> None:
    files = {
        "src/a.ts": (
            "import { show } from './b'\nimport { one } from './c'\nexport const limit = one + 1\n"
            "export const later = () => limit + 1\n"
            "/** Adds one. */\nexport function refresh(n: number = 2) { return more(n) }\n"
            "function more(n: number) { return n + one }\nexport default function other() { return show() + limit }"
        ),
        "src/b.ts": (
            "import other, { refresh } from './a'\nimport * as all from './a'\n"
            "const once = [refresh, all.refresh, all.later]\n"
            "export const five = (() => { return refresh(4) })()\nexport const four = refresh(3)\n"
            "export function show() { return once.length }\n"
            "export const run = () => other()"
        ),
        "src/c.ts": "export const one = 1",
    }
    package = load(files, first).__name__.removesuffix(f".{first}")
    module = importlib.import_module(f"{package}.b")
    assert (module.four, module.five, module.show(), module.run()) == (4, 5, 3, 5)


@pytest.mark.parametrize("first", ["service", "config", "kept"])
@pytest.mark.parametrize("handed", ["export default { ...shared, ask, most: MOST }", "export default shared"])
def test_values_that_nothing_runs_for_are_there_for_the_modules_of_a_circle(
    load: Load, first: str, handed: str
) -> None:
    files = {
        "src/service.ts": (
            "import config from './config'\nimport { kept } from './kept'\n// how many are asked for\n"
            "const MOST = 3\nexport const shared = { name: 'shared', ask, list: [MOST, 'a'] }\n"
            "export async function ask() { return [config.name, kept.name] }\n"
            f"{handed.replace('...shared', 'name: `shared`')}\n"
        ),
        "src/config.ts": (
            "import service from './service'\nconst config = { ...service, kind: 'config' }\nexport default config\n"
        ),
        "src/kept.ts": (
            "import { shared } from './service'\nimport config from './config'\nexport const name = shared.name\n"
            "export const kept = { name, list: () => shared.list, ask: () => config.ask() }\n"
        ),
        "src/entry.ts": f"import './{first}'\nexport {{ kept }} from './kept'",
    }
    module = load(files, "entry")

    async def main() -> Any:
        return await module.kept.ask()

    assert taropy.run(main) == ["shared", "shared"]
    assert module.kept.list() == [3, "a"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("import { service } from './service'", "service"),
        ("import * as all from './service'", "all.service"),
        ("import all from './service'", "all.service"),
    ],
)
def test_a_value_that_its_module_goes_on_to_fill_is_not_handed_out_before(load: Load, line: str, read: str) -> None:
    files = {
        "src/service.ts": (
            "import config from './config'\nexport const service = {}\nservice.name = config.kind\n"
            "export default { service }"
        ),
        "src/config.ts": f"{line}\nexport default {{ ...{read}, kind: 'config' }}",
    }
    with pytest.raises(AttributeError, match="circular import"):
        load(files, "service")


@pytest.mark.parametrize("first", ["show", "shown"])
def test_a_function_that_its_module_gives_fields_is_there_for_the_modules_of_a_circle(load: Load, first: str) -> None:
    files = {
        "src/show.ts": (
            "import { shown } from './shown'\nexport function show() { return shown.length }\nshow.title = 'Show'\n"
        ),
        "src/shown.ts": "import { show } from './show'\nconst all = [show]\nexport const shown = [...all]\n",
        "src/entry.ts": f"import './{first}'\nexport {{ show }} from './show'",
    }
    module = load(files, "entry")
    assert (module.show(), module.show.title) == (1, "Show")


def test_a_getter_and_its_setter_stand_as_they_are(load: Load, write: Write) -> None:
    text = "export class Cart {\n  get sum() { return this.most }\n  set sum(by) { this.most = by }\n}"
    [module] = translated([write({"src/main.js": text}) / "src/main.js"]).modules
    assert "noqa" not in module.text
    cart = load({"src/main.js": text}, "main").Cart()
    cart.sum = 3
    assert cart.sum == 3


def test_a_module_that_is_run_and_handed_on_may_have_the_name_of_what_it_exports(load: Load) -> None:
    files = {"src/kept.ts": "export const kept = 3", "src/main.ts": "import './kept'\nexport { kept } from './kept'"}
    assert load(files, "main").kept == 3


_HIDING = {
    "one of its own that is exported": (
        {
            "src/lib/index.ts": "import Http from './http'\nconst http = new Http()\nexport default http",
            "src/lib/http.ts": (
                "import { name } from './name'\nexport default class Http { get() { return `get ${name()}` } }"
            ),
            "src/lib/name.ts": "import http from '.'\nexport const name = () => typeof http.get",
            "src/main.ts": "import http from './lib'\nexport const value = () => http.get()",
        },
        "get function",
    ),
    "a function of its own": (
        {
            "src/lib/index.ts": (
                "function format(n: number) { return `own ${n}` }\nexport const show = (n: number) => format(n)"
            ),
            "src/lib/format.ts": "export const far = (n: number) => `far ${n}`",
            "src/main.ts": (
                "import { show } from './lib'\nimport { far } from './lib/format'\n"
                "export const value = () => show(1) + far(2)"
            ),
        },
        "own 1far 2",
    ),
    "one that it hands on from elsewhere": (
        {
            "src/lib/index.ts": "export { format } from '../other'",
            "src/lib/format.ts": "export const far = (n: number) => `far ${n}`",
            "src/other.ts": "export const format = (n: number) => `other ${n}`",
            "src/main.ts": (
                "import { far } from './lib/format'\nimport { format } from './lib'\n"
                "export const value = () => format(1) + far(2)"
            ),
        },
        "other 1far 2",
    ),
    "a folder of that name": (
        {
            "src/lib/index.ts": "export { default as useBack } from './useBack'\nexport const size = 2",
            "src/lib/useBack/index.ts": (
                "import { size } from '..'\nimport { more } from './more'\n"
                "export default function useBack() { return more(size) }"
            ),
            "src/lib/useBack/more.ts": "export const more = (n: number) => `more ${n}`",
            "src/main.ts": "import { useBack } from './lib'\nexport const value = () => useBack()",
        },
        "more 2",
    ),
    "nothing, and the folder has the name of a module beside it": (
        {
            "src/lib.ts": "export const one = () => `one`",
            "src/lib/far.ts": "export const far = (n: number) => `far ${n}`",
            "src/main.ts": (
                "import { one } from './lib'\nimport { far } from './lib/far'\n"
                "export const value = () => one() + far(2)"
            ),
        },
        "onefar 2",
    ),
    "an index module, and the folder has the name of a module beside it": (
        {
            "src/lib.ts": "export const one = () => `one`",
            "src/lib/index.ts": "export const two = () => `two`",
            "src/main.ts": (
                "import { one } from './lib.ts'\nimport { two } from './lib/index'\n"
                "export const value = () => one() + two()"
            ),
        },
        "onetwo",
    ),
    "a name of the library": (
        {
            "src/lib/index.ts": "export const show = (n: any) => `${n}`",
            "src/lib/shown.ts": "export const far = (n: number) => `far ${n}`",
            "src/main.ts": (
                "import { show } from './lib'\nimport { far } from './lib/shown'\n"
                "export const value = () => show(undefined) + far(2)"
            ),
        },
        "undefinedfar 2",
    ),
}


@pytest.mark.parametrize("what", _HIDING)
def test_an_index_module_may_have_the_name_of_a_module_in_its_folder(load: Load, what: str) -> None:
    files, value = _HIDING[what]
    assert load(files, "main").value() == value


def test_of_two_methods_with_one_name_the_last_one_counts(load: Load) -> None:
    text = "export class Cart {\n  sum() { return 1 }\n  static of() { return 2 }\n  sum(by) { return by }\n}"
    module = load({"src/main.js": text}, "main")
    assert (module.Cart().sum(3), module.Cart.of()) == (3, 2)


def test_a_class_can_be_made_of_which_a_static_field_is_of_a_package_that_is_not_there(load: Load) -> None:
    files = {
        "src/main.js": (
            "import { Rules } from 'rules-of-none'\nexport class Cart { static rules = { sum: Rules.number.required }\n"
            "  static most = 3 }\nexport const rules = () => Cart.rules.sum"
        )
    }
    with pytest.warns(NotPortedWarning, match="rules-of-none"):
        module = load(files, "main")
    assert module.Cart.most == 3
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="rules-of-none"):
        module.rules()


def test_a_class_is_there_whose_base_is_of_a_package_that_is_not_there(load: Load) -> None:
    files = {
        "src/view.ts": (
            "import Base from 'no-such-package'\n"
            "class Card extends Base {\n  static defaultProps = { ...Base.defaultProps, title: 'card' }\n"
            "  static sizes = [1]\n}\n"
            "Card.displayName = 'Card'\nCard.options = Base.options\n"
            "export default Card\nexport const both = { ...Card.propTypes, ...Card.defaultProps }"
        ),
        "src/main.ts": (
            "import Card, { both } from './view'\n"
            "export class Wide extends Card { static kinds = { ...Card.propTypes, wide: true } }\n"
            "export const name = () => Card.displayName\nexport const sizes = () => Wide.sizes\n"
            "export const title = () => both.title\nexport const kinds = () => Wide.kinds.wide\n"
            "export const methods = () => Wide.methods"
        ),
    }
    with pytest.warns(NotPortedWarning, match=r"no-such-package"):
        module = load(files, "main")
    assert (module.name(), module.sizes()) == ("Card", [1])
    for use in (module.title, module.kinds, module.methods, module.Wide):
        with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match=r"no-such-package"):
            use()


def test_a_namespace_of_types_is_none_of_values_and_one_of_values_is_an_object(load: Load) -> None:
    files = {
        "src/types.ts": (
            "/** What signs one in. */\nexport namespace Auth { export interface Token { token: string } }\n"
            "namespace Inner { export type A = string }\nexport namespace Tools { export const most = 3 }\n"
        ),
        "src/main.ts": (
            "export * from './types'\nimport { Auth, Tools } from './types'\n"
            "export const sign = (token: Auth.Token) => token.token\nexport const most = () => Tools.most"
        ),
    }
    module = load(files, "main")
    assert module.sign(Obj(token="t")) == "t"
    assert module.most() == 3


def test_a_namespace_that_is_not_ported_raises_where_it_is_used(load: Load) -> None:
    text = "export namespace Tools { export let most = 3; most++ }\nexport const most = () => Tools.most"
    module = load({"src/main.ts": text}, "main")
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="which is set again"):
        module.most()


def test_a_declaration_may_extend_another_by_two_ways(load: Load) -> None:
    files = {
        "src/main.ts": (
            "interface Base { id: number }\ninterface Mid extends Base { name: string }\ninterface Box<T> { item: T }\n"
            "interface Twice extends Mid, Mid { a: string }\ninterface Order extends Base, Mid { b: string }\n"
            "type Both = Base & Mid & { c: number }\ninterface Two extends Box<string>, Box<string> { d: number }\n"
            "interface Three extends Box<Later[]>, Pair<'a' | 'b', Later> { f: number }\n"
            "interface Later { e: number }\n"
            "interface Pair<A, B> { left: A, right: B }\n"
            "export const order: Order = { id: 1, name: 'tea', b: 'c' }"
        )
    }
    assert load(files, "main").order.name == "tea"


def test_what_a_program_puts_on_taro_is_there_and_what_is_no_member_is_told(load: Load) -> None:
    files = {
        "src/main.js": (
            "import Taro from '@tarojs/taro'\nTaro.$double = x => 2 * x\nTaro.half = x => x / 2\n"
            "export const go = () => Taro.$double(Taro.half(4))\n"
            "export const lost = () => Taro.atMessage({ message: 'x' })\n"
            "Taro.render(1, document.getElementById('app'))"
        )
    }
    with pytest.warns(NotPortedWarning, match="`render` is no member of Taro"):
        module = load(files, "main")
    assert module.go() == 4
    taropy.use("alipay")
    assert module.go() == 4
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="`atMessage` is no member of Taro"):
        module.lost()


@pytest.mark.parametrize(
    "handed", ["export default gone", "export { gone as default }", "export { default } from './gone'"]
)
def test_what_a_module_hands_on_and_nobody_has_is_missed_where_it_is_used(load: Load, handed: str) -> None:
    files = {
        "src/handed.ts": f"import gone from './gone'\n{handed}",
        "src/main.ts": "import handed from './handed'\nexport const fine = 1\nexport const use = () => handed.x",
    }
    module = load(files, "main")
    assert module.fine == 1
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted):
        module.use()


@pytest.mark.parametrize(
    "text",
    [
        "const u = (() => navigator.userAgent.toLowerCase())()",
        "const api = make()\nfunction make() { return nothing() }",
        "class Store extends Base { constructor() { super() } }",
        "let mode = 1\nif (DEV) { mode = 2 }",
        "const title = `${PREFIX}-title`, list = [1, 2].map(each => scale(each))",
        "Page({ data: { open: false } })",
        "import 'some-package-that-does-something'",
        "export const f = (x) => x.a\nf.options = { a: window.b }",
        "const kind = DEV ? 'a' : 'b'",
        "wx.onNothingThatIsKnown(() => 1)",
        "qq.login({})",
        "for (const each of PLACES) { visit(each) }",
        "export default connect(state => state)(function () { return 1 })",
    ],
)
@pytest.mark.filterwarnings("ignore::taropy.js.NotPortedWarning")
def test_what_a_module_can_not_do_when_it_is_imported_does_not_keep_it_from_being_imported(
    load: Load, text: str
) -> None:
    assert load({"src/main.ts": f"{text}\nexport const whole = () => 1"}, "main").whole() == 1


def test_a_variable_that_was_to_be_set_raises_where_it_is_used(load: Load) -> None:
    with pytest.warns(NotPortedWarning, match="DEV"):
        module = load({"src/main.ts": "let mode = 1\nif (DEV) mode = 2\nexport const twice = () => mode * 2"}, "main")
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="DEV"):
        module.twice()


def test_an_error_of_the_program_itself_is_raised_when_it_is_imported(load: Load) -> None:
    with pytest.raises(Error, match="no key"):
        load({"src/main.ts": "const key = check()\nfunction check() { throw new Error('no key'); return DEV }"}, "main")


def test_polyfills_are_nothing_in_python(write: Write) -> None:
    [module] = translated([write({"main.ts": "import '@tarojs/async-await'\nimport 'core-js/stable'"})]).modules
    assert not module.refusals


# A store that is made while its module is imported, of reducers whose requests ask the store.
STORE = {
    "src/app.config.ts": "export default defineAppConfig({ pages: ['pages/index/index'] })",
    "src/app.ts": "import store from './state/config/store'\nexport default () => store.name",
    "src/state/index.ts": "import { common } from './common'\nexport default { name: String(common.name), common }",
    "src/state/common.ts": (
        "import { request } from '../utils/request'\nexport const common = { name: 'shop', load: () => request() }"
    ),
    "src/state/config/store.ts": (
        "import reducer from '..'\nfunction configStore() { return { name: `${reducer.name} of all` } }\n"
        "export default configStore()"
    ),
    "src/utils/request.ts": "import store from '@/state/config/store'\nexport const request = () => store.name",
    "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
}


@pytest.mark.parametrize("first", ["app", "state.index", "state.common", "state.config.store", "utils.request"])
def test_the_app_is_the_first_module_of_a_circle_whichever_a_test_imports(load: Load, first: str) -> None:
    module = load(STORE, first)
    package = module.__name__.removesuffix(f".{first}")
    assert importlib.import_module(f"{package}.utils.request").request() == "shop of all"
    assert importlib.import_module(f"{package}.app").app() == "shop of all"


@pytest.mark.parametrize("first", ["app", "state.index", "utils.request"])
def test_before_taro_3_the_app_says_its_settings_itself_and_is_the_first_all_the_same(load: Load, first: str) -> None:
    app = f"import Taro from '@tarojs/taro'\n{STORE['src/app.ts']}"
    files = {name: text for name, text in STORE.items() if name != "src/app.config.ts"}
    module = load({**files, "src/app.ts": app}, first)
    package = module.__name__.removesuffix(f".{first}")
    assert importlib.import_module(f"{package}.utils.request").request() == "shop of all"


def test_an_app_that_fails_is_told_and_keeps_no_other_module_from_being_imported(load: Load) -> None:
    app = f"{STORE['src/app.ts']}\nthrow new Error('no network')"
    with pytest.warns(NotPortedWarning, match="no network"):
        module = load({**STORE, "src/app.ts": app}, "utils.request")
    assert module.request() == "shop of all"
    package = module.__name__.removesuffix(".utils.request")
    with pytest.raises(Error, match="no network"):
        importlib.import_module(f"{package}.app")


def test_the_index_of_a_folder_does_not_run_before_a_module_of_it_that_is_in_a_circle_with_it(load: Load) -> None:
    """There is no app here: the store is imported first, as the program has it, and runs before the index is whole."""
    files = {name: text for name, text in STORE.items() if not name.startswith("src/app")}
    module = load({**files, "src/main.ts": "import store from './state/config/store'\nexport { store }"}, "main")
    assert module.store.name == "shop of all"


def test_a_program_without_such_a_circle_gets_no_module_of_its_own_and_keeps_its_index(load: Load) -> None:
    files = {**STORE, "src/utils/request.ts": "export const request = () => 'nobody'"}
    module = load(files, "state")
    assert module.state.common.load() == "nobody"
    assert module.__name__.endswith("state")
