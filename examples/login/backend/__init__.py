"""The tea shop's backend: signs users in with what the vendors say of their login codes, and takes orders.

It knows nothing of taropy. Against the real vendors it needs the app's ids and secrets, and nothing else.
"""

from .app import create_app
from .settings import Settings

__all__ = ["Settings", "create_app"]
