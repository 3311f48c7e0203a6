"""Programs in TypeScript and JavaScript: what they use of Taro, and what that comes to. Nothing here runs them.

`audit.audit` looks at files, folders and projects, and gives a report; `report` writes it. The extra `port` brings what
the parser needs.
"""
