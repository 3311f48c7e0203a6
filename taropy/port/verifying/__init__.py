"""Whether a port does what its original does: both run on phones of the same kind, over the same scenario.

`scenario` has what is played, from a file or from the declared types (`generating`); `sides` the two programs;
`recording` what each did, with its lines; `meaning` what values are to JavaScript; `comparing` where the two differ.
"""
