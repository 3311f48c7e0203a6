"""Money and times as texts."""


def money(cents):
    whole, part = f"{abs(cents) / 100:.2f}".split(".")
    grouped = ""
    for i, digit in enumerate(whole):
        if i > 0 and (len(whole) - i) % 3 == 0:
            grouped += ","
        grouped += digit
    return f"{'-' if cents < 0 else ''}{grouped}.{part}"


def clock(seconds):
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def run():
    found = []
    for i in range(30):
        found += [money(i * 123457 - 50), clock(i * 401)]
    return found
