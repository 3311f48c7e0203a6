# Runs on: every platform
import taropy
from taropy import Promise, Taro


def with_token(chain):
    params = chain.requestParams
    header = {**params.get("header", {}), "Authorization": "Bearer t0k3n"}
    return chain.proceed({**params, "header": header})


def canned(chain):
    """Answers by itself, so that nothing is sent."""
    return Promise.resolve({"statusCode": 200, "data": dict(chain.requestParams["header"])})


async def main():
    Taro.addInterceptor(with_token)
    Taro.addInterceptor(canned)
    res = await Taro.request(url="https://shop.example/me")
    print("sent:", res["data"])


taropy.run(main)
