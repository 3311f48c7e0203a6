# Runs on: every platform
import taropy
from taropy import Taro


async def fetch(options):
    return f"page {options['page']}"


def first_page(chain):
    return chain.proceed({"page": 1, **chain.requestParams})


async def main():
    pages = Taro.interceptorify(fetch)
    pages.addInterceptor(first_page)
    print(await pages.request({}))
    print(await pages.request({"page": 7}))


taropy.run(main)
