"""The rooms of a phone by name; each is made, and its module imported, when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .account import Account
    from .analysis import Analysis
    from .animation import Animations
    from .background_fetch import BackgroundFetch
    from .buffers import ArrayBuffers
    from .cache_manager import CacheManagers
    from .camera import Camera
    from .clipboard import Clipboard
    from .debugging import Debugging
    from .discovery import Discovery
    from .display import Display
    from .ext import Ext
    from .files import Files
    from .fonts import Fonts
    from .forms import Forms
    from .hardware import Hardware
    from .keyboard import Keyboard
    from .lifecycle import Lifecycle
    from .location import Location
    from .media import Media
    from .navigation_bar import NavigationBars
    from .network import Network
    from .nodes import Nodes
    from .open_platform import OpenPlatform
    from .pages import Pages
    from .performance import Performances
    from .permissions import Permissions
    from .phone import Phone
    from .privacy import Privacy
    from .scanner import Scanner
    from .screen import Screen
    from .scrolling import Scrolling
    from .sockets.room import Sockets
    from .storage import Storage
    from .system import System
    from .tab_bar import TabBars
    from .telephone import Telephone
    from .updates import Updates
    from .user_crypto import UserCrypto
    from .window import Window


class Rooms:
    """What a phone consists of."""

    @property
    def _phone(self) -> Phone:
        """This phone: only `Phone` is made of rooms."""
        return cast("Phone", self)

    @cached_property
    def account(self) -> Account:
        """Who is logged in, and the sessions of this phone's apps."""
        from .account import Account

        return Account(self._phone, self._phone._user)

    @cached_property
    def permissions(self) -> Permissions:
        """What the person has allowed each app."""
        from .permissions import Permissions

        return Permissions(self._phone)

    @cached_property
    def open_platform(self) -> OpenPlatform:
        """The vendors' servers that this phone logs in at."""
        from .open_platform import OpenPlatform

        return OpenPlatform(self._phone._folder, clock=self._phone.clock)

    @cached_property
    def network(self) -> Network:
        """What the phone sends and receives."""
        from .network import Network

        return Network(self._phone)

    @cached_property
    def sockets(self) -> Sockets:
        """WebSocket, TCP and UDP."""
        from .sockets.room import Sockets

        return Sockets(self._phone)

    @cached_property
    def discovery(self) -> Discovery:
        """What other devices in the local network offer."""
        from .discovery import Discovery

        return Discovery(self._phone)

    @cached_property
    def storage(self) -> Storage:
        """The key-value storage of each app."""
        from .storage import Storage

        return Storage(self._phone)

    @cached_property
    def files(self) -> Files:
        """The files of each app."""
        from .files import Files

        return Files(self._phone)

    @cached_property
    def pages(self) -> Pages:
        """The pages of each app."""
        from .pages import Pages

        return Pages(self._phone)

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """The apps as a whole: launched, sent to the background, brought back."""
        from .lifecycle import Lifecycle

        return Lifecycle(self._phone)

    @cached_property
    def screen(self) -> Screen:
        """What is to be seen: toasts, loading, dialogs."""
        from .screen import Screen

        return Screen(self._phone)

    @cached_property
    def media(self) -> Media:
        """The album, the files of chats, and what is shown of them."""
        from .media import Media

        return Media(self._phone)

    @cached_property
    def camera(self) -> Camera:
        """What the camera sees."""
        from .camera import Camera

        return Camera(self._phone)

    @cached_property
    def scanner(self) -> Scanner:
        """What is scanned."""
        from .scanner import Scanner

        return Scanner(self._phone)

    @cached_property
    def location(self) -> Location:
        """Where the phone is."""
        from .location import Location

        return Location(self._phone)

    @cached_property
    def clipboard(self) -> Clipboard:
        """What was copied."""
        from .clipboard import Clipboard

        return Clipboard(self._phone)

    @cached_property
    def telephone(self) -> Telephone:
        """Calls, text messages and the address book."""
        from .telephone import Telephone

        return Telephone(self._phone)

    @cached_property
    def forms(self) -> Forms:
        """What programs are filled in with of the person: an address, an invoice title."""
        from .forms import Forms

        return Forms(self._phone)

    @cached_property
    def hardware(self) -> Hardware:
        """Vibration, battery and memory."""
        from .hardware import Hardware

        return Hardware(self._phone)

    @cached_property
    def navigation_bars(self) -> NavigationBars:
        """The navigation bars of the pages, and what is behind the pages."""
        from .navigation_bar import NavigationBars

        return NavigationBars(self._phone)

    @cached_property
    def tab_bars(self) -> TabBars:
        """The tab bar of each app."""
        from .tab_bar import TabBars

        return TabBars(self._phone)

    @cached_property
    def scrolling(self) -> Scrolling:
        """How programs move their pages."""
        from .scrolling import Scrolling

        return Scrolling(self._phone)

    @cached_property
    def window(self) -> Window:
        """The window of each app: its menu button, its size."""
        from .window import Window

        return Window(self._phone)

    @cached_property
    def animations(self) -> Animations:
        """The animations that programs make."""
        from .animation import Animations

        return Animations(self._phone)

    @cached_property
    def fonts(self) -> Fonts:
        """The fonts that each app has loaded."""
        from .fonts import Fonts

        return Fonts(self._phone)

    @cached_property
    def nodes(self) -> Nodes:
        """What programs learn of the nodes of their pages."""
        from .nodes import Nodes

        return Nodes(self._phone)

    @cached_property
    def keyboard(self) -> Keyboard:
        """The keyboard."""
        from .keyboard import Keyboard

        return Keyboard(self._phone)

    @cached_property
    def display(self) -> Display:
        """The display: its brightness, and pictures of it."""
        from .display import Display

        return Display(self._phone)

    @cached_property
    def system(self) -> System:
        """The device, its window and its settings."""
        from .system import System

        return System(self._phone, self._phone._device)

    @cached_property
    def background_fetch(self) -> BackgroundFetch:
        """What is fetched for the apps before they run."""
        from .background_fetch import BackgroundFetch

        return BackgroundFetch(self._phone)

    @cached_property
    def caches(self) -> CacheManagers:
        """The responses that each app keeps for a weak network."""
        from .cache_manager import CacheManagers

        return CacheManagers(self._phone)

    @cached_property
    def buffers(self) -> ArrayBuffers:
        """The bytes that each app keeps in memory."""
        from .buffers import ArrayBuffers

        return ArrayBuffers(self._phone)

    @cached_property
    def user_crypto(self) -> UserCrypto:
        """Random bytes, and the user's keys in each app."""
        from .user_crypto import UserCrypto

        return UserCrypto(self._phone)

    @cached_property
    def updates(self) -> Updates:
        """New versions of the apps."""
        from .updates import Updates

        return Updates(self._phone)

    @cached_property
    def performance(self) -> Performances:
        """How long starts and routes of each app took."""
        from .performance import Performances

        return Performances(self._phone)

    @cached_property
    def debugging(self) -> Debugging:
        """The logs that programs write."""
        from .debugging import Debugging

        return Debugging(self._phone)

    @cached_property
    def analysis(self) -> Analysis:
        """What programs report of their use."""
        from .analysis import Analysis

        return Analysis(self._phone)

    @cached_property
    def ext(self) -> Ext:
        """What the makers of a template set for each app."""
        from .ext import Ext

        return Ext(self._phone)

    @cached_property
    def privacy(self) -> Privacy:
        """Whether the person has agreed to each app's privacy statement."""
        from .privacy import Privacy

        return Privacy(self._phone)
