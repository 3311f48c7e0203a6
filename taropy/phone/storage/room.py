"""The key-value storage of each app.

With a folder the data are in its `storage.sqlite`; several phones, also of several processes, may share it. A write
that was answered survives the end of the process, however sudden. Without a folder they are in memory.

Facts: sizes, limits and errMsg are those of the vendors' own clients and documents:
developers.weixin.qq.com/miniprogram/dev/api/storage, opendocs.alipay.com/mini/api/storage,
smartprogram.baidu.com/docs/develop/api/storage. Sizes are counted as WeChat's client does: the characters of the key
and of the value as text.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.disk import at_end
from ..core.folder import damaged
from ..core.functions import answered, plain
from ..core.javascript import json_of
from ..core.kept_database import failure, recover
from ..core.options import UNDEFINED, Buffers, js_type, optional, required, strings, wrong_type
from ..core.room import Room
from ..core.stored import SEALED, Undecodable, decode, encodable, encode
from ..core.telling import count
from ..core.vendors import of_vendor
from .stores import TABLE, FileStore, MemoryStore, Row, Store

if TYPE_CHECKING:
    from ..core.faces import Phone
    from .keystore import Keystore

KB = 1024
MB = 1024 * KB

#: How many bytes a character may take in UTF-8.
LONGEST_CHARACTER = 4

#: By how much WeChat says that a value grows when it is encrypted, so that 0.7 MB of it fit under one key.
GROWTH = 1.4


@attrs.frozen
class Rules:
    """How many characters a vendor lets an app store, under one key and in all, and what it says beyond that.

    - `missing`: what a key fails with that is not there; None where that is no failure, and `absent` its value.
    - `json`: whether values are kept as JSON alone, so that dates come back as text, and bytes as an empty object.
    - `key`: how many bytes of UTF-8 a key may have.
    - `frame`: what is kept around the JSON of a value, which counts too, as the quotation marks of a text do then.
    - `scalars`: whether texts, numbers, booleans and bytes alone are kept.
    - `unset`: what is stored where no data are given.
    - `any_key`: whether the empty key is one as others are.
    - `sizes`: whether sizes are told; where nobody knows them, they are no numbers.
    - `listed`: in which order the keys are told; by default that in which they were first stored.

    In the words of a failure `{key}` stands for the key.
    """

    entry: float = MB
    total: float = 10 * MB
    entry_fail: Mapping[str, Any] = {"reason": ":entry size limit reached"}
    total_fail: Mapping[str, Any] = {"reason": ":quota reached"}
    missing: str | None = "data not found"
    absent: Any = None
    json: bool = False
    frame: str = ""
    scalars: bool = False
    unset: Any = None
    any_key: bool = False
    sizes: bool = True
    listed: Callable[[list[str]], list[str]] = list
    key: float = math.inf


WECHAT = Rules()
#: What browsers on Chromium say.
_QUOTA = {"reason": "Failed to execute 'setItem' on 'Storage': Setting the value of '{key}' exceeded the quota."}
RULES: Mapping[str, Rules] = {
    "my": Rules(
        entry=200 * KB,
        entry_fail={"reason": "data长度超限", "error": 14},
        total_fail={"reason": "存储总大小达到上限", "error": 12},
        missing=None,
    ),
    "swan": Rules(
        # Its page of `swan.setStorage` (github.com/swan-team/swan-docs, api/storage) knows no limit of a single value.
        entry=math.inf,
        total_fail={"reason": "exceed storage max length", "errCode": 1003},
        missing=None,
        absent="",
    ),
    "tt": Rules(
        entry_fail={"reason": "exceed storage item max length"},
        total_fail={"reason": "exceed storage max size 10Mb"},
        missing=None,
        absent="",
    ),
    # taro-h5 4.2.1 over a browser's localStorage: one limit, which a single value may use up, and an order of the keys
    # that each browser has for itself. Here it is the alphabet's, since it must not be the one that a program expects.
    "h5": Rules(
        entry=5 * MB,
        total=5 * MB,
        entry_fail=_QUOTA,
        total_fail=_QUOTA,
        json=True,
        frame='{"data":}',
        unset="",
        any_key=True,
        sizes=False,
        listed=sorted,
    ),
    # taro-rn 4.2.0 over React Native's AsyncStorage; how much that takes the device decides.
    "rn": Rules(entry=math.inf, total=math.inf, json=True),
    # plugin-platform-harmony-ets 4.2.0 over @ohos.data.distributedKVStore, whose reference has the kinds of values, the
    # limit of one, and the words for what is not there. Those for another kind are its words for any wrong parameter.
    "harmony": Rules(
        entry=4 * MB,
        total=math.inf,
        entry_fail={"reason": "Failed to put data. Code:401,message:Parameter error."},
        missing="Failed to get data. Code:15100004,message:Not found.",
        scalars=True,
        key=KB,
    ),
    # plugin-platform-harmony-hybrid 4.1.11, whose host keeps the texts.
    "harmony-hybrid": Rules(json=True),
}
#: Where sizes are those of the values, in KB with two decimals: taro-rn 4.2.0, `getStorageInfo`.
VALUES_ALONE: Mapping[str, bool] = {"rn": True}

# How much an app may write before its total is counted again. A count reads every row; between two counts each write
# is charged in full, also where it replaces another, so within one process the limit is never passed. Processes that
# share a folder do not see each other's charges: together they can pass the limit by this much each.
GRANT = 256 * KB

#: The key, the size that counts, the text.
Entry = tuple[str, int, str]
Value = TypeVar("Value")


@attrs.define
class Shelf:
    """One app's part of the storage: whose it is, what holds there, how much may be written until the next count."""

    owner: str
    rules: Rules
    left: float = 0


