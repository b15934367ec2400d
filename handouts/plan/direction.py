"""Which way words run: a BCP 47 language tag in, whether its script is written from right to left out.

Where a tag names no script, its language has the one that Unicode's likely subtags (CLDR 48) give it, in some regions
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from handouts.plan.text import Run

_SCRIPTS = """
adlm arab aran armi avst chrs cprt elym hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo orkh ougr palm
phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi
"""
"""ISO 15924 codes of the scripts that are written from right to left."""
_LANGUAGES = """
aao abh abv acm acq acw acx adf ae aeb aec aee aeq afb aib aii aij aiq ajp ajt aju amw apc apd ar ara arb arc arq ars
ary arz ask atn auj auz avd ave avl ayh ayl ayn ayp azb bal bcc bdz bej bft bgn bgp bhe bhm bhn bjf bjm bqi brh brk
bsh bsk chg cja ckb cld clh czk dcc def deh dgl div dmk dml drw dv ecy esh fa fas fay faz fia fub gbz ggg gha ghr gig
gjk gju glh glk grr gwc gwf gwt gzi hac haz hbo he heb hkh hnd hno hoh hrt hrz hss huy isk itk iw jad jat jbe jbn jdg
ji jnd jog jpa jpr jrb jye kas kbu kby kcy kfm khw klj kmz kqd ks ktl kvx kxp kzh lad lah lhs lki lrc lrk lrl lsa lsd
lss luv luz mby mde mey mfa mfi mhj mid mki mnj mve mvy myz mzb mzn nli nlm nqo ntz nyq oar obm odk oru ota otk oui
pal pbt pbu per pes pgd phl phn phr phv plk pmu pnb prc prd prs prx ps psh psi pst pus qxq rdb rhg rmt sam sbn scl sd
sdb sdf sdg sdh sds sgl sgr sgy shd shm shu shv siy siz skr smp smy snd sog sqo sqt srh srz ssh sts swb syc syn syr
tjo tks tmr tnf tov tra trg trm trw ug uig ur urd ush uzs vaf vgr vmh wbk wlo wne wni wsv xco xhe xka xkc xkj xkp xld
xly xmn xmr xna xpr xsa xvi ydd ydg yhd yi yid yih yud zba zdj zrp zum
"""
"""Languages of these scripts, old tags among them."""
_BY_REGION = {
    "az": "iq ir",
    "aze": "iq ir",
    "azj": "iq ir",
    "ha": "cm sd",
    "hau": "cm sd",
    "kaz": "af cn ir mn",
    "kir": "cn",
    "kk": "af cn ir mn",
    "kmr": "iq ir lb",
    "ku": "iq ir lb",
    "kur": "iq ir lb",
    "ky": "cn",
    "may": "cc",
    "ms": "cc",
    "msa": "cc",
    "pa": "pk",
    "pan": "pk",
    "tg": "pk",
    "tgk": "pk",
    "uz": "af",
    "uzb": "af",
    "uzn": "af",
    "zsm": "cc",
}
"""Languages that are written so in these regions alone."""
_BUT_IN_REGION = {
    "mey": "sn",
    "sd": "in",
    "snd": "in",
    "ug": "kz mn",
    "uig": "kz mn",
}
"""Languages of those above that these regions write from left to right."""
_RIGHT_TO_LEFT = frozenset(_SCRIPTS.split()), frozenset(_LANGUAGES.split())
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")


@lru_cache(maxsize=256)
def runs_right_to_left(language: str) -> bool:
    """Whether the words of a language tag such as `ar`, `az-Arab` or `pa-PK` run from right to left."""
    subtags = language.casefold().replace("_", "-").split("-")
    # After a single letter stand extensions: what is said there of scripts is not about these words.
    end = next((at for at, one in enumerate(subtags) if len(one) == 1), len(subtags))
    name, *rest = subtags[:end] or [""]
    script = next((one for one in rest if len(one) == 4 and one.isalpha()), None)
    scripts, languages = _RIGHT_TO_LEFT
    if script is not None:
        return script in scripts
    region = next((one for one in rest if _REGION.fullmatch(one)), "")
    if name in languages:
        return region not in _BUT_IN_REGION.get(name, "").split()
    return region in _BY_REGION.get(name, "").split()


def reads_right_to_left(runs: Iterable[Run], language: str) -> bool:
    """The direction of a paragraph: that of the document's language, unless all of its words are of languages that run
    the other way. Runs without a letter, such as a bullet or a number, have no direction of their own.
    """
    own = runs_right_to_left(language)
    said = [run for run in runs if run.text.strip()]
    words = [run for run in said if any(map(str.isalpha, run.text))] or said
    return (not own) if words and all(runs_right_to_left(run.lang or language) != own for run in words) else own
