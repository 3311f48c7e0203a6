"""For those who write platforms: a suite that says whether one behaves, and values to try every function of Taro with.

`conformance` has the suite; a plugin's tests subclass it. The other modules are what it is made of: `examples`, values
that fit a declared type; `recorder`, a native object that answers as it is told and notes what it is asked; `case`, one
function on one platform; `aspects`, what is looked at; `examination`, the run over all functions of a platform.
"""