class Storage(Room, name="storage"):
    """Keeps what each app stores: JSON-able values, dates and bytes, which come back as they went in."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._shelves: dict[str, Shelf] = {}

    def in_words(self) -> Iterator[str]:
        """How many keys the apps have that have used it."""
        with self._lock:
            if self._store is not None:
                yield count(sum(len(self._store.sizes(shelf.owner)) for shelf in self._shelves.values()), "keys")

    # --- one key ------------------------------------------------------------------------------------------------

    @answered
    def getStorage(self, app: App, options: Options) -> Result:
        """The value of `key`. On most platforms a key that is not there fails with `data not found`.

        With WeChat's `encrypt` it is opened; what was stored with it opens in no other way, and what was stored without
        it does not open. How phones word these two failures is not documented.
        """
        key = self._key(app, options)
        text = self._read(app, key)
        if text is not None:
            return {"data": self._decoded(self._opened(app, key, text) if _encrypts(app, options) else text)}
        missing = self._shelf(app).rules.missing
        if missing is not None:
            raise Fail(missing)
        return {"data": self._shelf(app).rules.absent}

    @answered
    def setStorage(self, app: App, options: Options) -> None:
        """Stores a copy of `data` under `key`; with WeChat's `encrypt` it is encrypted, and counts 1.4 times."""
        key, shelf = self._key(app, options), self._shelf(app)
        data = options.get("data", shelf.rules.unset)
        if _encrypts(app, options):
            self._in_store(_put, shelf, self._sealed(app, shelf, key, data))
        else:
            self._write(shelf, key, data)

    @answered
    def removeStorage(self, app: App, options: Options) -> None:
        """Forgets `key`, if it is there."""
        self._remove(app, self._key(app, options))

    @plain
    def getStorageSync(self, app: App, key: Any = None) -> Any:
        """The value of `key`; if it is not there the empty string, or on Alipay nothing."""
        if type(key) is not str or not key.isascii() or not key:
            key = self._sync_key(app, key)
        text = self._read(app, key)
        if text is not None:
            return self._decoded(text)
        rules = self._shelf(app).rules
        return rules.absent if rules.missing is None else ""

    @plain
    def setStorageSync(self, app: App, key: Any = None, *given: Any) -> None:
        """Stores a copy of what is given after `key`, if anything is, under it."""
        shelf = self._shelves.get(app.key) or self._shelf(app)
        data = given[0] if given else shelf.rules.unset
        if data is UNDEFINED:
            raise wrong_type("parameter.data", "Object or String", UNDEFINED)
        if type(key) is not str or not key.isascii() or not key:
            key = self._sync_key(app, key)
        self._write(shelf, key, data)

    @plain
    def removeStorageSync(self, app: App, key: Any = None) -> None:
        """Forgets `key`, if it is there."""
        self._remove(app, self._sync_key(app, key))

    # --- many keys ----------------------------------------------------------------------------------------------

    @answered
    def batchGetStorage(self, app: App, options: Options) -> Result:
        """The values of `keyList` as `dataList`; the empty string for a key that is not there."""
        return {"dataList": self.batchGetStorageSync(app, required(options, "keyList", "Array"))}

    @answered
    def batchSetStorage(self, app: App, options: Options) -> None:
        """Stores every `{key, value}` of `kvList`, or, if one cannot be stored, none."""
        self.batchSetStorageSync(app, required(options, "kvList", "Array"))

    @plain
    def batchGetStorageSync(self, app: App, keyList: Any = None) -> list[Any]:
        """The values of `keyList`, in its order."""
        if js_type(keyList) != "Array":
            raise wrong_type("parameter", "Array", keyList)
        return [self.getStorageSync(app, key) for key in strings(keyList, "parameter.keyList")]

    @plain
    def batchSetStorageSync(self, app: App, kvList: Any = None) -> None:
        """Stores every `{key, value}` of `kvList`, or, if one cannot be stored, none."""
        if js_type(kvList) != "Array":
            raise wrong_type("parameter", "Array", kvList)
        shelf = self._shelf(app)
        entries = [_entry(shelf, *_pair(shelf, index, pair)) for index, pair in enumerate(kvList)]
        self._in_store(_put_all, shelf, entries)

    # --- the whole ----------------------------------------------------------------------------------------------

    @answered
    def getStorageInfo(self, app: App, options: Options) -> Result:
        """The keys in the order in which they were first stored, and the sizes, in KB; NaN where nobody knows them."""
        return self.getStorageInfoSync(app)

    @answered
    def clearStorage(self, app: App, options: Options) -> None:
        """Forgets everything that the app has stored."""
        self.clearStorageSync(app)

    @plain
    def getStorageInfoSync(self, app: App) -> Result:
        """The keys in the order in which they were first stored, and the sizes, in KB; NaN where nobody knows them."""
        sizes = self._in_store(lambda store: store.sizes(app.key))
        rules = self._shelf(app).rules
        keys, limit = rules.listed([key for key, _ in sizes]), rules.total
        if not rules.sizes:
            return {"keys": keys, "currentSize": math.nan, "limitSize": math.nan}
        size = sum(size for _, size in sizes)
        current = round((size - sum(map(len, keys))) / KB, 2) if of_vendor(VALUES_ALONE, app, False) else -(-size // KB)
        return {"keys": keys, "currentSize": current, "limitSize": limit if math.isinf(limit) else limit // KB}

    @plain
    def clearStorageSync(self, app: App) -> None:
        """Forgets everything that the app has stored."""
        self._in_store(lambda store: store.clear(app.key))

    # --- encryption ---------------------------------------------------------------------------------------------

    @cached_property
    def _keystore(self) -> Keystore:
        from .keystore import Keystore

        return Keystore(self.phone)

    def _sealed(self, app: App, shelf: Shelf, key: str, data: Any) -> Entry:
        text = encode(data)
        size = math.ceil((len(key) + len(text)) * GROWTH)
        if size > shelf.rules.entry:
            raise _refusal(shelf.rules.entry_fail, key)
        return key, size, SEALED + self._keystore.seal(text, _place(app, key))

    def _opened(self, app: App, key: str, text: str) -> str:
        if text[0] != SEALED:
            raise Fail("data is not encrypted")
        return self._keystore.open(text[1:], _place(app, key))

    # --- the store ----------------------------------------------------------------------------------------------

    def snapshot(self) -> list[Row]:
        """Every entry of every app."""
        return self._in_store(lambda store: store.rows())

    def restore(self, state: list[Row]) -> None:
        """Has these entries in the storage again, and no others."""
        self._shelves.clear()
        self._in_store(lambda store: store.replace(state))

    def close(self) -> None:
        """Lets go of the file, or of the data in memory. A second call does nothing."""
        with self._lock:
            store, self._store = self._store, None
            if store is not None:
                self._close_store()

    def _read(self, app: App, key: str) -> str | None:
        # As `_in_store`, but without two calls, which are felt here and in `_write`.
        with self._lock:
            try:
                return (self._store or self._open()).read(app.key, key)
            except (sqlite3.Error, OSError) as error:
                raise failure(error, self._place) from error

    def _decoded(self, text: str) -> Any:
        try:
            return decode(text)
        except Undecodable as error:
            raise damaged(self._place or self.phone.folder, error) from error

    def _remove(self, app: App, key: str) -> None:
        self._in_store(lambda store: store.remove(app.key, key))

    def _write(self, shelf: Shelf, key: str, data: Any) -> None:
        entry = _entry(shelf, key, data)
        with self._lock:
            try:
                _put(self._store or self._open(), shelf, entry)
            except (sqlite3.Error, OSError) as error:
                raise failure(error, self._place) from error

    def _key(self, app: App, options: Options) -> str:
        return _usable(self._shelf(app), required(options, "key", "String"))

    def _sync_key(self, app: App, key: Any) -> str:
        if not isinstance(key, str):
            raise wrong_type("parameter", "String", key)
        return _usable(self._shelf(app), key)

    def _shelf(self, app: App) -> Shelf:
        shelf = self._shelves.get(app.key)
        if shelf is None:
            shelf = self._shelves.setdefault(app.key, Shelf(app.key, of_vendor(RULES, app, WECHAT)))
        return shelf

    def _in_store(self, work: Callable[..., Value], *arguments: Any) -> Value:
        """What `work` does with the store, one caller at a time; what SQLite objects to is a native failure."""
        with self._lock:
            try:
                return work(self._store or self._open(), *arguments)
            except (sqlite3.Error, OSError) as error:
                raise failure(error, self._place) from error

    @property
    def _place(self) -> Path | None:
        folder = self.phone.state_folder
        return None if folder is None else folder.path / TABLE.file

    def recover(self) -> None:
        """Puts the phone's database aside if it is damaged, and goes on with the entries that can be read."""
        if self.phone.state_folder is not None:
            recover(self.phone.state_folder, TABLE)

    def _open(self) -> Store:
        if self.phone.closed:
            raise Fail(":internal error the phone is closed")
        folder = self.phone.state_folder
        if folder is None:
            store: Store = MemoryStore()
            self._close_store: Callable[[], object] = store.close
        else:
            store = FileStore(folder)
            self._close_store = at_end(self, store.close)
        self._store = store
        return store


def _put_all(store: Store, shelf: Shelf, entries: list[Entry]) -> None:
    with store.together():
        for entry in entries:
            _put(store, shelf, entry)


def _put(store: Store, shelf: Shelf, entry: Entry) -> None:
    key, size, text = entry
    left = shelf.left - size
    if left < 0:
        left = _count(store, shelf, key, size)
    store.write(shelf.owner, key, size, text)
    shelf.left = left


def _count(store: Store, shelf: Shelf, key: str, size: int) -> float:
    """How much may be written, once `size` characters are under `key`, until the next count."""
    left: float = shelf.rules.total - store.taken(shelf.owner, key) - size
    if left < 0:
        raise _refusal(shelf.rules.total_fail, key)
    return min(left, GRANT)


def _usable(shelf: Shelf, key: str) -> str:
    """`key`, unless it is empty or no text. The words and the number are those of WeChat for Android."""
    if not (key or shelf.rules.any_key) or not (key.isascii() or encodable(key)):
        raise Fail(":invalid key", errno=800003)
    return key


def _pair(shelf: Shelf, index: int, pair: Any) -> tuple[str, Any]:
    where = f"parameter.kvList[{index}]"
    if not isinstance(pair, Mapping):
        raise wrong_type(where, "Object", pair)
    key = pair.get("key")
    if not isinstance(key, str):
        raise wrong_type(f"{where}.key", "String", key)
    return _usable(shelf, key), pair.get("value")


def _entry(shelf: Shelf, key: str, data: Any) -> Entry:
    """What is written for `data`: the key, the size that counts, the text."""
    rules = shelf.rules
    if len(key) * LONGEST_CHARACTER > rules.key and len(key.encode()) > rules.key:
        raise _refusal(rules.entry_fail, key)
    if rules.scalars and not isinstance(data, (str, int, float, *Buffers)):
        raise _refusal(rules.entry_fail, key)
    text = _json(data) if rules.json else encode(data)
    # A string is stored as it is on phones, so its quotation marks and escapes do not count.
    counted = data if type(data) is str and not rules.frame else text
    size = len(key) + len(counted) + len(rules.frame)
    if size > rules.entry:
        raise _refusal(rules.entry_fail, key)
    return key, size, text


def _json(data: Any) -> str:
    """`data` as text, as `JSON.stringify` writes it; what has no JSON form fails as it does elsewhere."""
    try:
        text = json_of(data)
    except (TypeError, ValueError, RecursionError):
        return encode(data)
    # Half of a surrogate pair is written as \ud83d, which JavaScript does as well.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _refusal(told: Mapping[str, Any], key: str) -> Fail:
    return Fail(**{**told, "reason": told["reason"].replace("{key}", key)})


def _encrypts(app: App, options: Options) -> bool:
    """Whether the value is to be encrypted, which only WeChat's clients know of; others take no note of the option."""
    return app.native_name == "wx" and bool(optional(options, "encrypt", "Boolean", False))


def _place(app: App, key: str) -> str:
    return f"{app.key}\n{key}"
