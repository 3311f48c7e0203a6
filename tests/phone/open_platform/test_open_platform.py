"""The vendors' HTTP interfaces, as a backend meets them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from backends import APPID, SECRET, BackendClient, backend_of, code
from natively import Answer, call
from wechatpy.crypto import WeChatWxaCrypto
from wechatpy.exceptions import WeChatClientException

from taropy.phone import OpenPlatform, Phone
from taropy.phone.core.apps import default_secret


def session(get: Callable[..., Answer], js_code: str, appid: str = APPID, secret: str = SECRET) -> Answer:
    """jscode2session, as WeChat's documentation calls it."""
    query = {"appid": appid, "secret": secret, "js_code": js_code, "grant_type": "authorization_code"}
    return get("/sns/jscode2session", **query)


def signature(session_key: str) -> str:
    return hmac.new(session_key.encode(), b"", hashlib.sha256).hexdigest()


# --- with an SDK that we did not write ------------------------------------------------------------------------------


@pytest.fixture
def backend(phone: Phone) -> Iterator[BackendClient]:
    with backend_of(phone) as client:
        yield client


def test_a_backend_with_wechatpy_logs_a_phone_in(phone: Phone, backend: BackendClient) -> None:
    login = backend.wxa.code_to_session(code(phone))
    told = call(phone.native("weapp"), "getUserInfo", withCredentials=True)

    crypto = WeChatWxaCrypto(login["session_key"], told["iv"], APPID)
    decrypted = crypto.decrypt_message(told["encryptedData"])
    assert decrypted["openId"] == login["openid"]
    assert decrypted["unionId"] == login["unionid"]

    checked = hashlib.sha1((told["rawData"] + login["session_key"]).encode()).hexdigest()
    assert told["signature"] == checked


def test_wechatpy_gets_an_access_token_and_checks_the_session_with_it(phone: Phone, backend: BackendClient) -> None:
    login = backend.wxa.code_to_session(code(phone))
    query = {"openid": login["openid"], "sig_method": "hmac_sha256", "signature": signature(login["session_key"])}
    assert backend.get("wxa/checksession", params=query)["errcode"] == 0
    phone.account.expire_session()
    with pytest.raises(WeChatClientException) as refused:
        backend.get("wxa/checksession", params=query)
    assert refused.value.errcode == 87009


def test_wechatpy_is_told_of_a_used_code(phone: Phone, backend: BackendClient) -> None:
    js_code = code(phone)
    backend.wxa.code_to_session(js_code)
    with pytest.raises(WeChatClientException) as refused:
        backend.wxa.code_to_session(js_code)
    assert refused.value.errcode == 40163
    assert refused.value.errmsg.startswith("code been used, rid: ")


# --- jscode2session -------------------------------------------------------------------------------------------------


def test_a_code_is_worth_openid_session_key_and_unionid(phone: Phone, get: Callable[..., Answer]) -> None:
    answer = session(get, code(phone))
    assert answer.keys() == {"openid", "session_key", "unionid"}
    assert len(base64.b64decode(answer["session_key"])) == 16


def test_a_code_that_ended_or_never_was_is_invalid(phone: Phone, get: Callable[..., Answer]) -> None:
    late = code(phone)
    phone.clock.advance(300)
    assert session(get, late)["errcode"] == 40029
    assert session(get, "garbage")["errcode"] == 40029


def test_a_code_of_another_app_is_invalid(phone: Phone, get: Callable[..., Answer]) -> None:
    phone.open_platform.register("wx00000000000000aa", secret="s")
    js_code = code(phone)
    assert session(get, js_code, "wx00000000000000aa", "s")["errcode"] == 40029
    assert session(get, js_code)["openid"]


@pytest.mark.parametrize(
    ("wrong", "errcode"),
    [
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"js_code": ""}, 41008),
        ({"appid": "wxffffffffffffffff"}, 40013),
        ({"appid": Phone().app("swan").appid}, 40013),
        ({"secret": "0" * 32}, 40125),
        ({"secret": "gehört nicht dazu \U0001f511"}, 40125),
        ({"grant_type": "client_credential"}, 40002),
    ],
)
def test_what_is_wrong_has_the_vendors_number(
    phone: Phone, get: Callable[..., Answer], wrong: dict[str, str], errcode: int
) -> None:
    right = {"appid": APPID, "secret": SECRET, "js_code": code(phone), "grant_type": "authorization_code"}
    answer = get("/sns/jscode2session", **right | wrong)
    assert answer["errcode"] == errcode
    assert ", rid: " in answer["errmsg"]
    assert session(get, right["js_code"])["openid"], "a call that is refused must not use up the code"


