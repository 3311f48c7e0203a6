"""Packages that programs in JavaScript import most, in Python: each a module with what the package exports.

    from taropy.js.packages.dayjs import dayjs
    from taropy.js.packages.lodash import debounce, groupBy

Names and behaviour are the package's, with the values of `taropy.js`. A module is loaded when it is imported;
docs/guides/packages.md says which there are, and what each leaves out.
"""
