"""What the vendors' apps keep of the person and fill in for programs: an address, an invoice title, a number plate.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api: address, invoice, license-plate. WeChat needs no
permission for these any more; Baidu and Douyin do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...hints import check_word
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT
from ..core.functions import answered
from ..core.javascript import json_of
from ..core.person import Question
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

# What they hold at first: the person of WeChat's own examples. The numbers are nobody's.
FORMS: Mapping[str, Mapping[str, str]] = {
    "address": {
        "userName": "张三",
        "postalCode": "510000",
        "provinceName": "广东省",
        "cityName": "广州市",
        "countyName": "海珠区",
        "streetName": "",
        "detailInfo": "新港中路397号",
        "detailInfoNew": "",
        "nationalCode": "510000",
        "telNumber": "020-81167888",
        "provinceCode": "440000",
        "cityCode": "440100",
        "countyCode": "440105",
        "townCode": "440105002",
        "townName": "新港街道",
    },
    "invoice_title": {
        "type": "0",
        "title": "某某有限公司",
        "taxNumber": "000000000000000000",
        "companyAddress": "广州市海珠区新港中路397号",
        "telephone": "020-81167888",
        "bankName": "某某银行",
        "bankAccount": "0000000000000000",
    },
    "invoice": {"card_id": "card", "encrypt_code": "code", "app_id": "wx0000000000000000"},
    "license_plate": {"plateNumber": "粤A00000"},
}

NO_FORM = "there is no form {!r}"

# What of a form few vendors' apps know, and which: github.com/swan-team/swan-docs, api/open, `swan.chooseAddress`.
TOWNS_AND_CODES = frozenset({"provinceCode", "cityCode", "countyCode", "townCode", "townName"})
KNOWS_TOWNS_AND_CODES: Mapping[str, bool] = {"swan": True}


class Forms(Room, name="forms"):
    """What the person fills in: `address`, `invoice_title`, `invoice` and `license_plate`.

    They have the fields that results have. By default the person hands them out as they are. A phone with a folder
    keeps what was filled in.
    """

    STATE = ("_kept",)
    FILE = "forms.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, dict[str, dict[str, str]], FORMS)
        kept = self._saved.load({})
        self._kept = {form: _filled(fields, kept.get(form, {})) for form, fields in FORMS.items()}

    # --- what the person does ----------------------------------------------------------------------------------

    def __getitem__(self, form: str) -> dict[str, str]:
        """What the form holds, by field; a copy."""
        check_word(form, FORMS, NO_FORM)
        return dict(self._kept[form])

    def fill(self, form: str, **fields: str) -> None:
        """Fills fields of the form in; the others stay."""
        check_word(form, FORMS, NO_FORM)
        for name, text in fields.items():
            check_word(name, FORMS[form], f"there is no field of {form} {{!r}}")
            if not isinstance(text, str):
                raise TypeError(f"the field {name} of {form} is text, not {text!r}")
        self._kept[form].update(fields)
        self._keep()

    def hand_out(self, **fields: str) -> None:
        """The next time that a program asks for a form, the person first fills these fields in otherwise."""
        for name, text in fields.items():
            check_word(name, [field for form in FORMS.values() for field in form], "no form has a field {!r}")
            TEXT.check(f"the field {name}", text)
        self.phone.person.script("form", fields=fields)

    def cancel(self) -> None:
        """The next time that a program asks for a form, the person goes back."""
        self.phone.person.script("form", cancel=True)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def chooseAddress(self, app: App, options: Options) -> Result:
        """The person's address, given `scope.address`; `fail cancel` if they go back, as for all forms."""
        return await self._handed_out(app, "chooseAddress", "address", "scope.address")

    @answered
    async def chooseInvoiceTitle(self, app: App, options: Options) -> Result:
        """Whom invoices are made out to, given `scope.invoiceTitle`; `type` is `0` for a company, `1` for a person."""
        return await self._handed_out(app, "chooseInvoiceTitle", "invoice_title", "scope.invoiceTitle")

    @answered
    async def chooseInvoice(self, app: App, options: Options) -> Result:
        """An invoice of the person's, given `scope.invoice`: a list of the one, as JSON."""
        invoice = await self._handed_out(app, "chooseInvoice", "invoice", "scope.invoice")
        return {"invoiceInfo": json_of([invoice])}

    @answered
    async def chooseLicensePlate(self, app: App, options: Options) -> Result:
        """The number plate of the person's car."""
        return await self._handed_out(app, "chooseLicensePlate", "license_plate")

    # --- its own -----------------------------------------------------------------------------------------------

    async def _handed_out(self, app: App, function: str, form: str, scope: str | None = None) -> Result:
        await self.phone.permissions.need(app, scope)
        unknown = frozenset() if of_vendor(KNOWS_TOWNS_AND_CODES, app, False) else TOWNS_AND_CODES
        filled = {name: text for name, text in self._kept[form].items() if name not in unknown}
        shown = {"function": function, **filled}
        answer = await self.phone.person.answer(Question("form", shown, {"fields": {}, "cancel": False}))
        if answer["cancel"]:
            raise Fail("cancel")
        return {**filled, **answer["fields"]}

    def _keep(self) -> None:
        self._saved.keep(self._kept)


def _filled(form: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """The form with what was kept of it, as far as it has such fields."""
    return {name: kept.get(name, text) for name, text in form.items()}
