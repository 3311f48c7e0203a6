"""The automation port of WeChat's DevTools, offered by a phone.

Suites for `minium` and `miniprogram-automator` run on it. The protocol is theirs: JSON frames over a WebSocket,
`{id, method, params}` and `{id, result}` or `{id, error}`, and events without an id. `server` listens, `commands` finds
the method, `tool`, `app`, `page` and `element` have the methods by domain, `target` is the app that they are about, and
`faces` what they know of it. `world` is the JavaScript that clients send, and what it can do to the app.
"""

#: The port that DevTools' clients ask at if they are told no other.
PORT = 9420
