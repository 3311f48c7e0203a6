"""JavaScript and TypeScript programs as they are, in an engine in this process: QuickJS, which the extra `port` brings.

- `erasing` takes the types out of a module, `compiling` makes of it what the engine can run, `sources` finds modules.
- `context` is the engine, with `prelude.js` in it: Taro's functions there, its jobs run by turns with Python's, its
  `timers` on the phone's clock. `values` carries values over, both ways.
- `program` is a program in it, loaded and called; `traces` says where in its source something happened; `running` is
  what `taropy run` does with one.
"""
