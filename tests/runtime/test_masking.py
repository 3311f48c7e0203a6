"""Tokens, passwords and the like are masked where they are shown, and nowhere else."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest

import taropy
from taropy.phone import OpenPlatform, Phone, RegisteredApp

SECRET = "S3CR3T"
MASK = "***"


@pytest.fixture
def t() -> Any:
    with taropy.create("weapp", log=True) as runtime:
        yield runtime


def request_with(**options: Any) -> Any:
    """Makes a request that fails, since its server is on no network."""

    def make(t: Any) -> None:
        t.phone.network.type = "none"
        t.request(**{"url": "https://shop.example.com/pay", **options}).catch(lambda error: None).result()

    return make


SHOWING: dict[str, Any] = {
    "a header": request_with(header={"Authorization": f"Bearer {SECRET}", "Cookie": f"sid={SECRET}"}),
    "a header of one's own": request_with(header={"X-Api-Key": SECRET, "x-access-token": SECRET}),
    "a session's header": request_with(header={"X-WX-Session": SECRET, "session_id": SECRET, "sessionToken": SECRET}),
    "data": request_with(method="POST", data={"user": "li", "password": SECRET, "deep": {"sessionKey": SECRET}}),
    "text": request_with(method="POST", data=json.dumps({"user": "li", "pass_word": 1, "app_secret": SECRET})),
    "a url": request_with(url=f"https://li:{SECRET}@example.com/?a=1&access_token={SECRET}&b=2"),
    "a stored token": lambda t: t.setStorageSync("token", SECRET),
    "stored tokens": lambda t: t.batchSetStorageSync([{"key": "myToken", "value": {"of": SECRET}}]),
    "a token that is read": lambda t: (
        t.phone.native("weapp").setStorageSync("token", SECRET),
        t.getStorageSync("token"),
    ),
    "a token that is read later": lambda t: (
        t.phone.native("weapp").setStorageSync("token", {"of": SECRET}),
        t.getStorage(key="token").result(),
    ),
    "tokens that are read": lambda t: (
        t.phone.native("weapp").setStorageSync("token", SECRET),
        t.batchGetStorageSync(["a", "token"]),
    ),
    "fields of what is read": lambda t: (
        t.phone.native("weapp").setStorageSync("user", {"name": "li", "token": SECRET}),
        t.getStorageSync("user"),
    ),
    "a token of background fetch": lambda t: t.setBackgroundFetchToken(token=SECRET).result(),
}


@pytest.mark.parametrize("what", SHOWING)
def test_the_log_has_a_mask_in_the_place_of_a_secret(what: str, t: Any) -> None:
    SHOWING[what](t)
    assert MASK in str(t.phone.log)
    assert SECRET not in str(t.phone.log)
    assert SECRET not in "".join(map(repr, t.phone.log))


@pytest.mark.parametrize("what", SHOWING)
def test_the_log_shows_secrets_if_it_is_to(what: str) -> None:
    with taropy.create("weapp", log=True, show_secrets=True) as t:
        SHOWING[what](t)
        assert SECRET in str(t.phone.log)


def test_the_programs_own_values_and_the_logs_stay_as_they_are(t: Any) -> None:
    t.setStorageSync("token", SECRET)
    t.setStorageSync("user", {"token": SECRET})
    assert (t.getStorageSync("token"), t.getStorageSync("user").token) == (SECRET, SECRET)
    assert t.phone.log[0].options == {"key": "token", "data": SECRET}
    assert t.phone.log[-2].result == SECRET
    assert repr(t.getStorageSync("user")) == f"Record({{'token': '{SECRET}'}})"


def test_what_is_no_secret_is_shown(t: Any) -> None:
    t.setStorageSync("cart", [{"tea": 1}])
    t.getUserInfo(withCredentials=False).result()
    t.login(timeout=3000).result()
    t.checkSession().result()
    t.setStorageSync("profile", {"encryptedData": "S2l0dGVucw==", "iv": "aXY="})
    told = str(t.phone.log)
    assert MASK not in told
    assert "setStorageSync(key='cart', data=[{'tea': 1}])" in told
    assert "withCredentials=False" in told
    assert "'encryptedData': 'S2l0dGVucw=='" in told


def test_the_names_of_functions_are_no_names_of_secrets(t: Any) -> None:
    t.getBackgroundFetchToken().catch(lambda error: None).result()
    assert str(t.phone.log).endswith("getBackgroundFetchToken:fail token not found")


def test_reprs_of_the_vendors_side_have_a_mask() -> None:
    platform = OpenPlatform()
    app = platform.register("wx1", secret=SECRET)
    login = platform.exchange(app, platform.log_in("weapp", "wx1", "alice"))
    assert (
        repr(app)
        == f"RegisteredApp(platform='weapp', appid='wx1', secret={MASK}, developer='developer', public_key=None)"
    )
    assert login.session_key
    assert login.session_key not in repr(login)
    assert repr(login).endswith(f"session_key={MASK})")
    assert isinstance(app, RegisteredApp)
    assert app.secret == SECRET


def test_the_warning_of_an_unhandled_rejection_has_a_mask() -> None:
    told = taropy.UnhandledRejectionWarning(taropy.TaroError(f"request:fail bad https://a.com/?token={SECRET}"))
    assert SECRET not in str(told)
    assert "request:fail bad https://a.com/?token=***" in str(told)
    assert isinstance(told.error, taropy.TaroError)
    assert SECRET in told.error.errMsg
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        with taropy.create("weapp") as t:
            t.request(url=f"no url, token={SECRET}")
        del t
        import gc

        gc.collect()
    assert [str(each.message) for each in seen if SECRET in str(each.message)] == []


ODD = ['a"b', "it's", "a\\", 'a\\"', "a b", "a;b", "a}b]", "a\nb", "茶", "\\\\'\"", ""]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["token", "sessionKey", "X-Api-Key", "user_password", "Set-Cookie", "client-secret"])
def test_no_letter_of_a_secret_comes_through_however_it_is_quoted(name: str, odd: str) -> None:
    from taropy.masking import masked_text, shown

    value = {"a": 1, name: f"HEAD{odd}TAIL", "b": [2]}
    quoted = json.dumps(value)
    for text in (repr(value), quoted, repr(quoted), json.dumps(quoted), shown(value), shown({"x": [value, quoted]})):
        masked = masked_text(text)
        assert "HEAD" not in masked
        assert "TAIL" not in masked
        assert masked.startswith(text[:2])


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "token " * 20_000,
        "token" * 20_000,
        'token="' + "\\" * 100_000,
        "token='" * 20_000,
        "://" * 30_000,
    ],
)
def test_long_texts_take_no_long_time(text: str) -> None:
    from taropy.masking import masked_text

    assert masked_text(text)


def test_two_phones_show_as_each_was_made() -> None:
    with Phone(log=True) as one, Phone(log=True, show_secrets=True) as other:
        for phone in (one, other):
            with taropy.create("weapp", phone=phone) as t:
                t.setStorageSync("token", SECRET)
        assert (SECRET in str(one.log), SECRET in str(other.log)) == (False, True)