def test_its_parameters_are_in_the_address(phone: Phone, post: Callable[..., Answer]) -> None:
    body = {"appid": APPID, "secret": SECRET, "js_code": code(phone), "grant_type": "authorization_code"}
    assert post("/sns/jscode2session", json=body)["errcode"] == 41002


def test_a_user_may_be_asked_about_a_hundred_times_a_minute(phone: Phone, get: Callable[..., Answer]) -> None:
    for _ in range(100):
        assert session(get, code(phone))["openid"]
    js_code = code(phone)
    assert session(get, js_code)["errcode"] == 45011
    phone.account.switch_user("bob")
    assert session(get, code(phone))["openid"]
    phone.clock.advance(60)
    assert session(get, js_code)["openid"]


def test_qq_shares_path_and_numbers_with_wechat(phone: Phone, get: Callable[..., Answer]) -> None:
    appid = phone.app("qq").appid
    js_code = code(phone, "qq", "qq")
    assert session(get, js_code, appid, "wrong")["errcode"] == 40125
    assert session(get, js_code, appid, default_secret(appid))["unionid"].startswith("UID_")
    assert session(get, js_code, appid, default_secret(appid))["errcode"] == 40163


def test_a_plugins_code_is_worth_an_openpid(
    phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]
) -> None:
    token = get_token(get)["access_token"]
    plugin_code = code(phone, function="pluginLogin")
    path = f"/wxa/getpluginopenpid?access_token={token}"
    answer = post(path, json={"code": plugin_code})
    assert (answer["errcode"], answer["errmsg"]) == (0, "ok")
    assert answer["openpid"] != session(get, code(phone))["openid"]
    assert post(path, json={"code": plugin_code})["errcode"] == 40163
    assert post(path, json={"code": code(phone)})["errcode"] == 40029


# --- access tokens ----------------------------------------------------------------------------------------------------


def get_token(get: Callable[..., Answer], **wrong: str) -> Answer:
    return get("/cgi-bin/token", **{"grant_type": "client_credential", "appid": APPID, "secret": SECRET} | wrong)


def token_error(get: Callable[..., Answer], token: str) -> int:
    """What an interface says of the token; a good one gets as far as the missing openid."""
    number: int = get("/wxa/checksession", access_token=token)["errcode"]
    return number


def stable_token(post: Callable[..., Answer], **more: Any) -> Answer:
    body = {"grant_type": "client_credential", "appid": APPID, "secret": SECRET}
    return post("/cgi-bin/stable_token", json=body | more)


GOOD, REPLACED, EXPIRED, MISSING = 41009, 40001, 42001, 41001


def test_a_token_lives_two_hours(phone: Phone, get: Callable[..., Answer]) -> None:
    answer = get_token(get)
    assert answer["expires_in"] == 7200
    phone.clock.advance(7199)
    assert token_error(get, answer["access_token"]) == GOOD
    phone.clock.advance(1)
    assert token_error(get, answer["access_token"]) == EXPIRED


def test_a_new_token_ends_the_one_before_it_after_five_minutes(phone: Phone, get: Callable[..., Answer]) -> None:
    old, new = get_token(get)["access_token"], get_token(get)["access_token"]
    assert (token_error(get, old), token_error(get, new)) == (GOOD, GOOD)
    phone.clock.advance(300)
    assert (token_error(get, old), token_error(get, new)) == (REPLACED, GOOD)


@pytest.mark.parametrize("token", ["", "garbage"])
def test_what_is_no_token_is_refused(get: Callable[..., Answer], token: str) -> None:
    assert token_error(get, token) == (REPLACED if token else MISSING)


@pytest.mark.parametrize(
    ("wrong", "errcode"),
    [({"grant_type": "x"}, 40002), ({"appid": "x"}, 40013), ({"secret": "x"}, 40125), ({"secret": ""}, 41004)],
)
def test_a_token_needs_id_and_secret(get: Callable[..., Answer], wrong: dict[str, str], errcode: int) -> None:
    assert get_token(get, **wrong)["errcode"] == errcode


def test_a_stable_token_is_given_again_until_five_minutes_before_its_end(
    phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]
) -> None:
    first = stable_token(post)
    phone.clock.advance(6000)
    assert stable_token(post) == {"access_token": first["access_token"], "expires_in": 1200}
    phone.clock.advance(900)
    second = stable_token(post)
    assert second["access_token"] != first["access_token"]
    assert token_error(get, first["access_token"]) == GOOD


def test_forcing_ends_the_old_stable_token_at_once(
    phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]
) -> None:
    first = stable_token(post)["access_token"]
    forced = stable_token(post, force_refresh=True)["access_token"]
    assert (token_error(get, first), token_error(get, forced)) == (REPLACED, GOOD)
    phone.clock.advance(29)
    assert stable_token(post, force_refresh=True)["access_token"] == forced
    phone.clock.advance(1)
    assert stable_token(post, force_refresh=True)["access_token"] != forced


