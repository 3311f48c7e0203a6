"""`User`: who is logged in to the vendors' apps on a phone."""

from __future__ import annotations

from typing import Any

import attrs

from ...keywords import hinting_class

DEFAULT_USER_ID = "user"
LANGUAGE = "zh_CN"


@hinting_class
@attrs.frozen
class User:
    """A person with an account at the vendors.

    - `id`: what keeps the person apart from others; openid and unionid are made of it, so the same id is the same
      person on every phone that shares an open platform.
    - `gender`: 0 unknown, 1 male, 2 female, as the vendors count.
    - `avatar_url`: may be empty, as for a person without a picture.
    """

    id: str = attrs.field(
        validator=attrs.validators.and_(attrs.validators.instance_of(str), attrs.validators.min_len(1))
    )
    nickname: str = attrs.field(default=attrs.Factory(lambda self: self.id, takes_self=True))
    avatar_url: str = ""
    gender: int = attrs.field(default=0, validator=attrs.validators.in_((0, 1, 2)))
    country: str = ""
    province: str = ""
    city: str = ""

    @classmethod
    def of(cls, user: User | str) -> User:
        """`user` itself, or the user with that id."""
        return user if isinstance(user, User) else cls(user)

    def public_profile(self, language: str = LANGUAGE) -> dict[str, Any]:
        """What the person has made public, as the vendors' `userInfo`."""
        return {
            "nickName": self.nickname,
            "gender": self.gender,
            "language": language,
            "city": self.city,
            "province": self.province,
            "country": self.country,
            "avatarUrl": self.avatar_url,
        }

    def name_and_picture(self) -> dict[str, Any]:
        """The same with the fields emptied that WeChat has not given out since 2021: gender and place."""
        return User(self.id, self.nickname, self.avatar_url).public_profile()


NOBODY = User(
    "nobody",
    nickname="微信用户",
    avatar_url=(
        "https://thirdwx.qlogo.cn/mmopen/vi_32/"
        "POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132"
    ),
)
"""Whom WeChat shows in place of the person where it keeps the profile to itself: a grey picture, one name for all."""
