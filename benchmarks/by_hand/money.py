"""Money and times as texts."""


def money(cents):
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{part:02}"


def clock(seconds):
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def run():
    found = []
    for i in range(30):
        found += [money(i * 123457 - 50), clock(i * 401)]
    return found
