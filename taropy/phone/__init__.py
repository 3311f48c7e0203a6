"""The simulated phone. What it is stands in `core`, what it can in folders that are named as the spec's groups.

Here are the names that programs and tests use; their modules are imported when they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazily import names_of
from .core.clock import Clock as Clock
from .core.person import Person as Person
from .core.person import Question as Question
from .phone import Phone as Phone

if TYPE_CHECKING:
    from .ad.room import SeenAd as SeenAd
    from .ai.faces import Face as Face
    from .ai.vision.things import Body as Body
    from .ai.vision.things import Depth as Depth
    from .ai.vision.things import Hand as Hand
    from .ai.vision.things import Plane as Plane
    from .ai.vision.things import Viewpoint as Viewpoint
    from .base.system import devices as devices
    from .canvas.missing import MissingFontWarning as MissingFontWarning
    from .cloud.errors import CloudError as CloudError
    from .cloud.functions import Context as Context
    from .cloud.functions import FunctionCall as FunctionCall
    from .core.alarms import LostTimerWarning as LostTimerWarning
    from .core.alarms import PendingTimer as PendingTimer
    from .core.answers import Fail as Fail
    from .core.answers import NativeError as NativeError
    from .core.channel import EventChannel as EventChannel
    from .core.folder import PhoneFolderError as PhoneFolderError
    from .core.journey import EndlessTimers as EndlessTimers
    from .core.journey import Journey as Journey
    from .core.lost import LostCallWarning as LostCallWarning
    from .core.person import QUESTIONS as QUESTIONS
    from .core.standstill import StoppedClock as StoppedClock
    from .core.user import User as User
    from .device.bluetooth.peripheral import Characteristic as Characteristic
    from .device.bluetooth.peripheral import Peripheral as Peripheral
    from .device.bluetooth.radio import GattError as GattError
    from .device.events import CalendarEvent as CalendarEvent
    from .device.hardware import Vibration as Vibration
    from .device.poses import Pose as Pose
    from .device.tags import Classic as Classic
    from .device.tags import Tag as Tag
    from .device.tags import Ultralight as Ultralight
    from .device.telephone import Contact as Contact
    from .device.telephone import Message as Message
    from .device.wifi import WifiNetwork as WifiNetwork
    from .files.room import Document as Document
    from .files.space import Limits as Limits
    from .location.room import Place as Place
    from .media.audio.background import Music as Music
    from .media.audio.hearing import Tone as Tone
    from .media.audio.microphone import Recorded as Recorded
    from .media.audio.player import Heard as Heard
    from .media.room import Preview as Preview
    from .network.http.faults import NetError as NetError
    from .network.recordings.errors import RecordingError as RecordingError
    from .network.routes.calls import Call as Call
    from .network.routes.messages import Request as Request
    from .network.routes.messages import Response as Response
    from .network.routes.route import Route as Route
    from .network.routes.unrouted import UnroutedRequestWarning as UnroutedRequestWarning
    from .network.sockets.routing import SocketRoute as SocketRoute
    from .network.sockets.serverside import ServerSide as ServerSide
    from .network.sockets.serverside import SocketMessage as SocketMessage
    from .network.sockets.talk import Disconnected as Disconnected
    from .open_api.guilds import Guild as Guild
    from .open_api.guilds import GuildChannel as GuildChannel
    from .open_platform import OpenPlatform as OpenPlatform
    from .open_platform import RegisteredApp as RegisteredApp
    from .payment.coupons import Coupon as Coupon
    from .ui.interaction import ActionSheet as ActionSheet
    from .ui.interaction import Loading as Loading
    from .ui.interaction import Modal as Modal
    from .ui.interaction import Toast as Toast
    from .ui.interaction import leave_open as leave_open
    from .wxml.tree import Node as Node
    from .wxml.tree import WxmlError as WxmlError

_HOMES = {
    "ActionSheet": ".ui.interaction",
    "Body": ".ai.vision.things",
    "CalendarEvent": ".device.events",
    "Call": ".network.routes.calls",
    "Classic": ".device.tags",
    "Characteristic": ".device.bluetooth.peripheral",
    "CloudError": ".cloud.errors",
    "Contact": ".device.telephone",
    "Context": ".cloud.functions",
    "Coupon": ".payment.coupons",
    "Depth": ".ai.vision.things",
    "Disconnected": ".network.sockets.talk",
    "Document": ".files.room",
    "EndlessTimers": ".core.journey",
    "StoppedClock": ".core.standstill",
    "EventChannel": ".core.channel",
    "Face": ".ai.faces",
    "Fail": ".core.answers",
    "FunctionCall": ".cloud.functions",
    "Guild": ".open_api.guilds",
    "GuildChannel": ".open_api.guilds",
    "Hand": ".ai.vision.things",
    "GattError": ".device.bluetooth.radio",
    "Heard": ".media.audio.player",
    "Journey": ".core.journey",
    "Limits": ".files.space",
    "Loading": ".ui.interaction",
    "Message": ".device.telephone",
    "MissingFontWarning": ".canvas.missing",
    "Modal": ".ui.interaction",
    "Music": ".media.audio.background",
    "NativeError": ".core.answers",
    "NetError": ".network.http.faults",
    "Node": ".wxml.tree",
    "OpenPlatform": ".open_platform",
    "PhoneFolderError": ".core.folder",
    "LostCallWarning": ".core.lost",
    "LostTimerWarning": ".core.alarms",
    "PendingTimer": ".core.alarms",
    "Peripheral": ".device.bluetooth.peripheral",
    "Place": ".location.room",
    "Plane": ".ai.vision.things",
    "Pose": ".device.poses",
    "Preview": ".media.room",
    "QUESTIONS": ".core.person",
    "Recorded": ".media.audio.microphone",
    "RecordingError": ".network.recordings.errors",
    "RegisteredApp": ".open_platform",
    "Request": ".network.routes.messages",
    "Response": ".network.routes.messages",
    "Route": ".network.routes.route",
    "SeenAd": ".ad.room",
    "ServerSide": ".network.sockets.serverside",
    "SocketMessage": ".network.sockets.serverside",
    "SocketRoute": ".network.sockets.routing",
    "Tag": ".device.tags",
    "Toast": ".ui.interaction",
    "Ultralight": ".device.tags",
    "Tone": ".media.audio.hearing",
    "UnroutedRequestWarning": ".network.routes.unrouted",
    "User": ".core.user",
    "Vibration": ".device.hardware",
    "Viewpoint": ".ai.vision.things",
    "WifiNetwork": ".device.wifi",
    "WxmlError": ".wxml.tree",
    "devices": ".base.system",
    "leave_open": ".ui.interaction",
}

__getattr__, __dir__ = names_of(__name__, _HOMES)
