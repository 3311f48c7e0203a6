"""Random bytes, and the key that the vendor makes for each user of an app, to encrypt what goes to its backend.

Facts: developers.weixin.qq.com/miniprogram/dev/api/base/crypto and "framework/open-ability/user-encryptkey". The
library encrypts nothing itself: programs bring the cipher.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, plain
from ..core.options import required
from ..core.room import Manager, Room

if TYPE_CHECKING:
    from ..core.faces import Phone

MOST_RANDOM_BYTES = 1024 * 1024


class UserCrypto(Room, name="user_crypto"):
    """The user's keys in each app; they are the open platform's."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._managers: dict[str, UserCryptoManager] = {}

    @answered
    def getRandomValues(self, app: App, options: Options) -> Result:
        """`randomValues`: `length` bytes, 1 to 1,048,576, from the computer's own source for cryptography."""
        return random_values(options)

    @plain
    def getUserCryptoManager(self, app: App) -> UserCryptoManager:
        """The app's one `UserCryptoManager`."""
        return self._managers.setdefault(app.key, UserCryptoManager(self.phone, app))


class UserCryptoManager(Manager):
    """What `getUserCryptoManager` gives."""

    @answered
    def getLatestUserKey(self, app: App, options: Options) -> Result:
        """The user's newest key in this app: `encryptKey` (base64, for AES-128), `iv` (16 letters), its `version`.

        A key lives an hour; then there is a new one, with the next version. `expireTime` is when that is, in seconds
        since the epoch (the documents leave the unit open). The backend asks the open platform for the last three keys
        by `/wxa/business/getuserencryptkey`.
        """
        registered = self.phone.open_platform.app_of_phone(app.platform, app.appid)
        key = self.phone.open_platform.user_keys.latest(registered.key, self.phone.account.user.id)
        return {"encryptKey": key.key, "iv": key.iv, "version": key.version, "expireTime": int(key.ends_at)}

    @answered
    def getRandomValues(self, app: App, options: Options) -> Result:
        """As `wx.getRandomValues`."""
        return random_values(options)


def random_values(options: Options) -> Result:
    """The result of `getRandomValues`. What is said of a wrong length is in the table of the page `PublicErrno`."""
    length = required(options, "length", "Number")
    if length % 1 != 0 or not 0 < length <= MOST_RANDOM_BYTES:
        raise Fail("invalid random value length", errno=109001)
    return {"randomValues": secrets.token_bytes(int(length))}
