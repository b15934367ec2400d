"""Patient handouts, clinician decks and wallet cards from one content model.

From Python: `make(Request(...))` gives the documents of a request in memory, with their findings.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handouts.build.make import make as make
    from handouts.build.request import Request as Request

__all__ = ["Request", "__version__", "make"]
__version__ = "0.1.0"

# When ReportLab is imported it runs modules of these names from anywhere on the path, or files of the user's home
# (~/.reportlab_mods, ~/.reportlab_settings). It takes what is there already: modules in which nothing stands.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, type(sys)(_name))


def __getattr__(name: str) -> object:
    # Late, so that `handouts --version` and a run that makes nothing do not load what draws.
    if name == "make":
        from handouts.build.make import make

        return make
    if name == "Request":
        from handouts.build.request import Request

        return Request
    raise AttributeError(f"module 'handouts' has no attribute '{name}'")