def test_forcing_is_done_twenty_times_a_day(phone: Phone, post: Callable[..., Answer]) -> None:
    for _ in range(20):
        assert "access_token" in stable_token(post, force_refresh=True)
        phone.clock.advance(30)
    assert stable_token(post, force_refresh=True)["errcode"] == 45009
    assert "access_token" in stable_token(post)
    phone.clock.advance(86_400)
    assert "access_token" in stable_token(post, force_refresh=True)


def test_stable_tokens_and_ordinary_ones_leave_each_other_alone(
    phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]
) -> None:
    ordinary, stable = get_token(get)["access_token"], stable_token(post, force_refresh=True)["access_token"]
    get_token(get)
    phone.clock.advance(300)
    assert (token_error(get, ordinary), token_error(get, stable)) == (REPLACED, GOOD)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"appid": 5, "grant_type": "client_credential"}'],
)
def test_a_body_that_is_no_object_is_refused(post: Callable[..., Answer], content: bytes) -> None:
    assert post("/cgi-bin/stable_token", content=content)["errcode"] in (47001, 41002)


def test_a_text_that_is_no_text_is_refused(post: Callable[..., Answer]) -> None:
    content = b'{"grant_type": "client_credential", "appid": "%s", "secret": "\\ud800"}' % APPID.encode()
    assert post("/cgi-bin/stable_token", content=content)["errcode"] == 40125


# --- the session key --------------------------------------------------------------------------------------------------


def about_session(get: Callable[..., Answer], path: str, login: Answer, **wrong: str) -> Answer:
    query = {
        "access_token": get_token(get)["access_token"],
        "openid": login["openid"],
        "signature": signature(login["session_key"]),
        "sig_method": "hmac_sha256",
    }
    return get(path, **query | wrong)


@pytest.mark.parametrize(
    ("wrong", "errcode"),
    [
        ({}, 0),
        ({"openid": "o" * 28}, 40003),
        ({"openid": ""}, 41009),
        ({"signature": signature("another key")}, 87009),
        ({"signature": ""}, 87009),
        ({"sig_method": "md5"}, 87008),
        ({"access_token": ""}, 41001),
    ],
)
@pytest.mark.parametrize("path", ["/wxa/checksession", "/wxa/resetusersessionkey"])
def test_only_who_has_the_session_key_can_check_and_reset_it(
    phone: Phone, get: Callable[..., Answer], path: str, wrong: dict[str, str], errcode: int
) -> None:
    assert about_session(get, path, session(get, code(phone)), **wrong)["errcode"] == errcode


def test_a_session_key_that_was_replaced_is_void(phone: Phone, get: Callable[..., Answer]) -> None:
    old = session(get, code(phone))
    phone.clock.advance(61)
    new = session(get, code(phone))
    assert about_session(get, "/wxa/checksession", old)["errcode"] == 87009
    assert about_session(get, "/wxa/checksession", new)["errcode"] == 0


def test_resetting_gives_a_new_key_and_no_longer_life(phone: Phone, get: Callable[..., Answer]) -> None:
    phone.account.session_lifetime = 1000
    old = session(get, code(phone))
    phone.clock.advance(900)
    new = about_session(get, "/wxa/resetusersessionkey", old)
    assert about_session(get, "/wxa/checksession", old)["errcode"] == 87009
    assert about_session(get, "/wxa/checksession", new)["errcode"] == 0
    told = call(phone.native("weapp"), "getUserInfo", withCredentials=True)
    assert told["signature"] == hashlib.sha1((told["rawData"] + new["session_key"]).encode()).hexdigest()


def test_a_reset_session_ends_when_the_old_one_would_have(phone: Phone, get: Callable[..., Answer]) -> None:
    phone.account.session_lifetime = 1000
    login = session(get, code(phone))
    phone.clock.advance(900)
    about_session(get, "/wxa/resetusersessionkey", login)
    phone.clock.advance(100)
    assert call(phone.native("weapp"), "checkSession")["errMsg"].startswith("checkSession:fail")


# --- the server -------------------------------------------------------------------------------------------------------


def test_what_is_not_played_is_said(phone: Phone) -> None:
    with phone.open_platform.serve() as server:
        answer = httpx2.get(f"{server.url}/wxa/getwxacode")
    assert answer.status_code == 404
    assert "/sns/jscode2session" in answer.json()["errmsg"]


def test_a_huge_body_is_refused(phone: Phone) -> None:
    with phone.open_platform.serve() as server:
        assert httpx2.post(f"{server.url}/gateway.do", content=b"x" * 2_000_000).status_code == 413


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_other_methods_are_not_allowed(phone: Phone, method: str) -> None:
    with phone.open_platform.serve() as server:
        assert httpx2.request(method, f"{server.url}/sns/jscode2session").status_code == 405


