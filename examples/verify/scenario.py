"""What the coupons are verified with: each way through them."""

COUPON = {"id": "spring", "value": 500, "least": 2000}


async def scenario(program, phone):
    """Plays it with one of the two programs."""
    for total in (0, 1999, 2000, 499.5):
        await program.call("toPay", total)
        await program.call("toPay", total, COUPON)

    phone.faults.answer("request", statusCode=503, data="", header={}, cookies=[])
    await program.call("coupons")

    phone.faults.answer("request", statusCode=200, data=[COUPON], header={}, cookies=[])
    first = await program.call("coupons")
    assert await program.call("coupons") == first  # kept, and not asked for

    phone.clock.advance(86_400)
    phone.faults.answer("request", statusCode=503, data="", header={}, cookies=[])
    await program.call("coupons")
