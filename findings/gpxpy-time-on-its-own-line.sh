#!/bin/sh
# gpxpy 1.6.2 (PyPI): a time that stands on a line of its own is lost without a word, and an elevation is not.
#
# A pretty-printer may put the text of an element on its own line, and a GPX file stays valid by that: XML Schema takes
# the space around an xsd:dateTime and an xsd:decimal away before it looks at them. gpxpy does so for numbers. A time with
# space before it is None, the same as that of a point which never had one, so that durations and speeds of the track
# silently go without it. Behind the time one newline does no harm, a space does.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet gpxpy==1.6.2 >"$folder/pip" 2>&1 || { cat "$folder/pip"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
'{}': 500.0 m at 2024-05-01 08:00:00+00:00
'\n  {}\n': 500.0 m at None
'{} ': 500.0 m at None
'{}\n': 500.0 m at 2024-05-01 08:00:00+00:00
EXPECTED

"$folder/venv/bin/python" - >"$folder/seen" <<'PROGRAM'
import gpxpy

for spaced in ("{}", "\n  {}\n", "{} ", "{}\n"):
    elevation, time = spaced.format(500), spaced.format("2024-05-01T08:00:00Z")
    gpx = gpxpy.parse(
        '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
        f'<wpt lat="1" lon="2"><ele>{elevation}</ele><time>{time}</time></wpt></gpx>'
    )
    print(f"{spaced!r}: {gpx.waypoints[0].elevation} m at {gpx.waypoints[0].time}")
PROGRAM

diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