def test_get_and_post_are_not_the_same(phone: Phone, get: Callable[..., Answer], post: Callable[..., Answer]) -> None:
    assert get("/cgi-bin/stable_token")["errcode"] == 43002
    assert post("/wxa/checksession")["errcode"] == 43001


def test_the_server_lets_go_of_its_port(phone: Phone) -> None:
    server = phone.open_platform.serve()
    server.close()
    server.close()
    with socket.create_server(("127.0.0.1", server.port)):
        pass


def test_a_taken_port_is_an_error_at_once(phone: Phone) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        phone.open_platform.serve(port=taken.getsockname()[1])


def test_it_is_an_asgi_app_as_well(phone: Phone) -> None:
    async def main() -> Answer:
        transport = httpx2.ASGITransport(app=phone.open_platform.asgi())
        async with httpx2.AsyncClient(transport=transport, base_url="http://vendors") as client:
            answer: Answer = (await client.get("/cgi-bin/token")).json()
            return answer

    assert asyncio.run(main())["errcode"] == 40002


def test_without_the_server_extra_the_error_names_it(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ImportError, match=r"pip install 'taropy\[server\]'"):
        phone.open_platform.serve()


SERVE = """
import sys
from taropy.phone.open_platform import OpenPlatform
server = OpenPlatform(sys.argv[1]).serve()
print(server.url, flush=True)
sys.stdin.read()
server.close()
"""


def test_a_server_in_another_process_serves_a_phone_with_a_folder(tmp_path: Any) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", SERVE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
        Phone(tmp_path, appid="wx0123456789abcdef") as phone,
    ):
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx2.Client(base_url=url) as client:

            def get(path: str, **query: str) -> Answer:
                answer: Answer = client.get(path, params=query).json()
                return answer

            appid, secret = "wx0123456789abcdef", default_secret("wx0123456789abcdef")
            js_code = code(phone)
            login = session(get, js_code, appid, secret)
            assert session(get, js_code, appid, secret)["errcode"] == 40163
            token = get_token(get, appid=appid, secret=secret)["access_token"]
            query = {"access_token": token, "openid": login["openid"], "sig_method": "hmac_sha256"}
            query["signature"] = signature(login["session_key"])
            phone.account.expire_session()
            assert get("/wxa/checksession", **query)["errcode"] == 87009
        process.communicate("")
    assert process.returncode == 0


def test_a_platform_with_a_folder_remembers_apps_and_tokens(tmp_path: Any) -> None:
    first = OpenPlatform(tmp_path)
    app = first.register("wx00000000000000aa", secret="s", developer="me")
    token = first.tokens.issue(app)
    first.close()
    second = OpenPlatform(tmp_path)
    assert second.app("wx00000000000000aa", "weapp") == app
    assert second.tokens.app_key(token) == app.key
    second.close()


# --- who may ask -----------------------------------------------------------------------------------------------------


def told(url: str, host: str) -> tuple[int, str]:
    """What a request with this Host header is answered."""
    with httpx2.Client() as client:
        answer = client.get(f"{url}/sns/jscode2session", headers={"Host": host})
        return answer.status_code, answer.text


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:80", "127.9.9.9", "[::1]:8100", "app.localhost", "LOCALHOST."]
)
def test_this_computer_s_own_names_are_answered(phone: Phone, host: str) -> None:
    with phone.open_platform.serve() as server:
        assert told(server.url, host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1", "evil"])
def test_a_page_that_leads_its_own_name_here_is_not(phone: Phone, host: str) -> None:
    with phone.open_platform.serve() as server:
        status, text = told(server.url, host)
    assert status == 421
    assert "--allow-host" in text


def test_other_names_can_be_allowed(phone: Phone) -> None:
    with phone.open_platform.serve(hosts=["taropy", "Phones.Test"]) as server:
        assert [told(server.url, host)[0] for host in ("taropy:8100", "phones.test", "other")] == [200, 200, 421]


def test_where_it_listens_at_every_address_that_of_the_request_is_answered(phone: Phone) -> None:
    with phone.open_platform.serve("0.0.0.0") as server:
        url = f"http://127.0.0.1:{server.port}"
        assert [told(url, host)[0] for host in ("0.0.0.0", "127.0.0.1", "evil.example")] == [200, 200, 421]


def test_a_client_that_hangs_up_leaves_no_trace(phone: Phone, caplog: pytest.LogCaptureFixture) -> None:
    with phone.open_platform.serve() as server:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", server.port)) as client:
                client.sendall(
                    b"POST /wxa/getpluginopenpid HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
                )
        assert told(server.url, "localhost")[0] == 200
    assert [record for record in caplog.records if record.exc_info] == []
