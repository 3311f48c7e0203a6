"""`Merchants`: who is paid, as each vendor has them on its books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..core.crypto import new_rsa_key, public_pem, sha1_hex
from ..core.guarded import Guarded
from .orders import BaiduMerchant, DouyinMerchant, Merchant, QQMerchant
from .records import Store, Table


class Merchants(Guarded):
    """The merchants of each vendor that has any: with Alipay an app's developer is paid, who has no account beside."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._merchants = store.table("merchant", Merchant)
        self._douyin = store.table("douyin merchant", DouyinMerchant)
        self._baidu = store.table("baidu merchant", BaiduMerchant)
        self._qq = store.table("qq merchant", QQMerchant)
        self._of_vendor: Mapping[str, Table[Any]] = {
            "weapp": self._merchants,
            "tt": self._douyin,
            "swan": self._baidu,
            "qq": self._qq,
        }

    def has_merchants(self, vendor: str) -> bool:
        """Whether anybody is registered to be paid with this vendor."""
        self._store.refresh()
        return vendor in self._of_vendor and bool(self._of_vendor[vendor].rows)

    def merchant_name(self, vendor: str, merchant: str) -> str:
        """What the vendor calls who is paid: the name it is registered by, or else its id."""
        self._store.refresh()
        known = self._of_vendor[vendor].rows.get(merchant) if vendor in self._of_vendor else None
        return merchant if known is None else str(known.name)

    # --- WeChat Pay --------------------------------------------------------------------------------------------

    def register(
        self,
        mchid: str,
        *,
        name: str | None = None,
        apps: Iterable[str] = (),
        apiv3_key: str | None = None,
        public_key: str | None = None,
    ) -> Merchant:
        """Registers a merchant of WeChat Pay, or changes what is registered; it has what an SDK is to be given.

        - `apps`: the ids of the apps that it may be paid in; any unless given.
        - `apiv3_key`: 32 characters, made of the id unless given.
        - `public_key`: whose private half the backend signs with, as PEM; without one a new pair is made.

        Needs the extra `crypto`. ValueError for a key of another length.
        """
        key = apiv3_key or sha1_hex(f"apiv3 {mchid}")[:32]
        if len(key.encode()) != 32:
            raise ValueError(f"a merchant's APIv3 key has 32 characters, not {len(key.encode())}")
        private_key, public_key = _pair(public_key)
        serial_no = sha1_hex(public_key).upper()
        merchant = Merchant(mchid, name or mchid, list(apps), serial_no, key, public_key, private_key)
        with self._store.changing():
            self._merchants.put(mchid, merchant)
        return merchant

    def merchant(self, mchid: str) -> Merchant | None:
        """The merchant of WeChat Pay of this id, if it is registered."""
        self._store.refresh()
        return self._merchants.rows.get(mchid)

    def verifies_by(self, merchant: Merchant, key_id: str) -> Merchant:
        """From now on what the merchant is told is signed with the public key of this id."""
        if merchant.verifies_by == key_id:
            return merchant
        with self._store.changing():
            known = attrs.evolve(self._merchants.rows[merchant.mchid], verifies_by=key_id)
            self._merchants.put(known.mchid, known)
            return known

    # --- Douyin, Baidu and QQ ----------------------------------------------------------------------------------

    def register_douyin(
        self,
        appid: str,
        *,
        name: str | None = None,
        salt: str | None = None,
        token: str | None = None,
        notify_url: str = "",
    ) -> DouyinMerchant:
        """Has an app on Douyin be paid by guaranteed payment, or changes how.

        - `salt`, `token`: what its backend signs requests and verifies notices with; made of the id unless given.
        - `notify_url`: where notices go that an order or a refund sends nowhere else.
        """
        seller_uid = f"7{int(sha1_hex(f'seller {appid}'), 16) % 10**19:019d}"
        salt, token = salt or sha1_hex(f"salt {appid}")[:32], token or sha1_hex(f"token {appid}")[:32]
        merchant = DouyinMerchant(appid, name or appid, seller_uid, notify_url, salt, token)
        with self._store.changing():
            self._douyin.put(appid, merchant)
        return merchant

    def douyin_merchant(self, appid: str) -> DouyinMerchant | None:
        """Who is paid in this app, if anybody is."""
        self._store.refresh()
        return self._douyin.rows.get(appid)

    def register_baidu(
        self,
        app_key: str,
        *,
        name: str | None = None,
        deal_id: str | None = None,
        public_key: str | None = None,
        notify_url: str = "",
        refund_url: str = "",
        audit_url: str = "",
    ) -> BaiduMerchant:
        """Registers a payment service with Baidu's cashier, or changes what is registered.

        - `deal_id`: the number of its settlement; made of the key unless given.
        - `public_key`: whose private half the backend signs with, as PEM or its bare base64; without one a new pair is
          made.
        - `notify_url`, `refund_url`: where payments and refunds are told that say nothing else.
        - `audit_url`: what is asked before a refund that does not skip it (`isSkipAudit`); without one nobody is.

        Needs the extra `crypto`. What Baidu signs is verified with `open_platform.public_key`.
        """
        private_key, public_key = _pair(public_key)
        deal_id = deal_id or str(int(sha1_hex(f"deal {app_key}"), 16) % 10**9)
        urls = (notify_url, refund_url, audit_url)
        merchant = BaiduMerchant(app_key, name or app_key, deal_id, *urls, public_key, private_key)
        with self._store.changing():
            self._baidu.put(app_key, merchant)
        return merchant

    def baidu_merchant(self, app_key: str) -> BaiduMerchant | None:
        """The payment service of this key, if it is registered."""
        self._store.refresh()
        return self._baidu.rows.get(app_key)

    def register_qq(
        self,
        mchid: str,
        *,
        name: str | None = None,
        apps: Iterable[str] = (),
        key: str | None = None,
        password: str | None = None,
    ) -> QQMerchant:
        """Registers a merchant of QQ's wallet, or changes what is registered.

        - `apps`: the ids of the apps that it may be paid in; any unless given.
        - `key`: what both sides sign with; `password`: the operator's, whose MD5 refunds need. Made of the id unless
          given.
        """
        key, password = key or sha1_hex(f"key {mchid}")[:32], password or sha1_hex(f"password {mchid}")[:12]
        merchant = QQMerchant(mchid, name or mchid, list(apps), key, password)
        with self._store.changing():
            self._qq.put(mchid, merchant)
        return merchant

    def qq_merchant(self, mchid: str) -> QQMerchant | None:
        """The merchant of QQ's wallet of this id, if it is registered."""
        self._store.refresh()
        return self._qq.rows.get(mchid)


def _pair(public_key: str | None) -> tuple[str, str]:
    """The private and the public key, of which the first is nobody's business if there is the second already."""
    if public_key:
        return "", public_key
    private_key = new_rsa_key()
    return private_key, public_pem(private_key)
