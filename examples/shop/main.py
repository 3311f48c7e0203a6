"""A guest buys a tea, thinks better of another one, and gets half of the money back.

    taropy run examples/shop/main.py

Everything is real but the phone, the vendor and the guest: HTTP, the signatures, the SDK. Needs `.[examples]`.
"""

from __future__ import annotations

from shop import visit
from world import world

import taropy
from taropy import Taro

if __name__ == "__main__":
    with world(Taro.phone):
        Taro.phone.person.script("payment", outcome="pay")
        Taro.phone.person.script("payment", outcome="cancel")
        taropy.run(visit)
        Taro.phone.payments.deliver()
        print(Taro.phone.payments)
