"""Patient handouts, clinician decks and wallet cards from one content model.

From Python: `make(Request(...))` gives the documents of a request in memory, with their findings.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.build.make import make as make
    from handouts.build.request import Request as Request

__all__ = ["Request", "__version__", "make"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Late, so that `handouts --version` and a run that makes nothing do not load what draws.
    if name == "make":
        from handouts.build.make import make

        return make
    if name == "Request":
        from handouts.build.request import Request

        return Request
    raise AttributeError(f"module 'handouts' has no attribute '{name}'")
