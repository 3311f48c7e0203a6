"""Answers of a server, and what is wrong with some."""


async def send(id_):
    if id_ % 5 == 0:
        return {"statusCode": 200, "data": {"code": 7, "message": "sold out"}}
    return {
        "statusCode": 500 if id_ % 7 == 0 else 200,
        "data": {"code": 0, "result": {"id": id_, "name": f"tea {id_}"}},
    }


async def get(id_):
    answer = await send(id_)
    if answer["statusCode"] != 200:
        raise RuntimeError(f"status {answer['statusCode']}")
    data = answer["data"]
    if data["code"] != 0:
        raise RuntimeError(data.get("message", "unknown"))
    return data["result"]["name"]


async def run():
    found = []
    for id_ in range(1, 21):
        try:
            found.append(await get(id_))
        except RuntimeError as error:
            found.append(f"no: {error}")
    return found
