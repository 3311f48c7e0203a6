#!/bin/sh
# gpxpy 1.6.2 (PyPI): the clone of a track is hours away in time, if its times have a zone west of Greenwich.
#
# GPX times are xsd:dateTime, which may have any zone. gpxpy reads "08:00:00-05:00" rightly, as 13:00 UTC. The copy that
# `GPX.clone()` makes of it is "08:00:00Z", and that of "-03:30" is "-00:30": five and three hours earlier, with no
# error, and so they are written by `to_xml()`. Copying builds the zone again from its own name, which for -1 to -9
# hours has one digit too few, and for half hours is rounded down. Zones east of Greenwich and those from -10:00 on
# in whole hours stay as they are. Python's `copy.deepcopy` of a single time does the same.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet gpxpy==1.6.2 >"$folder/pip" 2>&1 || { cat "$folder/pip"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
2024-05-01T08:00:00-05:00 is cloned as 2024-05-01T08:00:00+00:00, 5.0 hours earlier
2024-05-01T08:00:00-03:30 is cloned as 2024-05-01T08:00:00-00:30, 3.0 hours earlier
2024-05-01T08:00:00-10:00 is cloned as 2024-05-01T08:00:00-10:00, 0.0 hours earlier
2024-05-01T08:00:00+05:30 is cloned as 2024-05-01T08:00:00+05:30, 0.0 hours earlier
EXPECTED

"$folder/venv/bin/python" - >"$folder/seen" <<'PROGRAM'
import gpxpy

for zone in ("-05:00", "-03:30", "-10:00", "+05:30"):
    gpx = gpxpy.parse(
        '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
        f'<wpt lat="1" lon="2"><time>2024-05-01T08:00:00{zone}</time></wpt></gpx>'
    )
    time, cloned = gpx.waypoints[0].time, gpx.clone().waypoints[0].time
    hours = (time - cloned).total_seconds() / 3600
    print(f"{time.isoformat()} is cloned as {cloned.isoformat()}, {hours} hours earlier")
PROGRAM

diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
