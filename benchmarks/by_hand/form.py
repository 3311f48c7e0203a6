"""Rules of a form."""

import re

RULES = [
    {"field": "name", "required": True, "message": "who?"},
    {"field": "name", "min": 2, "message": "too short"},
    {"field": "phone", "pattern": re.compile(r"1[3-9]\d{9}"), "message": "no phone"},
    {"field": "email", "pattern": re.compile(r"[\w.]+@[\w.]+\.\w+"), "message": "no address"},
]


def validate(values):
    errors = {}
    for rule in RULES:
        field = rule["field"]
        value = values.get(field, "").strip()
        if field in errors:
            continue
        if not value:
            wrong = rule.get("required")
        elif "min" in rule:
            wrong = len(value) < rule["min"]
        else:
            wrong = "pattern" in rule and not rule["pattern"].fullmatch(value)
        if wrong:
            errors[field] = rule["message"]
    return errors


def run():
    return [
        validate({"name": "Ada", "phone": "13800138000", "email": "ada@shop.example"}),
        validate({"name": " ", "phone": "123", "email": "ada"}),
        validate({"name": "B", "email": "b@c.d"}),
        validate({}),
    ]
