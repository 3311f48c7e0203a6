"""WeChat's DevTools as a host: a runtime's calls are made in the mini program that is open there.

`taropy.create("weapp", host="devtools", url="ws://127.0.0.1:9420")` speaks the automation protocol: `wire` has the
connection, `native` the native object, whose other half is `agent.js`, and `tools` what else DevTools can do to an app.
"""
