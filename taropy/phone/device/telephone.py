"""Calls, text messages and the address book.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/phone, …/sms and …/contact. Nothing is really sent: what a
program asked for is kept, to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs
from attrs.validators import deep_iterable, instance_of

from ...hints import check_word
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered
from ..core.options import optional, required
from ..core.person import Question
from ..core.remembered import Remembered
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

CONTACT_TEXTS = (
    "firstName", "photoFilePath", "nickName", "lastName", "middleName", "remark", "mobilePhoneNumber", "weChatNumber",
    "addressCountry", "addressState", "addressCity", "addressStreet", "addressPostalCode", "organization", "title",
    "workFaxNumber", "workPhoneNumber", "hostNumber", "email", "url", "workAddressCountry", "workAddressState",
    "workAddressCity", "workAddressStreet", "workAddressPostalCode", "homeFaxNumber", "homePhoneNumber",
    "homeAddressCountry", "homeAddressState", "homeAddressCity", "homeAddressStreet", "homeAddressPostalCode",
)  # fmt: skip
# github.com/AlipayDocs/open-docs. `my.addPhoneContact`: every field may be left out; `my.chooseContact`: who picks
# nobody has succeeded.
NAMELESS: Mapping[str, bool] = {"my": True}
NOBODY_IS_SUCCESS: Mapping[str, bool] = {"my": True}

NUMBERS = ("mobilePhoneNumber", "homePhoneNumber", "workPhoneNumber", "hostNumber")


@attrs.frozen
class Message:
    """A text message as the composer opened with it; whether the person sends it, no program is told."""

    phoneNumber: str
    content: str


@attrs.frozen
class Contact:
    """Somebody in the address book; `fields` is all that is known, by the names that `addPhoneContact` has for it."""

    displayName: str = attrs.field(validator=instance_of(str))
    phoneNumbers: list[str] = attrs.field(validator=deep_iterable(instance_of(str)))
    fields: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen
class AddressBook:
    """Whom the phone knows."""

    contacts: list[Contact] = attrs.field(factory=list)


class Telephone(Room, name="telephone"):
    """What the phone calls, sends and knows of people.

    - `calls`: the numbers that were called, oldest first; `messages`: the `Message`s that were composed.
    - `contacts`: the address book, empty at first; `add_contact` puts somebody in. A phone with a folder keeps it.
    """

    STATE = ("calls", "messages", "contacts")
    FILE = "contacts.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, AddressBook)
        self.calls: Remembered[str] = Remembered()
        self.messages: Remembered[Message] = Remembered()
        self.contacts = self._saved.load(AddressBook()).contacts

    # --- what the person does ----------------------------------------------------------------------------------

    def decline_call(self) -> None:
        """The next time that a program wants to call, the person does not."""
        self.phone.person.script("makePhoneCall", confirm=False)

    def discard_contact(self) -> None:
        """The next contact that a program wants to add, the person leaves without saving."""
        self.phone.person.script("addPhoneContact", save=False)

    def add_contact(self, displayName: str, *phoneNumbers: str) -> Contact:
        """Puts somebody in the address book."""
        return self._add(Contact(displayName, list(phoneNumbers)))

    def pick_contact(self, displayName: str) -> None:
        """The next time that a program asks for a contact, the person picks this one."""
        check_word(displayName, [contact.displayName for contact in self.contacts], "no contact is called {!r}")
        self.phone.person.script("chooseContact", displayName=displayName, cancel=False)

    def cancel_contact(self) -> None:
        """The next time that a program asks for a contact, the person goes back without picking one."""
        self.phone.person.script("chooseContact", cancel=True)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    async def makePhoneCall(self, app: App, options: Options) -> None:
        """Calls `phoneNumber` if the person confirms, as they do by default; else fails with `cancel`.

        An empty number fails in the words that uni-app's own client, which follows WeChat's, has for it.
        """
        number = required(options, "phoneNumber", "String")
        if not number:
            raise Fail("parameter error: parameter.phoneNumber should not be empty String")
        question = Question("makePhoneCall", {"phoneNumber": number}, {"confirm": True})
        if not (await self.phone.person.answer(question))["confirm"]:
            raise Fail("cancel")
        self.calls.append(number)

    @answered
    def sendSms(self, app: App, options: Options) -> None:
        """Opens the composer with `phoneNumber` and `content`, both of which may be left out."""
        number = optional(options, "phoneNumber", "String", "")
        self.messages.append(Message(number, optional(options, "content", "String", "")))

    @answered
    async def addPhoneContact(self, app: App, options: Options) -> None:
        """Saves a contact, given `scope.addPhoneContact`; needs a `firstName`, but on Alipay.

        The person saves it by default; leaving the form is `addPhoneContact:fail cancel`. `photoFilePath` has to be a
        file of the app's.
        """
        if not of_vendor(NAMELESS, app, False):
            required(options, "firstName", "String")
        given = {name: optional(options, name, "String", None) for name in CONTACT_TEXTS}
        fields = {name: text for name, text in given.items() if text is not None}
        if "photoFilePath" in fields:
            self.phone.files.local(app, fields["photoFilePath"])
        await self.phone.permissions.need(app, "scope.addPhoneContact")
        answer = await self.phone.person.answer(Question("addPhoneContact", fields, {"save": True}))
        if not answer["save"]:
            raise Fail("cancel")
        self._add(Contact(_display_name(fields), [fields[name] for name in NUMBERS if name in fields], fields))

    @answered
    async def chooseContact(self, app: App, options: Options) -> Result:
        """The contact that the person picks, by default the first; `fail cancel` if they go back, or there is none.

        `phoneNumber` is the first number; `phoneNumberList` all of them, with commas, since it is declared as a string.
        """
        names = [contact.displayName for contact in self.contacts]
        default = {"displayName": names[0]} if names else {"cancel": True}
        answer = await self.phone.person.answer(Question("chooseContact", {"names": names}, default))
        if answer.get("cancel"):
            if of_vendor(NOBODY_IS_SUCCESS, app, False):
                return {}
            raise Fail("cancel")
        contact = self._contact(answer["displayName"])
        number = contact.phoneNumbers[0] if contact.phoneNumbers else ""
        all_numbers = ",".join(contact.phoneNumbers)
        return {"displayName": contact.displayName, "phoneNumber": number, "phoneNumberList": all_numbers}

    # --- its own -----------------------------------------------------------------------------------------------

    def _add(self, contact: Contact) -> Contact:
        self.contacts.append(contact)
        self._keep()
        return contact

    def _keep(self) -> None:
        self._saved.keep(AddressBook(self.contacts))

    def _contact(self, name: str) -> Contact:
        for contact in self.contacts:
            if contact.displayName == name:
                return contact
        raise Fail(f"internal error: there is no contact {name!r} to pick")


def _display_name(fields: dict[str, str]) -> str:
    """The family name first where names are Chinese, which have no space; else last."""
    first, last = fields.get("firstName", ""), fields.get("lastName", "")
    if not first and not last:
        return next((fields[name] for name in ("nickName", "organization", *NUMBERS) if name in fields), "")
    if f"{first}{last}".isascii():
        return " ".join(filter(None, (first, fields.get("middleName", ""), last)))
    return f"{last}{fields.get('middleName', '')}{first}"
